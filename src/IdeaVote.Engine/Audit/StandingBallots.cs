using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Audit;

/// <summary>
/// All ballots of a campaign as its events up to here left them. Takes an event only if it fits: the voter's next version, the values before it
/// as they are, and as many votes held after it as it says. A standing vote takes 16 bytes, and room to grow of about a quarter of that; a voter
/// 50 to 100. Not safe for concurrent use.
/// </summary>
public sealed class StandingBallots
{
    private const int HashBytes = 32 * 1024;

    private readonly Dictionary<VoterId, Held> voters = [];
    private readonly VoteCells cells = new();
    private readonly Numbers<IdeaId> ideas = new();
    private readonly Numbers<Scores> scores = new();
    private readonly Numbers<TermId> segments = new();
    private string? sha256;

    /// <summary>The ideas that were submitted, in that order: a vote names one by its place here.</summary>
    public IReadOnlyList<IdeaId> Ideas => ideas.All;

    /// <summary>The different scores that ratings have given: a rating names them by their place here.</summary>
    public IReadOnlyList<Scores> Scores => scores.All;

    /// <summary>How many votes stand.</summary>
    public long Votes { get; private set; }

    /// <summary>Makes room for so many voters at once; growing by and by takes twice the memory on the way.</summary>
    public void Reserve(int count) => voters.EnsureCapacity(count);

    /// <summary>Takes the next event of the campaign.</summary>
    /// <exception cref="AuditException">It does not fit; the message says why.</exception>
    public void Apply(RecordedEvent recorded)
    {
        sha256 = null;
        if (recorded.Event is IdeaSubmitted)
            Expect(ideas.Of(new IdeaId(recorded.Stream.Key)) < StandingVote.MaxIdeas, "there are more ideas than votes can be kept for");
        if (recorded.Stream.Kind != AggregateKind.Voter)
            return;
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(voters, new VoterId(recorded.Stream.Key), out _);
        if (recorded.Version != held.Version + 1)
            throw new AuditException($"it is event {recorded.Version} of voter {recorded.Stream.Key}, whose next is {held.Version + 1}");
        held.Version = recorded.Version;
        switch (recorded.Event)
        {
            case BallotEvent vote:
                Change(ref held, vote);
                held.HasVoted = true;
                Expect(held.Count == vote.Held, $"it says that the ballot holds {vote.Held} votes, and it holds {held.Count}");
                break;
            case SegmentChanged change:
                Expect(change.Old == SegmentOf(held), "the segment before it is another");
                held.Segment = change.New is { } segment ? segments.Of(segment) + 1 : 0;
                break;
            case AttributesChanged or MergeEvent:
                break;
            case VoterInvited invited:
                Expect(!held.HasVoted, "it says that somebody came by an invitation who had voted before");
                Expect(!held.IsInvited, "it says a second time who brought a voter");
                Expect(invited.By.Value != recorded.Stream.Key, "it says that somebody brought themselves");
                held.IsInvited = true;
                break;
            default:
                throw new AuditException($"a {recorded.Event.GetType().Name} is no event of a voter");
        }
    }

    /// <summary>The ballots that hold a vote, in the order of the voters' ids.</summary>
    public IEnumerable<StandingBallot> InOrder()
    {
        var order = new VoterId[voters.Count];
        var count = 0;
        foreach (var (voter, held) in voters)
            if (held.Count > 0)
                order[count++] = voter;
        Array.Sort(order, 0, count);
        for (var i = 0; i < count; i++)
            yield return new StandingBallot(this, order[i], voters[order[i]]);
    }

    /// <summary>The ballot of a voter; one without votes if there is none.</summary>
    public StandingBallot Of(VoterId voter) => new(this, voter, voters.GetValueOrDefault(voter));

