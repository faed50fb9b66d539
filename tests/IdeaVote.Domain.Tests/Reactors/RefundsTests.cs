using IdeaVote.Domain.Reactors;

namespace IdeaVote.Domain.Tests.Reactors;

/// <summary>Which events close an idea, and which commands follow.</summary>
public sealed class RefundsTests
{
    [Fact]
    public void An_idea_is_closed_when_it_enters_a_status_that_gives_investments_back()
    {
        foreach (var old in Enum.GetValues<IdeaStatus>())
            foreach (var @new in Enum.GetValues<IdeaStatus>())
                Refunds.Closes(OfPark(5, new IdeaStatusChanged(old, @new, null)))
                    .ShouldBe(@new.ReturnsInvestments() && !old.ReturnsInvestments() ? Park : null);
    }

    [Fact]
    public void Nothing_else_closes_it()
    {
        Refunds.Closes(OfPark(1, new IdeaSubmitted(Doc("park"), [], null, [], IdeaStatus.Published))).ShouldBeNull();
        Refunds.Closes(OfPark(2, new IdeaCostChanged(null, 1))).ShouldBeNull();
        Refunds.Closes(OfAnn(3, new InvestmentChanged(Park, 0, 5, null, T(1), 1))).ShouldBeNull();
    }

    [Fact]
    public void Each_backer_gets_exactly_the_investment_the_index_knows() =>
        Refunds.GiveBack(Park, 5, new Backer(Ann, 12)).ShouldBe(new ReturnInvestment(Park, 12, 5));

    [Fact]
    public void An_investment_that_reaches_a_closed_idea_goes_back_too()
    {
        Late(OfAnn(3, new InvestmentChanged(Park, 0, 5, null, T(1), 1)), closedAt: 7).ShouldBe(new ReturnInvestment(Park, 3, 7));
        Late(OfAnn(4, new InvestmentChanged(Park, 5, 6, North, T(1), 1)), closedAt: 7).ShouldBe(new ReturnInvestment(Park, 4, 7));
    }

    [Fact]
    public void Nothing_is_owed_for_an_open_idea_or_for_credits_taken_out()
    {
        Late(OfAnn(3, new InvestmentChanged(Park, 0, 5, null, T(1), 1)), closedAt: null).ShouldBeNull();
        Late(OfAnn(3, new InvestmentChanged(Park, 5, 0, null, T(1), 0)), closedAt: 7).ShouldBeNull();
        Late(OfAnn(3, new ApprovalChanged(Park, false, true, null, T(1), 1)), closedAt: 7).ShouldBeNull();
        Late(OfPark(7, new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Declined, null)), closedAt: 7).ShouldBeNull();
    }

    private static ReturnInvestment? Late(RecordedEvent recorded, long? closedAt) =>
        Refunds.GiveBackLate(recorded, idea => idea == Park ? closedAt : null);

    private static RecordedEvent OfPark(long version, Event e) => new(StreamId.Of(TheCampaign, Park), version, T(1), e);

    private static RecordedEvent OfAnn(long version, Event e) => new(StreamId.Of(TheCampaign, Ann), version, T(1), e);
}
