using System.Runtime.InteropServices;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Projections;

/// <summary>
/// Who takes part in a campaign, and when, folded from its events. A voter's act is a change of the ballot that the voter made: votes that
/// follow their voter into another segment or their idea into another, and credits that the system gave back are none. A voter takes about sixty bytes. Not safe for
/// concurrent use; its host takes care.
/// </summary>
public sealed class Participation
{
    private readonly Dictionary<Id, VoterPart> voters = [];
    private readonly SortedDictionary<int, PeriodPart> days = [];
    private readonly SortedDictionary<int, PeriodPart> weeks = [];
    private readonly Dictionary<TermId, SegmentPart> segments = [];
    private readonly HashSet<VoterId> authors = [];
    private SegmentPart unsegmented;

    /// <summary>Folds one event. Each event of the campaign must come exactly once, in the feed's order.</summary>
    public void Apply(RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case BallotEvent change:
                Apply(recorded, change);
                break;
            case SegmentChanged:
                ref var voter = ref CollectionsMarshal.GetValueRefOrAddDefault(voters, recorded.Stream.Key, out _);
                // The votes leave the ballot one after the other and come back: whole again, it is the voter's own acts that follow.
                voter.MovesBackTo = voter.Held;
                break;
            case MergeEvent merge:
                // Votes that follow a merge are moved by the system: whatever of the ballot changes next is no act of the voter.
                CollectionsMarshal.GetValueRefOrAddDefault(voters, recorded.Stream.Key, out _).Moves = merge.Changes;
                break;
            case IdeaSubmitted submitted:
                authors.UnionWith(submitted.Authors);
                break;
        }
    }

    /// <summary>The days on which somebody did something, in order.</summary>
    public IReadOnlyList<PeriodPart> Days => [.. days.Values];

    /// <summary>The weeks, from Monday, in which somebody did something, in order.</summary>
    public IReadOnlyList<PeriodPart> Weeks => [.. weeks.Values];

    /// <summary>Standing votes by segment, the largest first; that of voters without a segment, if there are any, has none.</summary>
    public IReadOnlyList<(TermId? Segment, SegmentPart Part)> Segments =>
        [.. segments.Select(pair => ((TermId?)pair.Key, pair.Value)).Append((null, unsegmented)).Where(part => part.Item2.Voters > 0)
            .OrderByDescending(part => part.Item2.Voters).ThenBy(part => part.Item1?.Value ?? default)];

    /// <summary>Counts how far people went. Looks at every voter.</summary>
    public Funnel ToFunnel()
    {
        var (cast, hold, several, back) = (0, 0, 0, 0);
        foreach (var voter in voters.Values)
        {
            cast += voter.HasActed ? 1 : 0;
            hold += voter.Held > 0 ? 1 : 0;
            several += voter.Methods > 1 ? 1 : 0;
            back += voter.CameBack ? 1 : 0;
        }
        var voting = authors.Count(author => voters.TryGetValue(author.Value, out var voter) && voter.HasActed);
        return new Funnel(cast, hold, several, back, authors.Count, voting);
    }

    private void Apply(RecordedEvent recorded, BallotEvent change)
    {
        ref var voter = ref CollectionsMarshal.GetValueRefOrAddDefault(voters, recorded.Stream.Key, out _);
        var difference = change.Held - change.HeldBefore;
        Count(ref voter, change, difference);
        if (voter.Moves > 0)
        {
            voter.Moves--;
            return;
        }
        if (voter.MovesBackTo > 0)
        {
            if (difference > 0 && change.Held == voter.MovesBackTo)
                voter.MovesBackTo = 0;
            return;
        }
        if (change is InvestmentChanged { Cause: not null })
            return;
        var day = DayOf(recorded.At);
        var isNew = !voter.HasActed;
        Count(days, day, isNew, isNew || voter.LastDay < day, Math.Max(0, difference));
        Count(weeks, MondayOf(day), isNew, isNew || MondayOf(voter.LastDay) < MondayOf(day), Math.Max(0, difference));
        voter.CameBack |= !isNew && voter.LastDay < day;
        voter.LastDay = isNew ? day : Math.Max(voter.LastDay, day);
        voter.HasActed = true;
    }

    private void Count(ref VoterPart voter, BallotEvent change, int difference)
    {
        // A voter stands where the votes are; without one left, where the last was.
        PartOf(voter.Segment).Voters -= voter.Held > 0 ? 1 : 0;
        PartOf(change.Segment).Votes += difference;
        if (difference >= 0)
            voter.Segment = change.Segment;
        voter.Add(change, difference);
        voter.Held = change.Held;
        PartOf(voter.Segment).Voters += voter.Held > 0 ? 1 : 0;
    }

    private ref SegmentPart PartOf(TermId? segment)
    {
        if (segment is { } known)
            return ref CollectionsMarshal.GetValueRefOrAddDefault(segments, known, out _);
        return ref unsegmented;
    }

    private static void Count(SortedDictionary<int, PeriodPart> periods, int start, bool isNew, bool isActive, int votes)
    {
        var part = periods.TryGetValue(start, out var known) ? known : new PeriodPart(start, 0, 0, 0);
        periods[start] = part with { NewVoters = part.NewVoters + (isNew ? 1 : 0), ActiveVoters = part.ActiveVoters + (isActive ? 1 : 0), Votes = part.Votes + votes };
    }

    private static int DayOf(Instant at) => (int)Math.Floor(at.UnixMilliseconds / 86_400_000.0);

    // The first day of 1970 was a Thursday.
    private static int MondayOf(int day) => day - ((day + 3) % 7 + 7) % 7;

    private struct VoterPart
    {
        private short approvals;
        private short ratings;
        private short investments;
        private short duels;
        private short ranked;

        public int Held;
        public int MovesBackTo;
        public int Moves;
        public int LastDay;
        public bool HasActed;
        public bool CameBack;
        public TermId? Segment;

        public readonly int Methods =>
            (approvals > 0 ? 1 : 0) + (ratings > 0 ? 1 : 0) + (investments > 0 ? 1 : 0) + (duels > 0 ? 1 : 0) + (ranked > 0 ? 1 : 0);

        // A ballot holds at most 10,000 votes.
        public void Add(BallotEvent change, int difference) => _ = change switch
        {
            ApprovalChanged => approvals += (short)difference,
            RatingChanged => ratings += (short)difference,
            InvestmentChanged => investments += (short)difference,
            DuelChanged => duels += (short)difference,
            _ => ranked += (short)difference,
        };
    }
}

