using IdeaVote.Domain.Voters.Merging;

namespace IdeaVote.Domain.Tests.Voters;

/// <summary>Votes follow an idea that became part of another, count once, and come back when that is undone.</summary>
public sealed class MergeTests
{
    private static readonly FollowMerge BenchIntoPark = new(Bench, Park, 7);
    private static readonly FollowMerge BenchAlone = new(Bench, null, 9);

    [Fact]
    public void An_approval_moves_and_keeps_the_time_of_its_first()
    {
        var merged = A.Voter.At(T(1)).After(new CastApproval(Bench, true))
            .At(T(9)).When(BenchIntoPark)
            .Then(
                new VotesMerged(Bench, Park, 7, Credits: 0, Changes: 2),
                new ApprovalChanged(Bench, true, false, null, T(1), 0),
                new ApprovalChanged(Park, false, true, null, T(1), 1));

        merged.At(T(20)).When(BenchAlone)
            .Then(
                new VotesUnmerged(Bench, Park, 9, Credits: 0, Rest: 0, Changes: 2),
                new ApprovalChanged(Park, true, false, null, T(1), 0),
                new ApprovalChanged(Bench, false, true, null, T(1), 1));
    }

    [Fact]
    public void Who_approved_both_approves_once_and_of_both_again_when_they_part() =>
        A.Voter.At(T(1)).After(new CastApproval(Park, true), new CastApproval(Bench, true))
            .When(BenchIntoPark).Then(new VotesMerged(Bench, Park, 7, 0, 1), new ApprovalChanged(Bench, true, false, null, T(1), 1))
            .When(BenchAlone).Then(new VotesUnmerged(Bench, Park, 9, 0, 0, 1), new ApprovalChanged(Bench, false, true, null, T(1), 2));

    [Fact]
    public void Of_two_ratings_that_of_the_idea_they_became_stands()
    {
        var merged = A.Voter.At(T(1)).After(new CastRating(Park, Scores.Of(2, 3)), new CastRating(Bench, Scores.Of(5, 5)), BenchIntoPark);

        ((Voter)merged.State).Ballot.Ratings.ShouldBe([new(Park, new Rating(Scores.Of(2, 3), T(1)))]);
        merged.After(BenchAlone);
        ((Voter)merged.State).Ballot.Ratings[Bench].Scores.ShouldBe(Scores.Of(5, 5));
    }

    [Fact]
    public void Credits_add_up_and_part_again()
    {
        var merged = A.Voter.At(T(1)).After(new CastInvestment(Park, 10), new CastInvestment(Bench, 20))
            .When(BenchIntoPark)
            .Then(
                new VotesMerged(Bench, Park, 7, Credits: 30, Changes: 2),
                new InvestmentChanged(Bench, 20, 0, null, T(1), 1),
                new InvestmentChanged(Park, 10, 30, null, T(1), 1));

        merged.When(BenchAlone)
            .Then(
                new VotesUnmerged(Bench, Park, 9, Credits: 20, Rest: 10, Changes: 2),
                new InvestmentChanged(Park, 30, 10, null, T(1), 1),
                new InvestmentChanged(Bench, 0, 20, null, T(1), 2));
    }

    [Fact]
    public void Credits_above_what_one_idea_may_get_go_back_to_the_voter_and_to_the_idea_if_they_are_still_there()
    {
        var rules = Plain with { Invest = new InvestRule(100, null, 25) };
        var merged = A.Voter.Under(rules).After(new CastInvestment(Park, 20), new CastInvestment(Bench, 20), BenchIntoPark);

        (((Voter)merged.State).Ballot.Investments[Park].Credits, ((Voter)merged.State).Ballot.SpentCredits).ShouldBe((25, 25));
        merged.After(BenchAlone);
        ((Voter)merged.State).Ballot.Investments.Select(i => i.Value.Credits).ShouldBe([20, 20]);
    }

    [Fact]
    public void What_was_spent_elsewhere_meanwhile_is_not_there_when_they_part()
    {
        var rules = Plain with { Invest = new InvestRule(50, null, 25) };
        var merged = A.Voter.Under(rules)
            .After(new CastInvestment(Park, 25), new CastInvestment(Bench, 25), BenchIntoPark, new CastInvestment(Tree, 20), BenchAlone);

        ((Voter)merged.State).Ballot.Investments.Select(i => (i.Key, i.Value.Credits)).ShouldBe([(Park, 25), (Bench, 5), (Tree, 20)], ignoreOrder: true);
    }

    [Fact]
    public void Where_votes_cost_their_square_the_sum_is_the_largest_square_in_it()
    {
        var rules = Plain with { Invest = new InvestRule(100, null, null) { Cost = CreditCost.Quadratic } };
        var merged = A.Voter.Under(rules).After(new CastInvestment(Park, 9), new CastInvestment(Bench, 9), BenchIntoPark);

        ((Voter)merged.State).Ballot.Investments[Park].Credits.ShouldBe(16);
    }

