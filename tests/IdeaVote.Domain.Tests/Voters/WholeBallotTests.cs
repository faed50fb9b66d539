using System.Collections.Immutable;

namespace IdeaVote.Domain.Tests.Voters;

/// <summary>Replacing a whole ballot, all or nothing.</summary>
public sealed class WholeBallotTests
{
    [Fact]
    public void A_first_ballot_casts_everything_it_names_in_its_order() =>
        A.Voter.When(new SetBallot([Tree, Park], [new(Bench, Scores.Of(4))], [new(Park, 30), new(Tree, 20)]))
            .Then(
                new ApprovalChanged(Tree, false, true, null, T(100), 1),
                new ApprovalChanged(Park, false, true, null, T(100), 2),
                new RatingChanged(Bench, Scores.None, Scores.Of(4), null, T(100), 3),
                new InvestmentChanged(Park, 0, 30, null, T(100), 4),
                new InvestmentChanged(Tree, 0, 20, null, T(100), 5));

    [Fact]
    public void A_new_ballot_takes_back_what_it_does_not_name_changes_the_rest_and_keeps_what_is_the_same() =>
        A.Voter.At(T(1)).After(new SetBallot([Park, Bench], [new(Park, Scores.Of(1))], [new(Park, 30), new(Tree, 20)]))
            .At(T(2)).When(new SetBallot([Bench, Tree], [], [new(Park, 40)]))
            .Then(
                new ApprovalChanged(Park, true, false, null, T(1), 4),
                new RatingChanged(Park, Scores.Of(1), Scores.None, null, T(1), 3),
                new InvestmentChanged(Tree, 20, 0, null, T(1), 2),
                new ApprovalChanged(Tree, false, true, null, T(2), 3),
                new InvestmentChanged(Park, 30, 40, null, T(1), 3));

    [Fact]
    public void The_same_ballot_again_changes_nothing()
    {
        var ballot = new SetBallot([Park], [new(Park, Scores.Of(1))], [new(Park, 30)]);

        A.Voter.After(ballot).When(ballot).ThenNothing();
    }

    [Fact]
    public void The_empty_ballot_takes_everything_back() =>
        ((Voter)A.Voter.After(new SetBallot([Park], [new(Park, Scores.Of(1))], [new(Park, 30)]), Ballot([])).State)
            .Ballot.ShouldBe(Domain.Voters.Ballot.Empty);

    [Fact]
    public void An_idea_named_twice_counts_as_its_last_mention() =>
        A.Voter.When(new SetBallot(
                [Park, Park],
                [new(Bench, Scores.Of(1)), new(Bench, Scores.Of(5))],
                [new(Tree, 99), new(Park, 1), new(Tree, 2)]))
            .Then(
                new ApprovalChanged(Park, false, true, null, T(100), 1),
                new RatingChanged(Bench, Scores.None, Scores.Of(5), null, T(100), 2),
                new InvestmentChanged(Tree, 0, 2, null, T(100), 3),
                new InvestmentChanged(Park, 0, 1, null, T(100), 4));

    [Fact]
    public void Nothing_of_a_ballot_happens_if_anything_of_it_is_refused()
    {
        var before = A.Voter.After(new CastInvestment(Park, 30));

        before.When(new SetBallot([Park], [new(Bench, Scores.Of(1))], [new(Unknown, 1)])).ThenRefused(RefusalCode.IdeaNotFound, "idea");
        ((Voter)before.State).Ballot.Held.ShouldBe(1);
        before.State.Version.ShouldBe(1);
    }

    [Fact]
    public void The_first_thing_wrong_is_the_one_that_is_named() =>
        A.Voter.Under(Plain with { Invest = new InvestRule(100, 5, 50) }).While(Tree, IdeaStatus.Declined)
            .When(new SetBallot([], [], [new(Park, 51), new(Bench, 4), new(Tree, 10)]))
            .ThenRefused(RefusalCode.InvestmentTooLarge, "credits");

