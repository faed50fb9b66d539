namespace IdeaVote.Domain.Tests.Voters;

/// <summary>Putting ideas in order.</summary>
public sealed class OrderTests
{
    private static readonly Rules Three = Plain with { Rank = new RankRule(3) };

    [Fact]
    public void A_voter_puts_ideas_in_order_changes_it_and_takes_it_back() =>
        A.Voter.Under(Three)
            .At(T(1)).When(new SetOrder([Bench, Park])).Then(new OrderChanged([], [Bench, Park], null, T(1), 2))
            .At(T(2)).When(new SetOrder([Park, Tree, Bench])).Then(new OrderChanged([Bench, Park], [Park, Tree, Bench], null, T(1), 3))
            .At(T(3)).When(new SetOrder([])).Then(new OrderChanged([Park, Tree, Bench], [], null, T(1), 0));

    [Fact]
    public void Saying_what_is_so_already_changes_nothing()
    {
        A.Voter.Under(Three).After(new SetOrder([Bench, Park])).When(new SetOrder([Bench, Park])).ThenNothing();
        A.Voter.Under(Three).When(new SetOrder([])).ThenNothing();
    }

    [Fact]
    public void An_order_names_each_idea_once() =>
        A.Voter.Under(Three).When(new SetOrder([Park, Bench, Park])).ThenRefused(RefusalCode.InvalidOrder, "order");

    [Fact]
    public void No_longer_than_the_campaign_says() =>
        A.Voter.Under(Plain with { Rank = new RankRule(2) }).When(new SetOrder([Park, Bench, Tree])).ThenRefused(RefusalCode.OrderTooLong, "order");

    [Fact]
    public void Only_of_ideas_there_are() =>
        A.Voter.Under(Three).When(new SetOrder([Park, Unknown])).ThenRefused(RefusalCode.IdeaNotFound, "idea");

    [Fact]
    public void A_method_that_is_off_takes_no_order() =>
        A.Voter.Under(Plain).When(new SetOrder([Park])).ThenRefused(RefusalCode.MethodOff);

    [Fact]
    public void Where_votes_are_final_so_are_orders()
    {
        var final = A.Voter.Under(Three with { VotesCanChange = false }).After(new SetOrder([Park, Bench]));

        final.When(new SetOrder([Bench, Park])).ThenRefused(RefusalCode.VotesFinal);
        final.When(new SetOrder([])).ThenRefused(RefusalCode.VotesFinal);
    }

    [Fact]
    public void An_order_moves_with_the_voter_to_another_segment() =>
        A.Voter.Under(Three).At(T(1)).After(new DescribeVoter(new SegmentChange(North), null), new SetOrder([Park, Bench]))
            .At(T(2)).When(new DescribeVoter(new SegmentChange(South), null))
            .Then(
                new SegmentChanged(North, South),
                new OrderChanged([Park, Bench], [], North, T(1), 0),
                new OrderChanged([], [Park, Bench], South, T(1), 2));

    [Fact]
    public void It_is_part_of_the_whole_ballot()
    {
        var ordered = A.Voter.Under(Three).At(T(1)).After(new SetBallot([Tree], [], []) { Order = [Park, Bench] });

        ((Voter)ordered.State).Ballot.Order.Ideas.ShouldBe([Park, Bench]);
        ((Voter)ordered.State).Ballot.Held.ShouldBe(3);
        ordered.At(T(2)).When(new SetBallot([Tree], [], [])).Then(new OrderChanged([Park, Bench], [], null, T(1), 1));
    }

    [Fact]
    public void Orders_are_equal_by_what_they_say()
    {
        var order = new OrderChanged([Park], [Bench], North, T(1), 1);

        order.ShouldBe(new OrderChanged([Park], [Bench], North, T(1), 1));
        order.GetHashCode().ShouldBe(new OrderChanged([Park], [Bench], North, T(1), 1).GetHashCode());
        order.ShouldNotBe(new OrderChanged([Park], [Tree], North, T(1), 1));
        order.ShouldNotBe(new OrderChanged([Tree], [Bench], North, T(1), 1));
        order.HeldBefore.ShouldBe(1);
    }
}