    [Fact]
    public void In_an_order_the_idea_takes_the_best_of_their_places()
    {
        var rules = Plain with { Rank = new RankRule(3) };

        A.Voter.Under(rules).At(T(1)).After(new SetOrder([Bench, Tree, Park]))
            .When(BenchIntoPark).Then(new VotesMerged(Bench, Park, 7, 0, 1), new OrderChanged([Bench, Tree, Park], [Park, Tree], null, T(1), 2))
            .When(BenchAlone).Then(new VotesUnmerged(Bench, Park, 9, 0, 0, 1), new OrderChanged([Park, Tree], [Bench, Tree, Park], null, T(1), 3));
    }

    [Fact]
    public void A_duel_between_the_two_is_void_and_one_against_a_third_is_fought_by_the_idea_they_became()
    {
        var rules = Plain with { Duel = new DuelRule() };
        var merged = A.Voter.Under(rules).After(new CastDuel(Bench, Park, Bench), new CastDuel(Bench, Tree, Tree));
        var before = ((Voter)merged.State).Ballot.Duels.ToList();

        merged.After(BenchIntoPark);
        ((Voter)merged.State).Ballot.Duels.Keys.ShouldBe([Pair.Of(Park, Tree)]);
        merged.After(BenchAlone);
        ((Voter)merged.State).Ballot.Duels.ShouldBe(before);
    }

    [Fact]
    public void A_vote_changed_meanwhile_is_one_on_the_idea_they_became_and_stays_there()
    {
        var merged = A.Voter.After(new CastApproval(Bench, true), new CastRating(Bench, Scores.Of(4)), BenchIntoPark, new CastApproval(Park, false), BenchAlone);

        ((Voter)merged.State).Ballot.Approvals.ShouldBeEmpty();
        ((Voter)merged.State).Ballot.Ratings.Keys.ShouldBe([Bench]);
    }

    [Fact]
    public void A_vote_that_had_not_heard_of_the_merge_follows_when_it_is_told_again()
    {
        var late = A.Voter.After(new CastInvestment(Bench, 20), BenchIntoPark, new CastInvestment(Bench, 30));

        late.After(BenchIntoPark);
        ((Voter)late.State).Ballot.Investments.Select(i => (i.Key, i.Value.Credits)).ShouldBe([(Park, 30)]);
    }

    [Fact]
    public void Told_twice_or_too_late_nothing_happens()
    {
        var merged = A.Voter.After(new CastApproval(Bench, true), BenchIntoPark);

        merged.When(BenchIntoPark).ThenNothing();
        merged.When(new FollowMerge(Bench, null, 5)).ThenNothing();
        merged.After(BenchAlone).When(BenchAlone).ThenNothing();
    }

    [Fact]
    public void Who_did_not_vote_for_it_keeps_nothing_of_it() =>
        A.Voter.After(new CastApproval(Park, true)).When(BenchIntoPark).ThenNothing();

    [Fact]
    public void Made_anew_with_another_idea_the_votes_go_there_as_they_were_cast()
    {
        var moved = A.Voter.After(new CastInvestment(Park, 10), new CastInvestment(Bench, 20), BenchIntoPark, new FollowMerge(Bench, Tree, 11));

        ((Voter)moved.State).Ballot.Investments.Select(i => (i.Key, i.Value.Credits)).ShouldBe([(Park, 10), (Tree, 20)], ignoreOrder: true);
    }

    [Fact]
    public void Votes_follow_along_a_chain_and_come_back_from_its_middle()
    {
        var chain = A.Voter.After(
            new CastInvestment(Park, 1), new CastInvestment(Bench, 2), new CastInvestment(Tree, 4), BenchIntoPark, new FollowMerge(Park, Tree, 3));

        ((Voter)chain.State).Ballot.Investments.Select(i => (i.Key, i.Value.Credits)).ShouldBe([(Tree, 7)]);
        chain.After(BenchAlone);
        ((Voter)chain.State).Ballot.Investments.Select(i => (i.Key, i.Value.Credits)).ShouldBe([(Bench, 2), (Tree, 5)], ignoreOrder: true);
    }

    [Fact]
    public void Two_merges_that_crossed_leave_the_votes_where_the_first_took_them() =>
        A.Voter.After(new CastApproval(Bench, true), BenchIntoPark).When(new FollowMerge(Park, Bench, 4)).ThenNothing();

    [Fact]
    public void Once_the_first_of_them_is_undone_the_votes_follow_the_second()
    {
        var crossed = A.Voter.After(new CastApproval(Bench, true), new CastApproval(Park, true), BenchIntoPark, new FollowMerge(Park, Bench, 4), BenchAlone);

        // The undoing names the idea that must be asked after once more.
        crossed.After(new FollowMerge(Park, Bench, 4));
        ((Voter)crossed.State).Ballot.Approvals.Keys.ShouldBe([Bench]);
        ((Voter)crossed.State).Merged.Links.ShouldBe([new MergeLink(Park, Bench, 4)]);
    }

    [Fact]
    public void It_needs_no_open_stage_and_no_vote_that_can_change()
    {
        var final = A.Voter.Under(Plain with { VotesCanChange = false }).After(new CastApproval(Bench, true))
            .In(CampaignWith(Plain with { VotesCanChange = false }, Closed)).After(BenchIntoPark);

        ((Voter)final.State).Ballot.Approvals.Keys.ShouldBe([Park]);
    }
}
