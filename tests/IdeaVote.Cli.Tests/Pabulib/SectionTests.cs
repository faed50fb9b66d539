using System.Text;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Tests.Pabulib;

public sealed class SectionTests
{
    [Fact]
    public void An_ordinary_file_is_read_without_a_warning()
    {
        var election = PbParser.Parse(Pb.Approval);

        election.VoteType.ShouldBe(PbVoteType.Approval);
        election.Meta["description"].ShouldBe("A small town decides");
        election.Meta.Amount("budget").ShouldBe(969245.38m);
        election.Projects.Select(project => (project.Line, project.Id, project.Name, project.Cost)).ShouldBe(
            [(10, "A/1", "A bench", 12.50m), (11, "B.2", "A tree", 1000m), (12, "C 3", "A lamp", 70m)]);
        election.Projects[0].Categories.ShouldBe(["parks", "rest"]);
        election.Projects[1].Categories.ShouldBeEmpty();
        election.Ballots.Select(ballot => (ballot.Line, ballot.Voter, Names(ballot))).ShouldBe(
            [(15, "ann", "A/1,B.2"), (16, "bob", "C 3"), (17, "cem", "")]);
        election.Refused.ShouldBeEmpty();
        election.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("\n;;;\n  \n")]
    public void Line_breaks_and_blank_lines_do_not_matter(string separator) =>
        PbParser.Parse(Pb.Approval.Replace("\n", separator, StringComparison.Ordinal)).Ballots.Count.ShouldBe(3);

    [Fact]
    public void A_byte_order_mark_does_not_matter()
    {
        PbParser.Parse([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Pb.Approval)]).Ballots.Count.ShouldBe(3);
        PbParser.Parse(Encoding.UTF8.GetBytes(Pb.Approval)).Ballots.Count.ShouldBe(3);
    }

    [Fact]
    public void Letter_case_of_sections_keys_columns_and_vote_type_does_not_matter()
    {
        var election = PbParser.Parse("Meta\nKEY;Value\nVote_Type;Approval\nBUDGET;7\nprojects;;\nProject_ID;COST\nA;1\nVotes\nVOTER_ID;Vote\nann;A\n");

        election.Meta.Amount("budget").ShouldBe(7);
        Names(election.Ballots.ShouldHaveSingleItem()).ShouldBe("A");
    }

    [Fact]
    public void Columns_come_in_any_order_among_unknown_ones()
    {
        var election = PbParser.Parse(
            "META\nvalue;key\napproval;vote_type\nblue;colour\nPROJECTS\nname;x;cost;project_id\nA bench;?;5;A\nVOTES\nage;vote;sex;voter_id\n30;A;F;ann\n31;;M;bob\n");

        election.Meta["colour"].ShouldBe("blue");
        election.Projects.ShouldHaveSingleItem().ShouldBeEquivalentTo(new PbProject(7, "A", "A bench", 5, []));
        election.Ballots.Select(ballot => (ballot.Voter, Names(ballot))).ShouldBe([("ann", "A"), ("bob", "")]);
    }

    [Fact]
    public void Meta_needs_no_header_and_keeps_separators_in_its_values()
    {
        var election = PbParser.Parse("META\nvote_type;approval\ncomment;one; two;\nPROJECTS\nproject_id;cost\nA;1\nVOTES\nvoter_id;vote\n");

        election.Meta["comment"].ShouldBe("one; two");
        election.Meta["missing"].ShouldBe("");
        election.Ballots.ShouldBeEmpty();
    }

    [Fact]
    public void A_quoted_field_may_contain_a_line_that_looks_like_a_section()
    {
        var election = PbParser.Parse("META\nvote_type;approval\nPROJECTS\nproject_id;cost;name\nA;1;\"For\nVOTES\nonly\"\nVOTES\nvoter_id;vote\nann;A\n");

        election.Projects.ShouldHaveSingleItem().Name.ShouldBe("For\nVOTES\nonly");
        election.Ballots.ShouldHaveSingleItem().Line.ShouldBe(10);
    }

    [Fact]
    public void Wrong_counts_are_warnings()
    {
        var election = PbParser.Parse(Pb.Approval.Replace("num_votes;3", "num_votes;4\nnum_projects;many", StringComparison.Ordinal));

        election.Ballots.Count.ShouldBe(3);
        election.Warnings.Select(warning => warning.Text).ShouldBe(
            ["META says num_projects is many, and the file has 3", "META says num_votes is 4, and the file has 3"]);
    }

    [Theory]
    [InlineData("", 0, "META")]
    [InlineData("hello\n", 1, "META")]
    [InlineData("\n<html>\n", 2, "META")]
    [InlineData("META\nvote_type;approval\n", 0, "PROJECTS")]
    [InlineData("META\nvote_type;approval\nPROJECTS\nproject_id;cost\nA;1\n", 0, "VOTES")]
    [InlineData("META\nvote_type;approval\nVOTES\nvoter_id;vote\n", 3, "order")]
    [InlineData("META\nvote_type;approval\nPROJECTS\nproject_id;cost\nA;1\nPROJECTS\n", 6, "order")]
    [InlineData("META\nbudget;1\nPROJECTS\n", 0, "no vote_type")]
    [InlineData("META\nvote_type;guess\nPROJECTS\n", 0, "'guess' is not supported; supported are approval, choose-1, cumulative, ordinal and scoring")]
    [InlineData("META\nvote_type;approval\nPROJECTS\nid;cost\n", 4, "project_id")]
    [InlineData("META\nvote_type;approval\nPROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote\n", 0, "no projects")]
    [InlineData("META\nvote_type;approval\nPROJECTS\nproject_id;cost\nA;1\nVOTES\nvoter;vote\n", 7, "voter_id")]
    [InlineData("META\nvote_type;approval\nPROJECTS\nproject_id;cost\nA;1\nVOTES\nvoter_id;choice\n", 7, "vote")]
    [InlineData("META\nvote_type;cumulative\nPROJECTS\nproject_id;cost\nA;1\nVOTES\nvoter_id;vote\n", 7, "points")]
    [InlineData("META\nvote_type;scoring\nPROJECTS\nproject_id;cost\nA;1\nVOTES\nvoter_id;vote\n", 7, "points")]
    public void What_spoils_the_whole_file_names_line_and_reason(string text, int line, string reason)
    {
        var exception = Should.Throw<PbFormatException>(() => PbParser.Parse(text));

        exception.Line.ShouldBe(line);
        exception.Message.ShouldContain(reason);
    }

    [Fact]
    public void Text_in_another_encoding_is_refused_rather_than_damaged()
    {
        byte[] latin = [.. "META\nunit;"u8, 0xB3, (byte)'\n'];

        Should.Throw<PbFormatException>(() => PbParser.Parse(latin)).Line.ShouldBe(2);
    }

    private static string Names(PbBallot ballot) => string.Join(',', ballot.Choices.Select(choice => choice.Project));
}