    [Fact]
    public void What_the_ballot_ends_with_counts_against_the_limits_not_what_it_passes_through()
    {
        var swap = A.Voter.Under(Plain with { Approve = new ApproveRule(1) })
            .After(new SetBallot([Park], [], [new(Park, 100)]));

        swap.When(new SetBallot([Bench], [], [new(Bench, 100)])).ThenTaken();

        // In this order the ballot would spend 160 in between.
        A.Voter.After(new SetBallot([], [], [new(Park, 10), new(Bench, 90)]))
            .When(new SetBallot([], [], [new(Park, 70), new(Bench, 30)])).ThenTaken();
    }

    [Fact]
    public void A_ballot_over_a_limit_is_refused()
    {
        A.Voter.When(new SetBallot([], [], [new(Park, 60), new(Bench, 41)])).ThenRefused(RefusalCode.BudgetExceeded, "credits");
        A.Voter.Under(Plain with { Approve = new ApproveRule(1) }).When(Ballot([Park, Bench])).ThenRefused(RefusalCode.ApprovalsExceeded);
    }

    [Fact]
    public void An_entry_without_stars_or_credits_names_no_vote() =>
        A.Voter.After(new SetBallot([], [new(Park, Scores.Of(3))], [new(Park, 10)]))
            .When(new SetBallot([], [new(Park, Scores.None), new(Bench, Scores.None)], [new(Park, 0), new(Unknown, 0)]))
            .Then(
                new RatingChanged(Park, Scores.Of(3), Scores.None, null, T(100), 1),
                new InvestmentChanged(Park, 10, 0, null, T(100), 0));

    [Fact]
    public void What_stands_on_an_idea_that_takes_no_votes_any_more_may_stay() =>
        A.Voter.After(Ballot([Park])).While(Park, IdeaStatus.Shipped)
            .When(Ballot([Park, Bench])).Then(new ApprovalChanged(Bench, false, true, null, T(100), 2));

    [Fact]
    public void A_ballot_holds_ten_thousand_votes_and_no_more()
    {
        var ideas = Enumerable.Range(0, Domain.Voters.Ballot.MaxVotes).Select(i => IdeaOf($"{i}")).ToImmutableArray();
        var scenario = A.Voter;
        foreach (var idea in ideas.Append(IdeaOf("one more")))
            scenario.While(idea, IdeaStatus.Published);

        scenario.When(Ballot(ideas.Add(IdeaOf("one more")))).ThenRefused(RefusalCode.BallotFull);
        scenario.After(Ballot(ideas));
        scenario.When(new CastInvestment(Park, 1)).ThenRefused(RefusalCode.BallotFull);
        scenario.When(new CastApproval(ideas[0], false)).ThenTaken();
        scenario.When(new CastInvestment(Park, 1)).ThenTaken();
    }

    [Fact]
    public void Over_a_limit_a_ballot_may_still_shrink()
    {
        var scenario = A.Voter.Under(Plain with { Approve = new ApproveRule(1), Invest = new InvestRule(10, null, null) }).Given(
            new ApprovalChanged(Park, false, true, null, T(1), 1),
            new ApprovalChanged(Bench, false, true, null, T(1), 2),
            new ApprovalChanged(Tree, false, true, null, T(1), 3),
            new InvestmentChanged(Park, 0, 50, null, T(1), 4));

        scenario.When(new SetBallot([Park, Bench], [], [new(Park, 20)])).ThenTaken();
        scenario.When(new SetBallot([Park, Bench, Tree], [], [new(Park, 20)])).ThenRefused(RefusalCode.ApprovalsExceeded);
        scenario.When(new SetBallot([Park, Bench], [], [new(Park, 21)])).ThenRefused(RefusalCode.BudgetExceeded, "credits");
    }

    private static SetBallot Ballot(ImmutableArray<IdeaId> approvals) => new(approvals, [], []);
}
