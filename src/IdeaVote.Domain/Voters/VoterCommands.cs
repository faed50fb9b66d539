using System.Collections.Immutable;
using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters;

/// <summary>What is vouched for about the person who votes. Never stored.</summary>
/// <param name="AddressConfirmed">Whether the account has a confirmed address.</param>
/// <param name="Domain">The mail domain of that address.</param>
/// <param name="OnRoll">Whether the voter stands on the campaign's roll.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Credentials(bool AddressConfirmed, TermId? Domain, bool OnRoll);

/// <summary>A wish for a segment.</summary>
/// <param name="Segment">The segment from now on; null for none.</param>
public sealed record SegmentChange(TermId? Segment);

/// <summary>A voter's own act on their ballot.</summary>
public abstract record VoteCommand : Command
{
    /// <summary>What is vouched for about the voter.</summary>
    public Credentials Credentials { get; init; }

    /// <summary>A segment to set on the way (from the roll, or by a trusted caller); null leaves it.</summary>
    public SegmentChange? Segment { get; init; }
}

/// <summary>Approve an idea, or not.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Approve">Whether the voter approves of it.</param>
public sealed record CastApproval(IdeaId Idea, bool Approve) : VoteCommand;

/// <summary>Rate an idea.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Scores">The whole rating; empty takes it back.</param>
public sealed record CastRating(IdeaId Idea, Scores Scores) : VoteCommand;

/// <summary>Invest in an idea.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Credits">The whole investment, 0 or more; 0 takes it back.</param>
public sealed record CastInvestment(IdeaId Idea, int Credits) : VoteCommand;

/// <summary>Put ideas in order, the best first.</summary>
/// <param name="Ideas">The whole order; empty takes it back.</param>
public sealed record SetOrder(ImmutableArray<IdeaId> Ideas) : VoteCommand;

/// <summary>Say which of two ideas is the better.</summary>
/// <param name="One">One of them.</param>
/// <param name="Other">The other.</param>
/// <param name="Better">The better of the two; null takes the decision back.</param>
public sealed record CastDuel(IdeaId One, IdeaId Other, IdeaId? Better) : VoteCommand;

/// <summary>A decided duel on a whole ballot.</summary>
/// <param name="Better">The winner.</param>
/// <param name="Worse">The loser.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DuelVote(IdeaId Better, IdeaId Worse);

/// <summary>Replace the whole ballot, all or nothing. An idea named twice in one list counts as its last mention.</summary>
/// <param name="Approvals">The ideas approved.</param>
/// <param name="Ratings">The ideas rated.</param>
/// <param name="Investments">The ideas invested in.</param>
public sealed record SetBallot(
    ImmutableArray<IdeaId> Approvals,
    ImmutableArray<KeyValuePair<IdeaId, Scores>> Ratings,
    ImmutableArray<KeyValuePair<IdeaId, int>> Investments) : VoteCommand
{
    /// <summary>The order of ideas, the best first; null for none.</summary>
    public ImmutableArray<IdeaId>? Order { get; init; }

    /// <summary>The duels decided; null for none. A pair named twice counts as its last mention.</summary>
    public ImmutableArray<DuelVote>? Duels { get; init; }
}

/// <summary>Set what a trusted caller knows of the voter; what is null stays.</summary>
/// <param name="Segment">The new segment.</param>
/// <param name="Attributes">The new attributes.</param>
public sealed record DescribeVoter(SegmentChange? Segment, AttributesChange? Attributes) : Command;

/// <summary>A wish for new attributes.</summary>
/// <param name="Attributes">The attributes from now on; null for none.</param>
public sealed record AttributesChange(TextRef? Attributes);

/// <summary>
/// Give an investment back because its idea was withdrawn or declined. It names exactly the investment it undoes and does
/// nothing if that has changed since, so it may come late, twice or never.
/// </summary>
/// <param name="Idea">The idea.</param>
/// <param name="UndoesVersion">The version of the voter's stream at which the investment was set.</param>
/// <param name="Cause">The version of the idea's stream at which it was withdrawn or declined.</param>
public sealed record ReturnInvestment(IdeaId Idea, long UndoesVersion, long Cause) : Command;

/// <summary>
/// Let the votes on an idea follow what the team made of it. It says how things stand since a version of the idea's stream, so it may come
/// late, twice or never; an older one changes nothing.
/// </summary>
/// <param name="Idea">The idea.</param>
/// <param name="Into">The idea it is part of since then; null if it stands for itself.</param>
/// <param name="Cause">The version of its stream that says so.</param>
public sealed record FollowMerge(IdeaId Idea, IdeaId? Into, long Cause) : Command;

/// <summary>
/// Remember who brought the voter into the campaign. The first to do so stays, and whoever has voted was here already: anything later changes nothing.
/// </summary>
/// <param name="Invited">The voter that this is sent to; nobody brings themselves.</param>
/// <param name="By">Who brought them.</param>
/// <param name="Idea">The idea that was shown to them; null for the campaign.</param>
public sealed record AcceptInvitation(VoterId Invited, VoterId By, IdeaId? Idea) : Command;
