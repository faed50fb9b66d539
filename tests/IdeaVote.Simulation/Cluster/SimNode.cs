using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using IdeaVote.Simulation.Machine;

namespace IdeaVote.Simulation.Cluster;

/// <summary>One process of a cluster: hosts whatever aggregates and partitions it is asked for, and keeps a copy of the board.</summary>
public sealed class SimNode
{
    private readonly SimCluster cluster;
    private readonly RecentRecords journal;
    private readonly Dictionary<StreamId, (LeasedAggregate Aggregate, SimMutex Gate)> aggregates = [];
    private readonly Dictionary<int, Task<PartitionWriter>> writers = [];
    private readonly CampaignFollower follower;
    private readonly SimMutex following = new();

    public SimNode(SimCluster cluster)
    {
        this.cluster = cluster;
        // So small that much of what is read was forgotten again.
        journal = new RecentRecords(new NodeJournal(cluster.Journal, () => IsUp), maxBytes: 4_096);
        IJournalStore source = cluster.Mutation == NodeMutation.FoldsTwice ? new DoublingJournal(journal) : journal;
        follower = new CampaignFollower(new CampaignFeed(source, cluster.Campaign, cluster.Partitions, cluster.Scheduler.Time), cluster.Scheduler.Time);
    }

    public bool IsUp { get; set; } = true;

    public CampaignFollower Follower => follower;

    /// <summary>What the call to an aggregate's grain does.</summary>
    public async Task<Reply> HandleAsync(StreamId stream, Command? command)
    {
        if (!aggregates.TryGetValue(stream, out var found))
            aggregates.Add(stream, found = (Make(stream), new SimMutex()));
        return await found.Gate.RunAsync(async () =>
        {
            var reply = await found.Aggregate.HandleAsync(command);
            if (found.Aggregate.IsLost)
                aggregates.Remove(stream);
            return reply;
        });
    }

    /// <summary>Lets an aggregate go, as a runtime does with those nobody asks for.</summary>
    public void Deactivate(int number)
    {
        if (aggregates.Count > 0)
            aggregates.Remove(aggregates.Keys.ElementAt(number % aggregates.Count));
    }

    /// <summary>What the calls to a partition's grain do.</summary>
    public async Task<OpenOutcome> OpenAsync(int number, StreamId stream)
    {
        if (await FindWriterAsync(number) is not { } writer)
            return new OpenOutcome(AppendKind.Overloaded);
        return await writer.OpenAsync(stream);
    }

    public async Task<AppendOutcome> AppendAsync(int number, StreamAppend append)
    {
        if (append.Events.Length == 0 && cluster.Mutation == NodeMutation.NoConfirmation)
            return new AppendOutcome(AppendKind.Done);
        if (await FindWriterAsync(number) is not { } writer)
            return new AppendOutcome(AppendKind.Overloaded);
        if (cluster.Mutation == NodeMutation.NoTokens)
            append = append with { Token = (await writer.OpenAsync(append.Stream)).Token };
        var appending = writer.AppendAsync(append);
        if (cluster.Mutation == NodeMutation.RepliesBeforeCommit && append.Events.Length > 0)
            return new AppendOutcome(AppendKind.Done, writer.Head + 1);
        var outcome = await appending;
        if (outcome.Kind == AppendKind.Stale && cluster.Mutation == NodeMutation.NoVersionGuard)
            outcome = await writer.AppendAsync(await BehindAsync(number, writer, append));
        if (writer.Failure is not null && writers.TryGetValue(number, out var current) && current.IsCompletedSuccessfully && current.Result == writer)
            writers.Remove(number);
        return outcome;
    }

    /// <summary>Brings the board up to date.</summary>
    public Task RefreshAsync() => following.RunAsync(async () =>
    {
        while (await follower.RefreshAsync())
        {
        }
        return true;
    });

    private async Task<StreamAppend> BehindAsync(int number, PartitionWriter writer, StreamAppend append)
    {
        var version = await journal.VersionAsync(PartitionMap.Name(cluster.Campaign, number), append.Stream);
        return append with
        {
            Token = (await writer.OpenAsync(append.Stream)).Token,
            Version = version,
            Events = [.. append.Events.Select((body, i) => EventBytes.Of(EventReader.Read(body) with { Version = version + 1 + i }))],
        };
    }

    private LeasedAggregate Make(StreamId stream)
    {
        var host = new AggregateHost(stream, new Remote(this, stream), cluster.Cache, snapshotEvents: 3);
        return new LeasedAggregate(stream, host, _ => new(new Lease(this)), cluster.Scheduler.Time);
    }

    private async Task<PartitionWriter?> FindWriterAsync(int number)
    {
        if (!writers.TryGetValue(number, out var writer))
            writers.Add(number, writer = PartitionWriter.BeginAsync(
                journal, PartitionMap.Name(cluster.Campaign, number), new PartitionOptions { MaxBatch = 8, OpenStreams = 4 }).AsTask());
        try
        {
            return await writer;
        }
        catch (JournalException)
        {
            if (writers.TryGetValue(number, out var current) && current == writer)
                writers.Remove(number);
            return null;
        }
    }

    /// <summary>The campaign as this node's aggregates know it.</summary>
    private sealed class Lease(SimNode node) : ICampaignLease
    {
        public CampaignFollower Follower => node.follower;

        public bool IsFresh => node.cluster.Mutation == NodeMutation.NoLease ? Follower.IsLoaded : Follower.IsFresh;

        public ValueTask RefreshAsync(CancellationToken cancellation = default) => new(node.RefreshAsync());
    }

    /// <summary>The partition as an aggregate of this node reaches it.</summary>
    private sealed class Remote(SimNode node, StreamId of) : IPartition
    {
        public string Name => PartitionMap.Name(of.Campaign, PartitionMap.NumberOf(of, node.cluster.Partitions));

        public ValueTask<OpenOutcome> OpenAsync(StreamId stream, CancellationToken cancellation = default) =>
            new(CallAsync(stream, (host, number) => host.OpenAsync(number, stream)));

        public async ValueTask<AppendOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation = default)
        {
            try
            {
                return await CallAsync(append.Stream, (host, number) => host.AppendAsync(number, append));
            }
            catch (TimeoutException) when (node.cluster.Mutation == NodeMutation.TrustsSilence)
            {
                return new AppendOutcome(AppendKind.Done);
            }
        }

        private async Task<T> CallAsync<T>(StreamId stream, Func<SimNode, int, Task<T>> call)
        {
            if (!node.IsUp)
                await new TaskCompletionSource().Task;
            var number = PartitionMap.NumberOf(stream, node.cluster.Partitions);
            return await node.cluster.CallAsync($"partition {number}", host => call(host, number));
        }

        public async IAsyncEnumerable<RecordedEvent> ReadAsync(
            StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await foreach (var record in node.journal.ReadStreamAsync(Name, stream, fromVersion, cancellation))
            {
                var recorded = EventReader.Read(record.Body);
                yield return node.cluster.Mutation == NodeMutation.ForgetsObeyed ? recorded with { Command = null } : recorded;
            }
        }
    }
}
