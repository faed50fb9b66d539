using IdeaVote.Engine.Conformance.Engine;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Tests.Conformance;

/// <summary>The engine of a cluster, all of it in this process, on a journal in memory.</summary>
internal sealed class PartitionedHost : EngineHost
{
    private readonly EngineSetup setup;
    private readonly int partitions;
    private readonly FaultyMemoryJournal journal = new();
    private readonly MemoryBackers backers = new();
    private Process process = null!;

    private PartitionedHost(EngineSetup setup, int partitions) => (this.setup, this.partitions) = (setup, partitions);

    public override IEngine Engine => process.Engine;

    public static async Task<EngineHost> StartAsync(EngineSetup setup, int partitions = 3)
    {
        var host = new PartitionedHost(setup, partitions);
        host.process = await host.StartAsync();
        return host;
    }

    public override async ValueTask<Position> UnreachedAsync(StreamId stream)
    {
        var name = PartitionMap.Name(stream.Campaign, PartitionMap.NumberOf(stream, partitions));
        return Position.Of(name, await journal.HeadAsync(name) + 1);
    }

    public override async Task RestartAsync()
    {
        await process.EndAsync();
        process = await StartAsync();
    }

    public override async Task CrashAsync()
    {
        // What is under way is cut off: its appends fail before they are written.
        journal.NextAppendFails = new JournalException("The process is gone.");
        await process.EndAsync();
        journal.NextAppendFails = null;
        process = await StartAsync();
    }

    public override void FailNextCommit(CommitFault fault)
    {
        if (fault == CommitFault.Written)
            journal.NextAppendFailsAfterwards = new JournalException("The network is gone.");
        else
            journal.NextAppendFails = new JournalException("The network is gone.");
    }

    public override IDisposable HoldCommits() => journal.Hold();

    public override async ValueTask DisposeAsync() => await process.EndAsync();

    private async Task<Process> StartAsync()
    {
        var options = new PartitionedOptions { Partitions = await PartitionCount.EstablishAsync(journal, partitions), BoardSnapshotEvents = 50 };
        if (setup.QueueCommands is { } commands)
            options = options with { MaxCommands = commands };
        var aggregates = new LocalAggregates(journal, options, new PartitionOptions { MaxBatch = 64 }, setup.Time);
        var followers = new CampaignFollowers(journal, [], options, setup.Time);
        aggregates.Followers = followers;
        var engine = new PartitionedEngine(journal, aggregates, followers, options, setup.Time);
        var desk = new FollowUpDesk(engine, backers, followers, TimeProvider.System);
        desk.Start();
        followers.Changed = (campaign, begins) => _ = begins ? desk.TakeAsync(campaign) : desk.LeaveAsync(campaign);
        // What a reminder does in a cluster, also after nothing ran for a while.
        foreach (var campaign in await engine.CampaignsAsync())
            await aggregates.SendAsync(StreamId.Of(campaign), new KeepSchedule());
        return new Process(engine, aggregates, followers, desk);
    }

    private sealed record Process(PartitionedEngine Engine, LocalAggregates Aggregates, CampaignFollowers Followers, FollowUpDesk Desk)
    {
        public async Task EndAsync()
        {
            Aggregates.Dispose();
            await Desk.DisposeAsync();
            await Followers.DisposeAsync();
            Engine.Dispose();
        }
    }
}
