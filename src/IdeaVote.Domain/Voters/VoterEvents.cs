using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters;

/// <summary>
/// A ballot changed. It says enough for a fold to count by exact difference: the values before and after, the
/// segment both count for, and how many votes the ballot holds now, so that the voter is counted in or out.
/// </summary>
/// <param name="Segment">The voter's segment, if any.</param>
/// <param name="First">When this vote was first cast; a vote that is changed keeps it.</param>
/// <param name="Held">How many votes (of all methods) the ballot holds after this event.</param>
public abstract record BallotEvent(TermId? Segment, Instant First, int Held) : Event
{
    /// <summary>How many votes the ballot held before this event.</summary>
    public abstract int HeldBefore { get; }
}

/// <summary>One vote on an idea changed.</summary>
/// <param name="Idea">The idea voted on.</param>
/// <param name="Segment">The voter's segment, if any.</param>
/// <param name="First">When this vote was first cast; a vote that is changed keeps it.</param>
/// <param name="Held">How many votes (of all methods) the ballot holds after this event.</param>
public abstract record VoteEvent(IdeaId Idea, TermId? Segment, Instant First, int Held) : BallotEvent(Segment, First, Held)
{
    /// <summary>Whether there was a vote of this method on this idea before.</summary>
    public abstract bool Was { get; }

    /// <summary>Whether there is a vote of this method on this idea now.</summary>
    public abstract bool Is { get; }

    /// <inheritdoc/>
    public sealed override int HeldBefore => Held - (Is ? 1 : 0) + (Was ? 1 : 0);
}

/// <summary>An approval was given or taken back.</summary>
/// <param name="Idea">The idea voted on.</param>
/// <param name="Old">Whether the voter approved until now.</param>
/// <param name="New">Whether the voter approves from now on.</param>
/// <param name="Segment">The voter's segment, if any.</param>
/// <param name="First">When this approval was first given.</param>
/// <param name="Held">How many votes the ballot holds after this event.</param>
public sealed record ApprovalChanged(IdeaId Idea, bool Old, bool New, TermId? Segment, Instant First, int Held)
    : VoteEvent(Idea, Segment, First, Held)
{
    /// <inheritdoc/>
    public override bool Was => Old;

    /// <inheritdoc/>
    public override bool Is => New;
}

/// <summary>A rating was given, changed or taken back.</summary>
/// <param name="Idea">The idea voted on.</param>
/// <param name="Old">The scores until now; empty for none.</param>
/// <param name="New">The scores from now on; empty for none.</param>
/// <param name="Segment">The voter's segment, if any.</param>
/// <param name="First">When this rating was first given.</param>
/// <param name="Held">How many votes the ballot holds after this event.</param>
public sealed record RatingChanged(IdeaId Idea, Scores Old, Scores New, TermId? Segment, Instant First, int Held)
    : VoteEvent(Idea, Segment, First, Held)
{
    /// <inheritdoc/>
    public override bool Was => !Old.IsEmpty;

    /// <inheritdoc/>
    public override bool Is => !New.IsEmpty;
}

/// <summary>Credits were invested, changed, taken back or given back.</summary>
/// <param name="Idea">The idea voted on.</param>
/// <param name="Old">The credits until now; 0 for none.</param>
/// <param name="New">The credits from now on; 0 for none.</param>
/// <param name="Segment">The voter's segment, if any.</param>
/// <param name="First">When this investment was first made.</param>
/// <param name="Held">How many votes the ballot holds after this event.</param>
/// <param name="Cause">Where the event in the idea's stream that made the system give the credits back stands in it; null for the voter's own act.</param>
public sealed record InvestmentChanged(IdeaId Idea, int Old, int New, TermId? Segment, Instant First, int Held, long? Cause = null)
    : VoteEvent(Idea, Segment, First, Held)
{
    /// <inheritdoc/>
    public override bool Was => Old > 0;

    /// <inheritdoc/>
    public override bool Is => New > 0;
}

