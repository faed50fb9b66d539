using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Tests.Pabulib;

public sealed class ProjectTests
{
    [Theory]
    [InlineData("A;12,50;x", "12.50")]
    [InlineData("A;1 200;x", "1200")]
    [InlineData("A;10.123456;x", "10.1235")]
    [InlineData("A;;x", null)]
    [InlineData("A", null)]
    public void A_cost_is_read_or_missing_without_a_warning(string row, string? cost)
    {
        var election = Read(row);

        (election.Projects.ShouldHaveSingleItem().Cost?.ToString()).ShouldBe(cost);
        election.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("A;cheap;x")]
    [InlineData("A;-1;x")]
    [InlineData("A;1000000000000001;x")]
    public void A_cost_that_is_none_is_left_out_with_a_warning(string row)
    {
        var election = Read(row);

        election.Projects.ShouldHaveSingleItem().Cost.ShouldBeNull();
        election.Warnings.ShouldHaveSingleItem().Line.ShouldBe(5);
    }

    [Fact]
    public void A_project_given_twice_counts_as_given_first()
    {
        var election = Read("A;1;first", "A;2;second", "a;3;another");

        election.Projects.Select(project => project.Name).ShouldBe(["first", "another"]);
        election.Warnings.ShouldHaveSingleItem().ShouldBe(new PbProblem(6, "project 'A' is already on line 5; this row is left out"));
    }

    [Fact]
    public void A_project_without_identifier_is_left_out_with_a_warning()
    {
        var election = Read("A;1;x", ";2;nameless");

        election.Projects.Count.ShouldBe(1);
        election.Warnings.ShouldHaveSingleItem().Line.ShouldBe(6);
    }

    [Fact]
    public void Fields_beyond_the_header_are_a_warning()
    {
        var election = Read("A;1;one;two", "B;1;x;;");

        election.Projects.Select(project => project.Name).ShouldBe(["one", "x"]);
        election.Warnings.ShouldHaveSingleItem().Line.ShouldBe(5);
    }

    [Fact]
    public void An_identifier_that_cannot_be_a_reference_refuses_the_file()
    {
        Should.Throw<PbFormatException>(() => Read(new string('x', 201) + ";1;x")).Line.ShouldBe(5);
        Should.Throw<PbFormatException>(() => Read("A;1;x", "\"B\nC\";1;x")).Line.ShouldBe(6);
    }

    private static PbElection Read(params string[] rows) =>
        PbParser.Parse($"META\nvote_type;approval\nPROJECTS\nproject_id;cost;name\n{string.Join('\n', rows)}\nVOTES\nvoter_id;vote\n");
}
