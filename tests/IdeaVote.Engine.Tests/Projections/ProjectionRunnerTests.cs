using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Tests.Projections;

/// <summary>Keeping a projection up with the journal.</summary>
public sealed class ProjectionRunnerTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private readonly Notebook notebook = new();

    [Fact]
    public async Task It_folds_what_is_there_and_then_what_comes()
    {
        using var engine = await EngineAsync(voters: 20);
        await using var runner = await StartAsync(engine);
        (await runner.WaitAsync(engine.Head, Long)).ShouldBeTrue();
        notebook.Events.ShouldBe(engine.Feed(), new SameText());

        for (var voter = 100; voter < 120; voter++)
            await engine.InvestAsync(Crowd.Person(voter), Park, 1);

        (await runner.WaitAsync(engine.Head, Long)).ShouldBeTrue();
        notebook.Events.ShouldBe(engine.Feed(), new SameText());
        runner.Position.ShouldBe(engine.Head);
        runner.Name.ShouldBe("notebook");
    }

    [Fact]
    public async Task It_goes_through_the_journal_page_by_page()
    {
        using var engine = await EngineAsync(voters: 20);
        engine.Journal.PageLimit = 7;
        await using var runner = await StartAsync(engine);

        (await runner.WaitAsync(engine.Head, Long)).ShouldBeTrue();

        notebook.Batches.ShouldBe([7, 7, 7, 1]);
        notebook.Events.ShouldBe(engine.Feed(), new SameText());
    }

    [Fact]
    public async Task After_a_stop_it_goes_on_where_the_projection_stopped()
    {
        using var engine = await EngineAsync(voters: 5);
        await using (var runner = await StartAsync(engine))
            (await runner.WaitAsync(engine.Head, Long)).ShouldBeTrue();
        await engine.InvestAsync(Ann, Park, 1);

        await using var again = await StartAsync(engine);
        (await again.WaitAsync(engine.Head, Long)).ShouldBeTrue();

        notebook.Events.ShouldBe(engine.Feed(), new SameText());
        notebook.Batches[^1].ShouldBe(1);
    }

    [Fact]
    public async Task After_a_failure_it_ends_with_it_and_a_new_one_goes_on_without_loss()
    {
        using var engine = await EngineAsync(voters: 5);
        engine.Journal.PageLimit = 3;
        notebook.NextFails = new InvalidOperationException("no room");
        await using (var failing = new FailingRunner(await StartAsync(engine)))
        {
            (await Should.ThrowAsync<InvalidOperationException>(() => failing.Runner.Running.Ended())).Message.ShouldBe("no room");
            failing.Runner.Position.ShouldBe(Position.Start);
        }

        await using var again = await StartAsync(engine);
        (await again.WaitAsync(engine.Head, Long)).ShouldBeTrue();

        notebook.Events.ShouldBe(engine.Feed(), new SameText());
    }

    [Fact]
    public async Task A_journal_that_can_not_be_read_ends_it()
    {
        using var engine = await EngineAsync(voters: 5);
        engine.Journal.NextReadFails = new JournalException("The file is gone.");
        await using var failing = new FailingRunner(await StartAsync(engine));

        (await Should.ThrowAsync<JournalException>(() => failing.Runner.Running.Ended())).Message.ShouldBe("The file is gone.");
    }

    [Fact]
    public async Task An_event_of_a_newer_version_ends_it()
    {
        using var engine = await EngineAsync(voters: 5);
        var head = await engine.Journal.BeginAsync(MemoryEngine.Partition);
        await engine.Journal.AppendAsync(
            MemoryEngine.Partition, head.Position, head.Fence, [new JournalRecord(StreamId.Of(TheCampaign), 2, "{\"e\":\"sang\"}"u8.ToArray(), new byte[32])]);
        await using var failing = new FailingRunner(await StartAsync(engine));

        await Should.ThrowAsync<FormatException>(() => failing.Runner.Running.Ended());
    }

    [Fact]
    public async Task Who_waits_too_long_is_told()
    {
        using var engine = await EngineAsync(voters: 1);
        await using var runner = await StartAsync(engine);

        (await runner.WaitAsync(OnePartition.At(engine.Head.Offset() + 1), TimeSpan.FromMilliseconds(20))).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_let_go()
    {
        using var engine = await EngineAsync(voters: 1);
        await using var runner = await StartAsync(engine);
        using var given = new CancellationTokenSource();

        var waiting = runner.WaitAsync(OnePartition.At(engine.Head.Offset() + 1), Long, given.Token).AsTask();
        await given.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task It_tells_when_it_has_folded_something()
    {
        using var engine = await EngineAsync(voters: 1);
        await using var runner = await StartAsync(engine);

        await runner.Folded.UntilAsync(() => runner.Position == engine.Head);

        notebook.Events.Count.ShouldBe((int)engine.Head.Offset());
    }

    private async Task<ProjectionRunner> StartAsync(MemoryEngine engine)
    {
        var runner = new ProjectionRunner(notebook, engine.Source);
        await runner.StartAsync();
        return runner;
    }

    private static async Task<MemoryEngine> EngineAsync(int voters)
    {
        var engine = await MemoryEngine.StartAsync();
        await engine.OpenAsync(Park);
        for (var voter = 0; voter < voters; voter++)
            await engine.InvestAsync(Crowd.Person(voter), Park, 1);
        return engine;
    }

    /// <summary>A runner that is expected to have failed: stopping it tells so once more.</summary>
    private sealed class FailingRunner(ProjectionRunner runner) : IAsyncDisposable
    {
        public ProjectionRunner Runner => runner;

        public async ValueTask DisposeAsync()
        {
            var stopped = runner.DisposeAsync().AsTask();
            await stopped.ContinueWith(_ => { }, TaskScheduler.Default);
            stopped.IsFaulted.ShouldBeTrue();
        }
    }

    private sealed class SameText : IEqualityComparer<RecordedEvent>
    {
        public bool Equals(RecordedEvent? x, RecordedEvent? y) => Show.Of(x) == Show.Of(y);

        public int GetHashCode(RecordedEvent obj) => Show.Of(obj).GetHashCode(StringComparison.Ordinal);
    }
}