/// <summary>What happened in a day or a week of UTC.</summary>
/// <param name="Start">Its first day, in days since 1970-01-01.</param>
/// <param name="NewVoters">How many voted for the first time.</param>
/// <param name="ActiveVoters">How many cast, changed or took back a vote.</param>
/// <param name="Votes">How many votes were cast; changes of standing votes are none.</param>
public sealed record PeriodPart(int Start, int NewVoters, int ActiveVoters, long Votes)
{
    /// <summary>Its first day.</summary>
    public DateOnly Date => DateOnly.FromDayNumber(new DateOnly(1970, 1, 1).DayNumber + Start);
}

/// <summary>What stands in a segment.</summary>
[StructLayout(LayoutKind.Auto)]
public record struct SegmentPart
{
    /// <summary>How many voters hold a vote.</summary>
    public int Voters { get; set; }

    /// <summary>How many votes they hold.</summary>
    public long Votes { get; set; }
}

/// <summary>How far people went.</summary>
/// <param name="Cast">Voters who ever cast a vote.</param>
/// <param name="Hold">Voters who hold a vote now.</param>
/// <param name="Several">Voters who hold votes of two methods or more.</param>
/// <param name="Back">Voters who cast or changed votes on two days or more.</param>
/// <param name="Authors">People who submitted an idea.</param>
/// <param name="VotingAuthors">Those of them who ever cast a vote.</param>
public sealed record Funnel(int Cast, int Hold, int Several, int Back, int Authors, int VotingAuthors);
