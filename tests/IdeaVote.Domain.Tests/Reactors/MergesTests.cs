using IdeaVote.Domain.Reactors;

namespace IdeaVote.Domain.Tests.Reactors;

/// <summary>What the team makes of ideas, and which voters have to be told once more.</summary>
public sealed class MergesTests
{
    [Fact]
    public void An_idea_is_placed_when_it_is_merged_and_when_that_is_undone()
    {
        Merges.Places(OfPark(5, new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Merged, null) { Into = Bench })).ShouldBe(new Placement(Bench, 5));
        Merges.Places(OfPark(6, new IdeaStatusChanged(IdeaStatus.Merged, IdeaStatus.Published, null))).ShouldBe(new Placement(null, 6));
        Merges.Places(OfPark(7, new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Declined, null))).ShouldBeNull();
        Merges.Places(OfAnn(new ApprovalChanged(Park, false, true, null, T(1), 1))).ShouldBeNull();
    }

    [Fact]
    public void Who_votes_on_an_idea_that_is_part_of_another_is_told_again()
    {
        Stragglers(new ApprovalChanged(Park, false, true, null, T(1), 1)).ShouldBe([Park]);
        Stragglers(new OrderChanged([], [Bench, Park], null, T(1), 2)).ShouldBe([Park]);
        Stragglers(new DuelChanged(Bench, Park, Winner.None, Winner.One, null, T(1), 1)).ShouldBe([Park]);
    }

    [Fact]
    public void Who_takes_a_vote_back_or_votes_elsewhere_is_not()
    {
        Stragglers(new ApprovalChanged(Park, true, false, null, T(1), 0)).ShouldBeEmpty();
        Stragglers(new InvestmentChanged(Bench, 0, 5, null, T(1), 1)).ShouldBeEmpty();
        // Tree was part of another once.
        Stragglers(new InvestmentChanged(Tree, 0, 5, null, T(1), 1)).ShouldBeEmpty();
    }

    [Fact]
    public void Who_follows_what_is_no_longer_so_is_told_how_it_is()
    {
        Stragglers(new VotesMerged(Park, Bench, 7, 0, 0)).ShouldBeEmpty();
        Stragglers(new VotesMerged(Park, Bench, 3, 0, 0)).ShouldBe([Park]);
        Stragglers(new VotesMerged(Park, Tree, 7, 0, 0)).ShouldBe([Park]);
        Stragglers(new VotesMerged(Tree, Bench, 3, 0, 0)).ShouldBe([Tree]);
    }

    [Fact]
    public void Who_leaves_an_idea_that_is_part_of_another_is_told_of_that()
    {
        Stragglers(new VotesUnmerged(Bench, Park, 9, 0, 0, 0)).ShouldBe([Park]);
        Stragglers(new VotesUnmerged(Park, Bench, 9, 0, 0, 0)).ShouldBeEmpty();
    }

    private static IEnumerable<IdeaId> Stragglers(Event e) => Merges.Stragglers(OfAnn(e), idea =>
        idea == Park ? new Placement(Bench, 7) : idea == Tree ? new Placement(null, 4) : null);

    private static RecordedEvent OfPark(long version, Event e) => new(StreamId.Of(TheCampaign, Park), version, T(1), e);

    private static RecordedEvent OfAnn(Event e) => new(StreamId.Of(TheCampaign, Ann), 3, T(1), e);
}
