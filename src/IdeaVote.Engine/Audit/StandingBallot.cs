using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Audit;

/// <summary>
/// One voter's ballot as the events up to here left it. Takes an event only if it fits: the stream's next version, the values
/// before it as they are, and as many votes held after it as it says.
/// </summary>
public sealed class StandingBallot
{
    private long version;

    /// <summary>The votes.</summary>
    public Ballot Ballot { get; private set; } = Ballot.Empty;

    /// <summary>The segment they count for; null for none.</summary>
    public TermId? Segment { get; private set; }

    /// <summary>Takes the voter's next event.</summary>
    /// <exception cref="AuditException">It does not fit; the message says why.</exception>
    public void Apply(RecordedEvent recorded)
    {
        if (recorded.Version != version + 1)
            throw new AuditException($"it is event {recorded.Version} of voter {recorded.Stream.Key}, whose next is {version + 1}");
        version = recorded.Version;
        switch (recorded.Event)
        {
            case BallotEvent vote:
                Check(vote);
                Ballot = Ballot.Apply(vote, version);
                Expect(Ballot.Held == vote.Held, $"it says that the ballot holds {vote.Held} votes, and it holds {Ballot.Held}");
                break;
            case SegmentChanged change:
                Expect(change.Old == Segment, "the segment before it is another");
                Segment = change.New;
                break;
            case AttributesChanged:
                break;
            default:
                throw new AuditException($"a {recorded.Event.GetType().Name} is no event of a voter");
        }
    }

    private void Check(BallotEvent vote)
    {
        var (was, first) = vote switch
        {
            ApprovalChanged e => Before(Ballot.Approvals, e.Idea, e.Old, static (_, isThere) => isThere, static at => at),
            RatingChanged e => Before(Ballot.Ratings, e.Idea, e.Old, static (rating, _) => rating.Scores, static rating => rating.First),
            InvestmentChanged e => Before(Ballot.Investments, e.Idea, e.Old, static (investment, _) => investment.Credits, static investment => investment.First),
            DuelChanged e => Before(Ballot.Duels, PairOf(e), e.Old, static (duel, _) => duel.Winner, static duel => duel.First),
            OrderChanged e => Before(e.Old),
            _ => throw new AuditException($"a {vote.GetType().Name} is no vote"),
        };
        Expect(!was || first == vote.First, "it says another time at which the vote was first cast");
        // Where a voter moves, votes are taken out of the segment that was before; what stands counts for the present one.
        var stands = vote is VoteEvent { Is: true } or OrderChanged { New.Length: > 0 };
        Expect(!stands || vote.Segment == Segment, "it counts for a segment that is not the voter's");
    }

    /// <summary>Compares the value before with the one the event names.</summary>
    private static (bool Was, Instant First) Before<TKey, T, TValue>(
        VoteMap<TKey, T> votes, TKey key, TValue old, Func<T, bool, TValue> value, Func<T, Instant> first)
        where TKey : struct, IComparable<TKey>
        where T : struct
    {
        var was = votes.TryGetValue(key, out var vote);
        Expect(EqualityComparer<TValue>.Default.Equals(value(vote, was), old), "the value before it is not the one it names");
        return (was, first(vote));
    }

    private (bool Was, Instant First) Before(ImmutableArray<IdeaId> old)
    {
        Expect(old.AsSpan().SequenceEqual(Ballot.Order.Ideas.AsSpan()), "the order before it is not the one it names");
        return (!old.IsEmpty, Ballot.Order.First);
    }

    private static Pair PairOf(DuelChanged duel)
    {
        Expect(duel.Idea.CompareTo(duel.Other) < 0, "its pair does not have the smaller id first");
        return duel.Pair;
    }

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
            throw new AuditException(otherwise);
    }
}
