using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Reactors;

namespace IdeaVote.Engine.Tests.Reactors;

/// <summary>Having votes follow merges as the index says, one call after the other.</summary>
public sealed class FollowMergeTests : IAsyncLifetime, IDisposable
{
    private readonly MemoryBackers backers = new();
    private MemoryEngine engine = null!;

    public async Task InitializeAsync()
    {
        engine = await MemoryEngine.StartAsync();
        await engine.OpenAsync(Park, Bench, Tree);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Who_voted_for_a_merged_idea_is_told_and_nobody_else()
    {
        await engine.InvestAsync(Ann, Park, 30);
        await engine.InvestAsync(Bob, Bench, 10);
        await engine.MergeAsync(Park, Bench);
        await FoldAsync();

        (await DrainAsync()).ShouldBeTrue();

        Told().ShouldBe([(Crowd.Of(Ann), new FollowMerge(Park, Bench, 2))]);
        (engine.Invested(Park), engine.Invested(Bench)).ShouldBe((0, 40));
        (await backers.NextMergeAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task When_it_is_undone_those_who_followed_are_told()
    {
        await engine.InvestAsync(Ann, Park, 30);
        await engine.InvestAsync(Bob, Bench, 10);
        await engine.MergeAsync(Park, Bench);
        await SettleAsync();
        await engine.UnmergeAsync(Park);
        await SettleAsync();

        Told()[^1].ShouldBe((Crowd.Of(Ann), new FollowMerge(Park, null, 3)));
        (engine.Invested(Park), engine.Invested(Bench)).ShouldBe((30, 10));
    }

    [Fact]
    public async Task Many_voters_are_worked_through_in_pages_each_once()
    {
        const int People = 1_201;
        for (var person = 0; person < People; person++)
            await engine.InvestAsync(Crowd.Person(person), Park, 1);
        await engine.MergeAsync(Park, Bench);
        await FoldAsync();

        (await DrainAsync()).ShouldBeTrue();

        engine.Invested(Bench).ShouldBe(People);
        Told().Count.ShouldBe(People);
        Told().Distinct().Count().ShouldBe(People);
        backers.FollowerPages.ShouldBe([500, 500, 201, 0]);
    }

    [Theory]
    [InlineData(ReplyKind.OutcomeUnknown)]
    [InlineData(ReplyKind.Overloaded)]
    public async Task What_was_not_answered_is_done_again(ReplyKind answer)
    {
        foreach (var person in Enumerable.Range(0, 5))
            await engine.InvestAsync(Crowd.Person(person), Park, 10);
        await engine.MergeAsync(Park, Bench);
        await FoldAsync();
        var attempts = 0;
        engine.Fault = command => command is FollowMerge && ++attempts == 3 ? new Reply(answer, null, default, false, null) : null;

        (await DrainAsync()).ShouldBeFalse();
        (await backers.NextMergeAsync())!.After.ShouldBeNull();
        engine.Invested(Park).ShouldBe(10);

        (await DrainAsync()).ShouldBeTrue();
        (engine.Invested(Park), engine.Invested(Bench)).ShouldBe((0, 50));
        engine.Feed().Count(recorded => recorded.Event is VotesMerged).ShouldBe(5);
    }

    [Fact]
    public async Task It_goes_on_with_the_page_at_which_it_stopped()
    {
        for (var person = 0; person < 700; person++)
            await engine.InvestAsync(Crowd.Person(person), Park, 1);
        await engine.MergeAsync(Park, Bench);
        await FoldAsync();
        var attempts = 0;
        engine.Fault = command => command is FollowMerge && ++attempts > 600 ? Reply.OutcomeUnknown : null;
        (await DrainAsync()).ShouldBeFalse();
        engine.Fault = _ => null;

        (await DrainAsync()).ShouldBeTrue();

        backers.FollowerPages.ShouldBe([500, 200, 200, 0]);
        engine.Invested(Bench).ShouldBe(700);
    }

    [Fact]
    public async Task A_refusal_is_an_answer()
    {
        await engine.InvestAsync(Ann, Park, 30);
        await engine.MergeAsync(Park, Bench);
        await FoldAsync();
        engine.Fault = command => command is FollowMerge ? Reply.Refused(new Refusal(RefusalCode.CampaignNotFound, "Gone.")) : null;

        (await DrainAsync()).ShouldBeTrue();

        (await backers.NextMergeAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_vote_that_reached_the_merged_idea_follows_too()
    {
        await engine.MergeAsync(Park, Bench);
        engine.Hearsay = _ => IdeaStatus.Published;
        await engine.InvestAsync(Ann, Park, 40);
        await FoldAsync();
        engine.Fault = command => command is FollowMerge && Told().Count > 0 ? Reply.Overloaded : null;

        (await DrainAsync()).ShouldBeFalse();
        (await backers.StragglersAsync(10)).ShouldHaveSingleItem();

        engine.Fault = _ => null;
        await SettleAsync();
        (engine.Invested(Park), engine.Invested(Bench)).ShouldBe((0, 40));
        (await backers.StragglersAsync(10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Undone_while_a_page_is_being_told_whoever_followed_too_late_is_told_again()
    {
        await engine.InvestAsync(Ann, Park, 30);
        await engine.MergeAsync(Park, Bench);
        await FoldAsync();
        var owed = (await backers.NextMergeAsync())!;
        await engine.UnmergeAsync(Park);
        await FoldAsync();
        (await DrainAsync()).ShouldBeTrue();
        // From a process that still works on the page it read before.
        await engine.SendAsync(Crowd.Of(Ann), new FollowMerge(owed.Idea, owed.Placement.Into, owed.Placement.Cause));
        engine.Invested(Park).ShouldBe(0);

        await SettleAsync();

        (engine.Invested(Park), engine.Invested(Bench)).ShouldBe((30, 0));
    }

    [Fact]
    public async Task Crossed_wishes_leave_no_vote_behind_once_one_of_them_is_undone()
    {
        // Each idea's turn had not heard of the other's.
        await engine.InvestAsync(Ann, Park, 30);
        await engine.InvestAsync(Ann, Bench, 10);
        engine.Hearsay = _ => IdeaStatus.Published;
        await engine.MergeAsync(Park, Bench);
        await SettleAsync();
        await engine.MergeAsync(Bench, Park);
        await SettleAsync();
        engine.Invested(Bench).ShouldBe(40);

        await engine.UnmergeAsync(Park);
        await SettleAsync();

        (engine.Invested(Park), engine.Invested(Bench)).ShouldBe((40, 0));
    }

    [Fact]
    public async Task An_index_that_was_lost_and_folded_again_changes_nothing_that_was_done()
    {
        await engine.InvestAsync(Ann, Park, 30);
        await engine.InvestAsync(Bob, Park, 20);
        await engine.MergeAsync(Park, Bench);
        await SettleAsync();
        await engine.UnmergeAsync(Park);
        await SettleAsync();
        await engine.MergeAsync(Park, Tree);
        await SettleAsync();
        var head = engine.Head;

        var rebuilt = new MemoryBackers();
        await rebuilt.ApplyAsync(engine.Feed(), head);
        await using var reactor = new FollowUpReactor(engine, rebuilt, new AsyncSignal(), TimeProvider.System);
        (await rebuilt.NextMergeAsync()).ShouldNotBeNull();
        (await reactor.DrainAsync()).ShouldBeTrue();

        engine.Head.ShouldBe(head);
        (engine.Invested(Park), engine.Invested(Bench), engine.Invested(Tree)).ShouldBe((0, 0, 50));
    }

    private List<(StreamId Stream, Command Command)> Told() =>
        [.. engine.Sent.Where(sent => sent.Command is FollowMerge).Select(sent => (sent.Stream, sent.Command))];

    /// <summary>Folds and works until nothing comes of it any more.</summary>
    private async Task SettleAsync()
    {
        Position before;
        do
        {
            before = engine.Head;
            await FoldAsync();
            (await DrainAsync()).ShouldBeTrue();
        }
        while (engine.Head != before);
    }

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
