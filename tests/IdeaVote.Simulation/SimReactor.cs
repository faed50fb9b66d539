using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine.Reactors;
using IdeaVote.Simulation.Cluster;
using IdeaVote.Simulation.Machine;

namespace IdeaVote.Simulation;

/// <summary>The process that gives investments back and has votes follow merges: it reads the feed at its own pace, forgets everything now and then, and begins anew.</summary>
public sealed class SimReactor(SimScheduler scheduler, ISimWorld world, NodeMutation mutation)
{
    private long[] offsets = [];
    private MemoryBackers backers = new MemoryBackers();

    /// <summary>Loses what it knows.</summary>
    public void Restart() => (offsets, backers) = ([], new MemoryBackers());

    /// <summary>Folds what is new and carries out what is owed.</summary>
    /// <returns>False if something is still owed.</returns>
    public async Task<bool> WorkAsync()
    {
        try
        {
            await FoldAsync();
        }
        catch (JournalException)
        {
            return false;
        }
        IBackersIndex index = mutation is NodeMutation.NoLateRefunds or NodeMutation.NoStragglers ? new Lateless(backers, mutation) : backers;
        await using var reactor = new FollowUpReactor(new Port(world, mutation), index, new AsyncSignal(), scheduler.Time);
        return await reactor.DrainAsync();
    }

    private async Task FoldAsync()
    {
        var names = world.PartitionNames;
        if (offsets.Length == 0)
            offsets = new long[names.Count];
        // A restart meanwhile leaves these behind.
        var (index, places) = (backers, offsets);
        // As every follower does: the ideas' partition is read last and folded first.
        var read = new List<RecordedEvent>[names.Count];
        for (var number = names.Count - 1; number >= 0; number--)
        {
            var records = await world.Journal.ReadAsync(names[number], places[number], null, int.MaxValue);
            read[number] = [.. records.Select(record => Engine.Codec.EventReader.Read(record.Body))];
        }
        for (var number = 0; number < read.Length; number++)
        {
            await index.ApplyAsync(read[number], Position.Start);
            places[number] += read[number].Count;
        }
    }

    /// <summary>As much of an engine as a reactor needs.</summary>
    private sealed class Port(ISimWorld world, NodeMutation mutation) : IEngine
    {
        public ValueTask<IReadOnlyList<CampaignId>> CampaignsAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<Reply> SendAsync(StreamId stream, Command command, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public async ValueTask<Reply> SendWhenRoomAsync(StreamId stream, Command command, CancellationToken cancellation = default)
        {
            if (mutation == NodeMutation.RefundsAnything && command is ReturnInvestment back
                && (await world.SendAsync(stream, null)).State is Voter voter && voter.Ballot.Investments.TryGetValue(back.Idea, out var standing))
                command = back with { UndoesVersion = standing.Version };
            return await world.SendAsync(stream, command);
        }

        public ValueTask<Reply> ReadAsync(StreamId stream, CancellationToken cancellation = default) => throw new NotSupportedException();

        public ValueTask<T> QueryAsync<T>(CampaignId campaign, Func<Board, Position, T> read, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<bool> WaitAsync(Position position, TimeSpan patience, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<FeedEntry> FeedAsync(
            CampaignId campaign, Position after, bool follow, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await Task.CompletedTask;
            yield break;
        }
    }

    /// <summary>For the mutants that do not care for what comes late.</summary>
    private sealed class Lateless(IBackersIndex inner, NodeMutation mutation) : IBackersIndex
    {
        public string Name => inner.Name;

        public ValueTask<Position> LoadPositionAsync(CancellationToken cancellation = default) => inner.LoadPositionAsync(cancellation);

        public ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, Position upTo, CancellationToken cancellation = default) => inner.ApplyAsync(events, upTo, cancellation);

        public ValueTask<OwedRefund?> NextRefundAsync(CancellationToken cancellation = default) => inner.NextRefundAsync(cancellation);

        public ValueTask<IReadOnlyList<Domain.Reactors.Backer>> InvestorsAsync(CampaignId campaign, IdeaId idea, VoterId? after, int max, CancellationToken cancellation = default) =>
            inner.InvestorsAsync(campaign, idea, after, max, cancellation);

        public ValueTask AdvanceAsync(OwedRefund refund, VoterId? upTo, CancellationToken cancellation = default) => inner.AdvanceAsync(refund, upTo, cancellation);

        public ValueTask<IReadOnlyList<LateRefund>> LateRefundsAsync(int max, CancellationToken cancellation = default) =>
            mutation == NodeMutation.NoLateRefunds ? new([]) : inner.LateRefundsAsync(max, cancellation);

        public ValueTask FinishAsync(IReadOnlyCollection<LateRefund> refunds, CancellationToken cancellation = default) => inner.FinishAsync(refunds, cancellation);

        public ValueTask<OwedMerge?> NextMergeAsync(CancellationToken cancellation = default) => inner.NextMergeAsync(cancellation);

        public ValueTask<IReadOnlyList<VoterId>> FollowersAsync(OwedMerge merge, VoterId? after, int max, CancellationToken cancellation = default) =>
            inner.FollowersAsync(merge, after, max, cancellation);

        public ValueTask AdvanceAsync(OwedMerge merge, VoterId? upTo, CancellationToken cancellation = default) => inner.AdvanceAsync(merge, upTo, cancellation);

        public ValueTask<IReadOnlyList<Straggler>> StragglersAsync(int max, CancellationToken cancellation = default) =>
            mutation == NodeMutation.NoStragglers ? new([]) : inner.StragglersAsync(max, cancellation);

        public ValueTask FinishAsync(IReadOnlyCollection<Straggler> told, CancellationToken cancellation = default) => inner.FinishAsync(told, cancellation);

        public ValueTask<Debts> CountDebtsAsync(CancellationToken cancellation = default) => inner.CountDebtsAsync(cancellation);

        public ValueTask<long> CountAsync(CampaignId campaign, IdeaId idea, CancellationToken cancellation = default) => inner.CountAsync(campaign, idea, cancellation);
    }
}
