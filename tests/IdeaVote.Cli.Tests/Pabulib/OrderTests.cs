using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Tests.Pabulib;

/// <summary>Files whose voters put projects in order, or give each a score.</summary>
public sealed class OrderTests
{
    [Fact]
    public void An_order_gives_points_by_the_places_that_meta_allows()
    {
        var election = PbParser.Parse(Pb.Order("max_length;3", "ann;C,A,B", "bob;B", "cem;"));

        election.VoteType.ShouldBe(PbVoteType.Ordinal);
        Points(election).ShouldBe(["C3 A2 B1", "B3", ""]);
        election.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Without_places_in_meta_the_longest_ballot_says_how_many_there_are() =>
        Points(PbParser.Parse(Pb.Order("x;y", "ann;C,A", "bob;B"))).ShouldBe(["C2 A1", "B2"]);

    [Fact]
    public void What_comes_after_the_last_place_gets_nothing_with_a_warning()
    {
        var election = PbParser.Parse(Pb.Order("max_length;2", "ann;C,A,B"));

        Points(election).ShouldBe(["C2 A1"]);
        election.Warnings.ShouldHaveSingleItem().ShouldBe(new PbProblem(12, "the ballot has more than the 2 places that META allows; what comes after them gets no points"));
    }

    [Fact]
    public void A_project_named_twice_has_its_first_place_and_the_others_move_up() =>
        Points(PbParser.Parse(Pb.Order("max_length;3", "ann;C,C,A"))).ShouldBe(["C3 A2"]);

    [Fact]
    public void Scores_may_be_any_whole_numbers()
    {
        var election = PbParser.Parse(Pb.Scores("ann;A,B,C;-2,0,7", "bob;A;1.5"));

        election.VoteType.ShouldBe(PbVoteType.Scoring);
        Points(election).ShouldBe(["A-2 C7"]);
        election.Refused.ShouldHaveSingleItem().Text.ShouldBe("the points '1.5' are no whole number");
    }

    [Fact]
    public void What_a_ballot_does_not_name_has_the_default_score()
    {
        var election = PbParser.Parse(Pb.ScoresOr("3", "ann;B,A;7,0", "bob;;"));

        Points(election).ShouldBe(["B7 C3", "A3 B3 C3"]);
        election.Ballots[0].Choices.ShouldBe([new PbChoice("B", 7), new PbChoice("C", 3, IsDefault: true)]);
        Points(PbParser.Parse(Pb.ScoresOr("-2", "ann;B;7"))).ShouldBe(["B7 A-2 C-2"]);
        Points(PbParser.Parse(Pb.ScoresOr("0", "ann;B;7"))).ShouldBe(["B7"]);
    }

    [Fact]
    public void Only_scoring_files_have_a_default_score() =>
        Points(PbParser.Parse(Pb.ScoresOr("3", "ann;B;7").Replace("scoring", "cumulative", StringComparison.Ordinal))).ShouldBe(["B7"]);

    [Theory]
    [InlineData("1.5")]
    [InlineData("many")]
    [InlineData("99999999999")]
    public void A_default_score_that_is_no_points_spoils_the_file(string defaultScore) =>
        Should.Throw<PbFormatException>(() => PbParser.Parse(Pb.ScoresOr(defaultScore, "ann;B;7"))).Message.ShouldStartWith($"META's default_score '{defaultScore}' is no whole number");

    private static IEnumerable<string> Points(PbElection election) =>
        election.Ballots.Select(ballot => string.Join(' ', ballot.Choices.Select(choice => $"{choice.Project}{choice.Points}")));
}
