using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Tests.Pabulib;

public sealed class BallotTests
{
    private const string Header = "voter_id;vote";

    [Theory]
    [InlineData("ann;A", "A")]
    [InlineData("ann;A,C", "A,C")]
    [InlineData("ann; A , C ,", "A,C")]
    [InlineData("ann;\"A,C\"", "A,C")]
    [InlineData("ann;", "")]
    [InlineData("ann", "")]
    [InlineData("ann;,", "")]
    public void A_ballot_names_projects(string row, string expected)
    {
        var election = PbParser.Parse(Pb.Votes(Header, row));

        string.Join(',', election.Ballots.ShouldHaveSingleItem().Choices.Select(choice => choice.Project)).ShouldBe(expected);
        election.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_project_named_twice_counts_once_with_a_warning()
    {
        var election = PbParser.Parse(Pb.Votes(Header, "ann;B,A,B", "bob;C"));

        election.Ballots[0].Choices.Select(choice => choice.Project).ShouldBe(["B", "A"]);
        election.Warnings.ShouldHaveSingleItem().ShouldBe(new PbProblem(11, "the ballot names project 'B' more than once; the first counts"));
    }

    [Fact]
    public void An_unknown_project_refuses_the_ballot_whole()
    {
        var election = PbParser.Parse(Pb.Votes(Header, "ann;A,X,B", "bob;A"));

        election.Ballots.ShouldHaveSingleItem().Voter.ShouldBe("bob");
        election.Refused.ShouldHaveSingleItem().ShouldBe(new PbProblem(11, "it names 'X', which is not among the projects"));
    }

    [Fact]
    public void A_voters_second_ballot_is_refused_also_if_the_first_was()
    {
        var election = PbParser.Parse(Pb.Votes(Header, "ann;A", "bob;X", "ann;B", "bob;B", "Ann;B"));

        election.Ballots.Select(ballot => ballot.Voter).ShouldBe(["ann", "Ann"]);
        election.Ballots[0].Choices.ShouldBe([new PbChoice("A", 1)]);
        election.Refused.Select(problem => (problem.Line, problem.Text)).Skip(1).ShouldBe(
            [(13, "voter 'ann' already has a ballot on line 11"), (14, "voter 'bob' already has a ballot on line 12")]);
    }

    [Fact]
    public void A_ballot_without_voter_is_refused()
    {
        var election = PbParser.Parse(Pb.Votes(Header, ";A", "ann;A"));

        election.Ballots.ShouldHaveSingleItem().Voter.ShouldBe("ann");
        election.Refused.ShouldHaveSingleItem().ShouldBe(new PbProblem(11, "the ballot has no voter_id"));
    }

    [Fact]
    public void A_quoted_field_over_several_lines_does_not_shift_line_numbers()
    {
        var election = PbParser.Parse(Pb.Votes("voter_id;note;vote", "ann;\"a\nb\";A", "bob;;X"));

        election.Ballots.ShouldHaveSingleItem().Line.ShouldBe(11);
        election.Refused.ShouldHaveSingleItem().Line.ShouldBe(13);
    }

    [Fact]
    public void Points_belong_to_projects_by_place()
    {
        var election = PbParser.Parse(Pb.Points("ann;A,C;3,2", "bob; B ; 4.0 ", "cem;;", "dov;A,B,;1,2,"));

        election.Ballots.Select(ballot => string.Join(' ', ballot.Choices.Select(choice => $"{choice.Project}{choice.Points}"))).ShouldBe(
            ["A3 C2", "B4", "", "A1 B2"]);
        election.Ballots.Select(ballot => ballot.Sum).ShouldBe([5, 4, 0, 3]);
        election.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void Zero_points_are_not_on_the_ballot() =>
        PbParser.Parse(Pb.Points("ann;A,B;0,2")).Ballots[0].Choices.ShouldBe([new PbChoice("B", 2)]);

    [Fact]
    public void Of_points_for_one_project_twice_the_first_count()
    {
        var election = PbParser.Parse(Pb.Points("ann;A,B,A;3,1,2"));

        election.Ballots[0].Choices.ShouldBe([new PbChoice("A", 3), new PbChoice("B", 1)]);
        election.Warnings.ShouldHaveSingleItem().Line.ShouldBe(11);
    }

    [Theory]
    [InlineData("ann;A,B;3", "it names 2 projects and gives 1 points")]
    [InlineData("ann;A;", "it names 1 projects and gives 0 points")]
    [InlineData("ann;;3", "it names 0 projects and gives 1 points")]
    [InlineData("ann;A;2.5", "the points '2.5' are no whole number")]
    [InlineData("ann;A;two", "the points 'two' are no number")]
    [InlineData("ann;A,B,C;1,,2", "the points '' are no number")]
    [InlineData("ann;A;-1", "the points '-1' are not between 0 and 2147483647")]
    [InlineData("ann;A;2147483648", "the points '2147483648' are not between 0 and 2147483647")]
    [InlineData("ann;A,,B;1,2,3", "it names '', which is not among the projects")]
    public void Wrong_points_refuse_the_ballot_with_the_reason(string row, string reason)
    {
        var election = PbParser.Parse(Pb.Points(row, "bob;A;1"));

        election.Ballots.ShouldHaveSingleItem().Voter.ShouldBe("bob");
        election.Refused.ShouldHaveSingleItem().ShouldBe(new PbProblem(11, reason));
    }
}
