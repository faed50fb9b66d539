using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using IdeaVote.Simulation.Machine;

namespace IdeaVote.Simulation.Audit;

/// <summary>Somebody found something wrong.</summary>
public sealed class ViolationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Looks at what is on the disk and at nothing else, and recounts it in its own way: it shares no fold with the domain.
/// </summary>
/// <param name="journal">The disk.</param>
/// <param name="partitions">The partitions on it.</param>
/// <param name="budgetCredits">Each voter's budget.</param>
public sealed class Auditor(SimJournal journal, IReadOnlyList<string> partitions, int budgetCredits)
{
    private readonly Dictionary<(StreamId Voter, IdeaId Idea, Type Method), object> votes = [];
    private readonly Dictionary<IdeaId, List<(long Version, IdeaStatus Status, long Durable)>> statuses = [];
    private readonly Dictionary<IdeaId, (IdeaId? Into, long Version)> placed = [];
    private readonly HashSet<IdeaId> regrouped = [];
    private readonly Dictionary<StreamId, VoterMerges> merges = [];
    private readonly HashSet<(StreamId Voter, long Version)> moved = [];

    /// <summary>What every voter's votes have come to: true, scores or credits.</summary>
    public IReadOnlyDictionary<(StreamId Voter, IdeaId Idea, Type Method), object> Votes => votes;

    /// <summary>Whether an idea was ever withdrawn or declined.</summary>
    public bool WasClosed(IdeaId idea) => statuses.TryGetValue(idea, out var history) && history.Exists(s => s.Status.ReturnsInvestments());

    /// <summary>Whether an idea was ever merged into another, or another into it.</summary>
    public bool WasMerged(IdeaId idea) => regrouped.Contains(idea);

    /// <summary>Checks everything that can be seen in the journal.</summary>
    /// <exception cref="ViolationException">Something is wrong.</exception>
    public void Check()
    {
        foreach (var partition in partitions)
        {
            CheckChain(partition);
            CheckStreams(partition);
        }
        NoteStatuses();
        foreach (var partition in partitions)
            foreach (var stream in journal.Durable(partition).GroupBy(recorded => recorded.Stream))
                if (stream.Key.Kind == AggregateKind.Voter)
                    Count(stream.Key, [.. stream]);
        CheckDeadline();
    }

    /// <summary>Checks, once nothing is on its way any more, that no credits lie in a closed idea.</summary>
    public void CheckReturned()
    {
        foreach (var ((voter, idea, method), _) in votes)
            if (method == typeof(InvestmentChanged) && statuses.TryGetValue(idea, out var history) && history[^1].Status.ReturnsInvestments())
                throw new ViolationException($"{voter} still has credits in {idea}, which is {history[^1].Status}.");
    }

    /// <summary>Checks, once nothing is on its way any more, that votes follow what the team made of the ideas last, and nothing else.</summary>
    public void CheckFollowed()
    {
        foreach (var ((voter, idea, _), vote) in votes)
            if (placed.GetValueOrDefault(idea).Into is { } into && !IsInRing(idea))
                throw new ViolationException($"{voter} still has {vote} on {idea}, which is part of {into}.");
        foreach (var (voter, of) in merges)
            foreach (var (idea, (into, cause)) in of.Followed)
                if (placed.GetValueOrDefault(idea) != (into, cause))
                    throw new ViolationException($"{voter} follows {idea} into {into} since its version {cause}; since {placed.GetValueOrDefault(idea)} that is not so.");
    }

    // Two teams' wishes can cross, each decided by a copy that had not heard of the other: then votes go either way.
    private bool IsInRing(IdeaId idea)
    {
        IdeaId? at = placed[idea].Into;
        for (var hops = 0; hops < placed.Count && at is { } next && next != idea; hops++)
            at = placed.GetValueOrDefault(next).Into;
        return at == idea;
    }

    private void CheckChain(string partition)
    {
        var expected = HashChain.Origin.ToArray();
        foreach (var record in journal.Stored(partition))
        {
            HashChain.Next(expected, record.Body, expected);
            if (!expected.AsSpan().SequenceEqual(record.Hash))
                throw new ViolationException($"Record {record.Position} of {partition} does not fit its predecessor.");
        }
    }

    private void CheckStreams(string partition)
    {
        foreach (var stream in journal.Durable(partition).GroupBy(recorded => recorded.Stream))
        {
            long version = 0;
            HashSet<CommandId> obeyed = [];
            CommandId? last = null;
            foreach (var recorded in stream)
            {
                if (recorded.Version != ++version)
                    throw new ViolationException($"{stream.Key} goes from version {version - 1} to {recorded.Version}.");
                if (recorded.Command is { } command && command != last && !obeyed.Add(command))
                    throw new ViolationException($"{stream.Key} obeyed {command} twice.");
                last = recorded.Command;
            }
        }
    }