    /// <summary>SHA-256 of the ballots' canonical form (<see cref="CanonicalBallots"/>), 64 hexadecimal digits in lower case.</summary>
    public string Sha256()
    {
        if (sha256 is not null)
            return sha256;
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = new ArrayBufferWriter<byte>(HashBytes);
        var form = new CanonicalBallots(this);
        foreach (var ballot in InOrder())
        {
            form.Write(lines, ballot);
            if (lines.WrittenCount < HashBytes)
                continue;
            sha.AppendData(lines.WrittenSpan);
            lines.ResetWrittenCount();
        }
        sha.AppendData(lines.WrittenSpan);
        return sha256 = Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>Counts the ballots one by one, and compares with what a board counted change by change.</summary>
    /// <exception cref="AuditException">They differ; the message names an idea.</exception>
    /// <returns>SHA-256 of the counts, 64 hexadecimal digits in lower case.</returns>
    public string Recount(Board board)
    {
        var count = new Recount(this);
        foreach (var ballot in InOrder())
            count.Add(ballot);
        var tally = count.Sha256();
        count.Compare(board);
        return tally;
    }

    internal TermId? SegmentOf(Held held) => held.Segment == 0 ? null : segments.All[held.Segment - 1];

    internal Span<StandingVote> VotesOf(Held held) => held.Count == 0 ? [] : cells.Of(held.Start, held.Count);

    private void Change(ref Held held, BallotEvent vote)
    {
        // Where a voter moves, votes are taken out of the segment that was before; what stands counts for the present one.
        var stands = vote is VoteEvent { Is: true } or OrderChanged { New.Length: > 0 };
        switch (vote)
        {
            case ApprovalChanged e:
                Change(ref held, e, new StandingVote(VoteMethod.Approve, NumberOf(e.Idea), 1, e.First), 1);
                break;
            case RatingChanged e:
                Change(ref held, e, new StandingVote(VoteMethod.Rate, NumberOf(e.Idea), scores.Of(e.New), e.First), e.Was ? scores.Of(e.Old) : 0);
                break;
            case InvestmentChanged e:
                Expect(e.Old >= 0, "the value before it is not the one it names");
                Change(ref held, e, new StandingVote(VoteMethod.Invest, NumberOf(e.Idea), e.New, e.First), e.Old);
                break;
            case DuelChanged e:
                Expect(e.Idea.CompareTo(e.Other) < 0, "its pair does not have the smaller id first");
                var other = NumberOf(e.Other) << 1;
                Change(ref held, e, new StandingVote(VoteMethod.Duel, NumberOf(e.Idea), other | WonByOther(e.New), e.First), other | WonByOther(e.Old));
                break;
            case OrderChanged e:
                Change(ref held, e);
                break;
            default:
                throw new AuditException($"a {vote.GetType().Name} is no vote");
        }
        Expect(!stands || vote.Segment == SegmentOf(held), "it counts for a segment that is not the voter's");
    }

    /// <summary>Changes the vote of one method on one idea or pair.</summary>
    private void Change(ref Held held, VoteEvent e, StandingVote vote, int old)
    {
        var votes = VotesOf(held);
        var place = Find(votes, vote);
        var was = place >= 0;
        Expect(was == e.Was && (!was || votes[place].Value == old), "the value before it is not the one it names");
        Expect(!was || votes[place].First == e.First, "it says another time at which the vote was first cast");
        if (was && e.Is)
            votes[place] = vote;
        else if (e.Is)
            Replace(ref held, ~place, 0, [vote]);
        else if (was)
            Replace(ref held, place, 1, []);
    }

    private void Change(ref Held held, OrderChanged e)
    {
        var votes = VotesOf(held);
        var start = Find(votes, new StandingVote(VoteMethod.Rank, 0, 0, default));
        start = start < 0 ? ~start : start;
        var count = 0;
        for (; start + count < votes.Length && votes[start + count].Method == VoteMethod.Rank; count++)
            Expect(count < e.Old.Length && ideas.All[votes[start + count].Idea] == e.Old[count], "the order before it is not the one it names");
        Expect(count == e.Old.Length, "the order before it is not the one it names");
        Expect(count == 0 || votes[start].First == e.First, "it says another time at which the vote was first cast");
        Replace(ref held, start, count, [.. e.New.Select((idea, place) => new StandingVote(VoteMethod.Rank, NumberOf(idea), place, e.First))]);
    }

    /// <summary>Puts votes in the place of others.</summary>
    private void Replace(ref Held held, int at, int removed, ReadOnlySpan<StandingVote> put)
    {
        var count = held.Count - removed + put.Length;
        Expect(count <= VoteCells.MaxLength, $"the ballot would hold {count} votes, more than one can");
        var old = VotesOf(held);
        var (start, size) = (held.Start, held.Size);
        var moves = held.Count == 0 ? count > 0 : count == 0 || count > VoteCells.LengthOf(size);
        if (moves && count > 0)
        {
            held.Size = (byte)VoteCells.SizeFor(count);
            held.Start = cells.Take(held.Size);
        }
        if (count > 0)
        {
            var into = cells.Of(held.Start, count);
            old[(at + removed)..].CopyTo(into[(at + put.Length)..]);
            if (moves)
                old[..at].CopyTo(into);
            put.CopyTo(into[at..]);
        }
        if (moves && held.Count > 0)
            cells.GiveBack(start, size);
        Votes += count - held.Count;
        held.Count = count;
    }

    /// <summary>Where a vote on the same is in a ballot; the complement of where it belongs if there is none.</summary>
    private int Find(ReadOnlySpan<StandingVote> votes, StandingVote vote)
    {
        var (low, high) = (0, votes.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = Compare(votes[middle], vote);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private int Compare(StandingVote a, StandingVote b)
    {
        if (a.Method != b.Method)
            return a.Method.CompareTo(b.Method);
        if (a.Method == VoteMethod.Rank)
            return a.Value.CompareTo(b.Value);
        if (a.Idea != b.Idea)
            return ideas.All[a.Idea].CompareTo(ideas.All[b.Idea]);
        return a.Method != VoteMethod.Duel || a.OtherIdea == b.OtherIdea ? 0 : ideas.All[a.OtherIdea].CompareTo(ideas.All[b.OtherIdea]);
    }

    private int NumberOf(IdeaId idea) =>
        ideas.Find(idea) ?? throw new AuditException($"it speaks of idea {idea}, which was never submitted");

    private static int WonByOther(Winner winner) => winner == Winner.Other ? 1 : 0;

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
            throw new AuditException(otherwise);
    }

    /// <summary>What is known of a voter.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal struct Held
    {
        public long Version;
        public int Start;
        public int Count;

        // The number of the segment, from 1; 0 for none.
        public int Segment;
        public byte Size;
        public bool HasVoted;
        public bool IsInvited;
    }
}
