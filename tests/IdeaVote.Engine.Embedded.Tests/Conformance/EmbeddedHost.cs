using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Conformance.Engine;
using IdeaVote.Engine.Embedded.Tests.Support;
using IdeaVote.Storage.Sqlite.Journal;
using IdeaVote.Storage.Sqlite.Projections;

namespace IdeaVote.Engine.Embedded.Tests.Conformance;

/// <summary>The embedded engine on SQLite in a folder of its own, with its Backers index for the refunds.</summary>
internal sealed class EmbeddedHost : EngineHost
{
    // So small that voters leave memory between their votes and snapshots are saved all the time.
    private static readonly EmbeddedOptions Cramped = new() { CacheWeight = 200, DirtyWeight = 120, RestartEvents = 90, BoardSnapshotEvents = 70 };

    private readonly TestFolder folder = new();
    private readonly EngineSetup setup;
    private readonly EmbeddedOptions options;
    private Process process = null!;

    private EmbeddedHost(EngineSetup setup, bool cramped)
    {
        this.setup = setup;
        options = cramped ? Cramped : new EmbeddedOptions();
        if (setup.QueueCommands is { } commands)
            options = options with { QueueCommands = commands, BatchCommands = Math.Max(1, commands / 4) };
    }

    public override IEngine Engine => process.Engine;

    public override async ValueTask<Position> UnreachedAsync(StreamId stream)
    {
        var head = await process.Store.HeadAsync(SqliteJournal.Partition);
        return Position.Of(SqliteJournal.Partition, head + 1);
    }

    public static async Task<EngineHost> StartAsync(EngineSetup setup, bool cramped = false)
    {
        var host = new EmbeddedHost(setup, cramped);
        await host.StartAsync();
        return host;
    }

    public override async Task RestartAsync()
    {
        await process.EndAsync();
        await StartAsync();
    }

    public override Task CrashAsync()
    {
        process.Journal.FailsNext = true;
        process.Snapshots.Die();
        return RestartAsync();
    }

    // A failed commit ends this engine: whoever watches it starts the process anew.
    public override Task RecoverAsync() => RestartAsync();

    public override void FailNextCommit(CommitFault fault)
    {
        if (fault == CommitFault.Written)
            process.Journal.FailsAfterWriting = true;
        else
            process.Journal.FailsNext = true;
    }

    public override IDisposable HoldCommits() => process.Journal.Hold();

    public override async ValueTask DisposeAsync()
    {
        await process.EndAsync();
        folder.Dispose();
    }

    private async Task StartAsync()
    {
        var store = new SqliteJournal(folder.File("journal.db"));
        var backers = SqliteBackersIndex.Open(folder.File("backers.db"));
        var journal = new FaultyJournal(store);
        var snapshots = new MortalSnapshots(store.Snapshots);
        var engine = await EmbeddedEngine.StartAsync(journal, SqliteJournal.Partition, snapshots, [backers], options, setup.Time);
        process = new Process(engine, journal, snapshots, store, backers);
    }

    private sealed record Process(EmbeddedEngine Engine, FaultyJournal Journal, MortalSnapshots Snapshots, SqliteJournal Store, SqliteBackersIndex Backers)
    {
        public async Task EndAsync()
        {
            await Engine.DisposeAsync();
            await Backers.DisposeAsync();
            Store.Dispose();
        }
    }
}