    private void NoteStatuses()
    {
        foreach (var partition in partitions)
            foreach (var (recorded, durable) in journal.DurableAt(partition))
                if (recorded.Event is IdeaStatusChanged change)
                {
                    var idea = new IdeaId(recorded.Stream.Key);
                    if (!statuses.TryGetValue(idea, out var history))
                        statuses.Add(idea, history = []);
                    history.Add((recorded.Version, change.New, durable));
                    if (change.New == IdeaStatus.Merged || change.Old == IdeaStatus.Merged)
                        placed[idea] = (change.Into, recorded.Version);
                    if (change.Into is { } into)
                        regrouped.UnionWith([idea, into]);
                }
    }

    private void Count(StreamId voter, List<RecordedEvent> stream)
    {
        var spent = 0;
        Dictionary<(IdeaId, Type), long> set = [];
        var merging = merges[voter] = new VoterMerges(voter, votes);
        for (var i = 0; i < stream.Count; i++)
        {
            if (merging.Begin(stream[i]))
                moved.Add((voter, stream[i].Version));
            if (stream[i].Event is VoteEvent vote)
            {
                var (old, now) = Values(vote);
                var key = (voter, vote.Idea, vote.GetType());
                if (!Equals(votes.GetValueOrDefault(key), old))
                    throw new ViolationException($"{stream[i]} replaces {votes.GetValueOrDefault(key)}, not {old}.");
                if (vote is InvestmentChanged { Cause: { } cause })
                    CheckRefund(stream, vote.Idea, set[(vote.Idea, vote.GetType())], cause);
                if (now is null)
                    votes.Remove(key);
                else
                    votes[key] = now;
                set[(vote.Idea, vote.GetType())] = i;
                spent += now as int? ?? 0;
                spent -= old as int? ?? 0;
            }
            merging.End();
            var endsCommand = !merging.IsMoving && (i + 1 == stream.Count || stream[i + 1].Command != stream[i].Command || stream[i].Command is null);
            if (endsCommand && spent > budgetCredits)
                throw new ViolationException($"{voter} has spent {spent} of {budgetCredits} credits at version {stream[i].Version}.");
        }
    }

    private static (object? Old, object? New) Values(VoteEvent vote) => vote switch
    {
        ApprovalChanged e => (e.Old ? true : null, e.New ? true : null),
        RatingChanged e => (e.Old.IsEmpty ? null : e.Old, e.New.IsEmpty ? null : e.New),
        InvestmentChanged e => (e.Old == 0 ? null : e.Old, e.New == 0 ? null : e.New),
        _ => throw new ViolationException($"What is {vote}?"),
    };

    private void CheckRefund(List<RecordedEvent> stream, IdeaId idea, long setAt, long cause)
    {
        var history = statuses.GetValueOrDefault(idea) ?? [];
        var closing = history.FindIndex(s => s.Version == cause);
        if (closing < 0 || !history[closing].Status.ReturnsInvestments())
            throw new ViolationException($"A refund names version {cause} of {idea}, which closed nothing.");
        // Whoever invested when everybody knew that the idea was open again keeps it.
        var reopened = history.Skip(closing + 1).FirstOrDefault(s => !s.Status.ReturnsInvestments());
        var investedAt = stream[(int)setAt].At.UnixMilliseconds;
        if (reopened.Version > 0 && investedAt > Milliseconds(reopened.Durable) + (long)CampaignFollower.Lease.TotalMilliseconds)
            throw new ViolationException($"A refund for version {cause} of {idea} took an investment made after version {reopened.Version} had opened it again.");
    }

    private void CheckDeadline()
    {
        var all = partitions.SelectMany(journal.DurableAt).ToList();
        if (all.Find(e => e.Event.Event is CampaignCreated).Event?.Event is not CampaignCreated created)
            return;
        var closed = created.Stages is [_, { Starts: { } starts }] ? starts.UnixMilliseconds : long.MaxValue;
        foreach (var (recorded, durable) in all)
            if (recorded.Event is StageEntered { New: 1, Scheduled: false })
                closed = Math.Min(closed, Milliseconds(durable) + (long)CampaignFollower.Lease.TotalMilliseconds);
        foreach (var (recorded, _) in all)
            if (recorded is { Event: VoteEvent, Actor: null } and not { Event: InvestmentChanged { Cause: not null } }
                && !moved.Contains((recorded.Stream, recorded.Version)) && recorded.At.UnixMilliseconds >= closed)
                throw new ViolationException($"{recorded.Stream} voted {recorded.At.UnixMilliseconds - closed} ms after the end.");
    }

    private long Milliseconds(long virtualTime) => journal.Beginning + virtualTime;
}