/// <summary>A duel was decided, decided otherwise or taken back.</summary>
/// <param name="Idea">The pair's first idea, the one with the smaller id.</param>
/// <param name="Other">The pair's second idea.</param>
/// <param name="Old">Who had won until now.</param>
/// <param name="New">Who wins from now on.</param>
/// <param name="Segment">The voter's segment, if any.</param>
/// <param name="First">When this duel was first decided.</param>
/// <param name="Held">How many votes the ballot holds after this event.</param>
public sealed record DuelChanged(IdeaId Idea, IdeaId Other, Winner Old, Winner New, TermId? Segment, Instant First, int Held)
    : VoteEvent(Idea, Segment, First, Held)
{
    /// <summary>The two ideas.</summary>
    public Pair Pair => Pair.Of(Idea, Other);

    /// <inheritdoc/>
    public override bool Was => Old != Winner.None;

    /// <inheritdoc/>
    public override bool Is => New != Winner.None;
}

/// <summary>The voter's order of ideas changed. Each idea in it is one of the votes the ballot holds.</summary>
/// <param name="Old">The order until now, the best first; empty for none.</param>
/// <param name="New">The order from now on; empty for none.</param>
/// <param name="Segment">The voter's segment, if any.</param>
/// <param name="First">When an order was first given.</param>
/// <param name="Held">How many votes the ballot holds after this event.</param>
public sealed record OrderChanged(ImmutableArray<IdeaId> Old, ImmutableArray<IdeaId> New, TermId? Segment, Instant First, int Held)
    : BallotEvent(Segment, First, Held)
{
    /// <inheritdoc/>
    public override int HeldBefore => Held - New.Length + Old.Length;

    /// <inheritdoc/>
    public bool Equals(OrderChanged? other) =>
        other is not null && Old.AsSpan().SequenceEqual(other.Old.AsSpan()) && New.AsSpan().SequenceEqual(other.New.AsSpan())
        && Segment == other.Segment && First == other.First && Held == other.Held;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Old.Length, New.Length, Segment, First, Held);
}

/// <summary>
/// The voter's segment changed. The votes follow: each is first taken out of the old segment and then put into the new one.
/// </summary>
/// <param name="Old">The segment until now.</param>
/// <param name="New">The segment from now on.</param>
public sealed record SegmentChanged(TermId? Old, TermId? New) : Event;

/// <summary>The voter's attributes changed; they lie in the text store.</summary>
/// <param name="Old">The attributes until now.</param>
/// <param name="New">The attributes from now on.</param>
public sealed record AttributesChanged(TextRef? Old, TextRef? New) : Event;

/// <summary>
/// The votes followed an idea that became part of another. The changes of the ballot that come of it are the events right after this one, in
/// the same breath; they are no act of the voter.
/// </summary>
/// <param name="From">The idea that became part of the other.</param>
/// <param name="Into">The other.</param>
/// <param name="Cause">The version of the first idea's stream at which they were merged.</param>
/// <param name="Credits">What the ballot invests after it in the idea that they became.</param>
/// <param name="Changes">How many changes of the ballot follow.</param>
public sealed record VotesMerged(IdeaId From, IdeaId Into, long Cause, int Credits, int Changes) : MergeEvent(Changes);

/// <summary>The votes followed the undoing of a merge: what was cast on the idea counts for it again.</summary>
/// <param name="From">The idea that stands for itself again.</param>
/// <param name="Root">The idea that they had become.</param>
/// <param name="Cause">The version of its stream at which the merge was undone, or made anew with another idea.</param>
/// <param name="Credits">What the ballot invests in it after.</param>
/// <param name="Rest">What it invests after in the idea that they had become.</param>
/// <param name="Changes">How many changes of the ballot follow.</param>
public sealed record VotesUnmerged(IdeaId From, IdeaId Root, long Cause, int Credits, int Rest, int Changes) : MergeEvent(Changes);

/// <summary>The votes of a voter followed a merge of ideas, or its undoing.</summary>
/// <param name="Changes">How many changes of the ballot follow in the voter's stream because of it.</param>
public abstract record MergeEvent(int Changes) : Event;

/// <summary>The voter came by an invitation, before their first vote. It gives nobody a vote or a credit.</summary>
/// <param name="By">Who brought them, a voter of the same campaign who need not have voted.</param>
/// <param name="Idea">The idea that was shown to them; null for the campaign.</param>
public sealed record VoterInvited(VoterId By, IdeaId? Idea) : Event;
