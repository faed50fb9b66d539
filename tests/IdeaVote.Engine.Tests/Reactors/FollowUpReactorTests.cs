using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Reactors;

namespace IdeaVote.Engine.Tests.Reactors;

/// <summary>Carrying out what the index says is owed, one call after the other.</summary>
public sealed class FollowUpReactorTests : IAsyncLifetime, IDisposable
{
    private readonly MemoryBackers backers = new();
    private MemoryEngine engine = null!;

    public async Task InitializeAsync()
    {
        engine = await MemoryEngine.StartAsync();
        await engine.OpenAsync(Park, Bench);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task With_nothing_owed_nothing_happens()
    {
        await engine.InvestAsync(Ann, Park, 30);
        await FoldAsync();

        (await DrainAsync()).ShouldBeTrue();

        Refunds().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(IdeaStatus.Withdrawn)]
    [InlineData(IdeaStatus.Declined)]
    public async Task Every_backer_of_a_closed_idea_gets_exactly_that_back(IdeaStatus status)
    {
        await engine.InvestAsync(Ann, Park, 30);
        await engine.InvestAsync(Ann, Bench, 20);
        await engine.InvestAsync(Bob, Park, 10);
        await engine.SetStatusAsync(Park, status);
        await FoldAsync();

        (await DrainAsync()).ShouldBeTrue();

        engine.Invested(Park).ShouldBe(0);
        engine.Invested(Bench).ShouldBe(20);
        (await backers.NextRefundAsync()).ShouldBeNull();
        engine.Feed().Select(recorded => recorded.Event).OfType<InvestmentChanged>().Where(e => e.Cause is not null).Select(e => (e.Old, e.New, e.Cause))
            .ShouldBe([(30, 0, 2), (10, 0, 2)], ignoreOrder: true);
    }

    [Fact]
    public async Task Many_backers_are_worked_through_in_pages_each_once()
    {
        const int People = 1_201;
        for (var person = 0; person < People; person++)
            await engine.InvestAsync(Crowd.Person(person), Park, 1);
        await engine.SetStatusAsync(Park, IdeaStatus.Withdrawn);
        await FoldAsync();

        (await DrainAsync()).ShouldBeTrue();

        engine.Invested(Park).ShouldBe(0);
        Refunds().Count.ShouldBe(People);
        Refunds().Distinct().Count().ShouldBe(People);
        backers.Pages.ShouldBe([500, 500, 201, 0]);
        backers.Advances.Count.ShouldBe(4);
        backers.Advances[^1].ShouldBeNull();
    }

    [Theory]
    [InlineData(ReplyKind.OutcomeUnknown)]
    [InlineData(ReplyKind.Overloaded)]
    public async Task What_was_not_answered_is_done_again(ReplyKind answer)
    {
        foreach (var person in Enumerable.Range(0, 5))
            await engine.InvestAsync(Crowd.Person(person), Park, 10);
        await engine.SetStatusAsync(Park, IdeaStatus.Withdrawn);
        await FoldAsync();
        var attempts = 0;
        engine.Fault = command => command is ReturnInvestment && ++attempts == 3 ? new Reply(answer, null, default, false, null) : null;

        (await DrainAsync()).ShouldBeFalse();
        backers.Advances.ShouldBeEmpty();
        engine.Invested(Park).ShouldBe(10);

        (await DrainAsync()).ShouldBeTrue();
        engine.Invested(Park).ShouldBe(0);
        engine.Feed().Count(recorded => recorded.Event is InvestmentChanged { Cause: not null }).ShouldBe(5);
    }

    [Fact]
    public async Task It_goes_on_with_the_page_at_which_it_stopped()
    {
        for (var person = 0; person < 700; person++)
            await engine.InvestAsync(Crowd.Person(person), Park, 1);
        await engine.SetStatusAsync(Park, IdeaStatus.Withdrawn);
        await FoldAsync();
        var attempts = 0;
        engine.Fault = command => command is ReturnInvestment && ++attempts > 600 ? Reply.OutcomeUnknown : null;
        (await DrainAsync()).ShouldBeFalse();
        engine.Fault = _ => null;

        (await DrainAsync()).ShouldBeTrue();

        backers.Pages.ShouldBe([500, 200, 200, 0]);
        engine.Invested(Park).ShouldBe(0);
    }

    [Fact]
    public async Task A_refusal_is_an_answer()
    {
        await engine.InvestAsync(Ann, Park, 30);
        await engine.SetStatusAsync(Park, IdeaStatus.Withdrawn);
        await FoldAsync();
        engine.Fault = command => command is ReturnInvestment ? Reply.Refused(new Refusal(RefusalCode.CampaignNotFound, "Gone.")) : null;

        (await DrainAsync()).ShouldBeTrue();

        (await backers.NextRefundAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task An_investment_that_reached_the_closed_idea_goes_back_too()
    {
        await engine.InvestAsync(Ann, Park, 30);
        await engine.SetStatusAsync(Park, IdeaStatus.Withdrawn);
        engine.Hearsay = _ => IdeaStatus.Published;
        await engine.InvestAsync(Ann, Park, 40);
        await engine.InvestAsync(Bob, Park, 5);
        await FoldAsync();

        (await DrainAsync()).ShouldBeTrue();
        engine.Invested(Park).ShouldBe(0);

        await engine.InvestAsync(Bob, Park, 6);
        await FoldAsync();
        (await DrainAsync()).ShouldBeTrue();
        engine.Invested(Park).ShouldBe(0);
        (await backers.LateRefundsAsync(10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_late_refund_that_was_not_answered_stays_owed()
    {
        await engine.SetStatusAsync(Park, IdeaStatus.Withdrawn);
        engine.Hearsay = _ => IdeaStatus.Published;
        await engine.InvestAsync(Ann, Park, 40);
        await engine.InvestAsync(Bob, Park, 5);
        await FoldAsync();
        engine.Fault = command => command is ReturnInvestment ? Reply.Overloaded : null;

        (await DrainAsync()).ShouldBeFalse();
        (await backers.LateRefundsAsync(10)).Count.ShouldBe(2);

        engine.Fault = _ => null;
        (await DrainAsync()).ShouldBeTrue();
        engine.Invested(Park).ShouldBe(0);
    }

    [Fact]
    public async Task An_idea_that_was_opened_again_keeps_the_investments_made_since()
    {
        await engine.InvestAsync(Ann, Park, 30);
        await engine.SetStatusAsync(Park, IdeaStatus.Withdrawn);
        await FoldAsync();
        // Between the look at what is owed and the look at who invested, the idea opens and Bob invests.
        backers.BeforeNextPage = async () =>
        {
            await engine.SetStatusAsync(Park, IdeaStatus.Published);
            await engine.InvestAsync(Bob, Park, 10);
            await FoldAsync();
        };

        (await DrainAsync()).ShouldBeTrue();

        engine.Credits(Bob, Park).ShouldBe(10);
        (await backers.NextRefundAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task An_index_that_was_lost_and_folded_again_asks_for_nothing_that_was_done()
    {
        await engine.InvestAsync(Ann, Park, 30);
        await engine.SetStatusAsync(Park, IdeaStatus.Withdrawn);
        await FoldAsync();
        await DrainAsync();
        await engine.SetStatusAsync(Park, IdeaStatus.Published);
        await engine.InvestAsync(Ann, Park, 15);
        var head = engine.Head;

        var rebuilt = new MemoryBackers();
        await rebuilt.ApplyAsync(engine.Feed(), head);
        await using var reactor = new FollowUpReactor(engine, rebuilt, new AsyncSignal(), TimeProvider.System);
        (await reactor.DrainAsync()).ShouldBeTrue();

        engine.Credits(Ann, Park).ShouldBe(15);
        engine.Head.ShouldBe(head);
    }

    private List<(StreamId, Command)> Refunds() => [.. engine.Sent.Where(sent => sent.Command is ReturnInvestment).Select(sent => (sent.Stream, sent.Command))];

    private async Task<bool> DrainAsync()
    {
        // A new one each time, as after a restart: what it knows is in the index.
        await using var reactor = new FollowUpReactor(engine, backers, new AsyncSignal(), TimeProvider.System);
        return await reactor.DrainAsync();
    }

    private async Task FoldAsync()
    {
        var after = await backers.LoadPositionAsync();
        var records = await engine.Journal.ReadAsync(MemoryEngine.Partition, after.Offset(), null, int.MaxValue);
        await backers.ApplyAsync([.. records.Select(record => EventReader.Read(record.Body))], engine.Head);
    }
}
