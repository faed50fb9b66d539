using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Simulation.Machine;

namespace IdeaVote.Simulation.Cluster;

/// <summary>Grains on several nodes in front of several partitions.</summary>
public sealed class SimCluster : ISimWorld
{
    private const int Nodes = 3;

    private readonly SimNetwork network;
    private readonly SimNode[] nodes;
    private readonly Dictionary<string, int> placed = new(StringComparer.Ordinal);

    public SimCluster(SimScheduler scheduler, CampaignId campaign, Faults faults, NodeMutation mutation = NodeMutation.None, StoreMutation store = StoreMutation.None)
    {
        Scheduler = scheduler;
        Campaign = campaign;
        Mutation = mutation;
        Cache = new MemoryCache(mutation);
        Partitions = scheduler.Random.Next(1, 5);
        Journal = new SimJournal(scheduler) { Faults = faults, Mutation = store };
        network = new SimNetwork(scheduler) { Faults = faults };
        nodes = [.. Enumerable.Range(0, Nodes).Select(_ => new SimNode(this))];
    }

    public SimScheduler Scheduler { get; }

    public CampaignId Campaign { get; }

    public NodeMutation Mutation { get; }

    public int Partitions { get; }

    public SimJournal Journal { get; }

    public IAggregateCache Cache { get; }

    public IReadOnlyList<string> PartitionNames => [.. Enumerable.Range(0, Partitions).Select(number => PartitionMap.Name(Campaign, number))];

    public IEnumerable<Domain.Projections.Board> Boards => nodes.Select(node => node.Follower.Read((board, _) => board));

    public void SetFaults(Faults faults) => (Journal.Faults, network.Faults) = (faults, faults);

    public async Task<Reply> SendAsync(StreamId stream, Command? command)
    {
        try
        {
            return await CallAsync($"{stream}", node => node.HandleAsync(stream, command));
        }
        catch (TimeoutException)
        {
            return Reply.OutcomeUnknown;
        }
    }

    /// <summary>Calls whoever hosts something, as far as the caller knows.</summary>
    public Task<T> CallAsync<T>(string what, Func<SimNode, Task<T>> call)
    {
        if (!placed.TryGetValue(what, out var place) || !nodes[place].IsUp)
            placed[what] = place = Scheduler.Random.Next(Nodes);
        // Directories disagree for a while: then there are two of it.
        if (Scheduler.Chance(network.Faults.Misplaces))
            place = Scheduler.Random.Next(Nodes);
        var node = nodes[place];
        return network.CallAsync(() => node.IsUp, () => call(node));
    }

    public void Crash()
    {
        var number = Scheduler.Random.Next(Nodes);
        nodes[number].IsUp = false;
        nodes[number] = new SimNode(this);
        foreach (var moved in placed.Where(p => p.Value == number).Select(p => p.Key).ToList())
            placed.Remove(moved);
    }

    public void Disturb()
    {
        var number = Scheduler.Random.Next(1_000);
        nodes[number % Nodes].Deactivate(number);
    }

    public async Task CatchUpAsync()
    {
        foreach (var node in nodes)
            await node.RefreshAsync();
    }

    private sealed class MemoryCache(NodeMutation mutation) : IAggregateCache
    {
        private readonly Dictionary<StreamId, Snapshot> snapshots = [];

        public ValueTask<Snapshot?> LoadAsync(StreamId stream, CancellationToken cancellation = default) => new(snapshots.GetValueOrDefault(stream));

        public ValueTask SaveAsync(Snapshot snapshot)
        {
            snapshots[snapshot.Stream] = mutation == NodeMutation.ForgetsCast && snapshot.Stream.Kind == AggregateKind.Voter ? WithoutCast(snapshot) : snapshot;
            return ValueTask.CompletedTask;
        }

        private static Snapshot WithoutCast(Snapshot snapshot)
        {
            var voter = (Voter)AggregateSnapshots.Read(AggregateKind.Voter, snapshot.State.Span);
            var merged = voter.Merged with { Cast = Ballot.Empty };
            return snapshot with
            {
                State = AggregateSnapshots.Write(Voter.Restore(voter.Version, voter.Ballot, voter.Segment, voter.Attributes, voter.Obeyed, merged)),
            };
        }
    }
}
