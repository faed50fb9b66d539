using System.Collections.Immutable;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Reactors;

/// <summary>What the team made of an idea, as the feed says last.</summary>
/// <param name="Into">The idea it is part of; null if it stands for itself again.</param>
/// <param name="Cause">The version of its stream that says so.</param>
public sealed record Placement(IdeaId? Into, long Cause);

/// <summary>
/// Has votes follow merges of ideas and their undoing. It turns events into commands and nothing else. A command says how things
/// stand and since when, so it may be sent twice, late, out of order or, after a loss, again.
/// </summary>
public static class Merges
{
    /// <summary>What an event makes of an idea; null if it neither merges it nor undoes that.</summary>
    public static Placement? Places(RecordedEvent recorded) => recorded.Event switch
    {
        IdeaStatusChanged { Into: { } into } => new Placement(into, recorded.Version),
        IdeaStatusChanged { Old: IdeaStatus.Merged } => new Placement(null, recorded.Version),
        _ => null,
    };

    /// <summary>The command that is owed to every voter whose votes speak of the idea.</summary>
    public static FollowMerge Follow(IdeaId idea, Placement placement) => new(idea, placement.Into, placement.Cause);

    /// <summary>
    /// The ideas of which a voter must be told once more, for an event shows that the news had not reached the voter's votes: a vote on an
    /// idea that is part of another, or votes that follow what is no longer so. So must a voter of the idea that others became part of when one
    /// of them leaves it: votes can't follow in a ring, and that one may have been in the way.
    /// </summary>
    /// <param name="recorded">Any event.</param>
    /// <param name="placed">What the team made of an idea; null if it was never merged.</param>
    public static IEnumerable<IdeaId> Stragglers(RecordedEvent recorded, Func<IdeaId, Placement?> placed) => recorded.Event switch
    {
        VotesMerged e when placed(e.From) is { } now && (now.Into != e.Into || now.Cause != e.Cause) => [e.From],
        VotesUnmerged e when placed(e.Root) is { Into: not null } => [e.Root],
        BallotEvent e => NowOn(e).Where(idea => placed(idea) is { Into: not null }),
        _ => [],
    };

    private static ImmutableArray<IdeaId> NowOn(BallotEvent ballot) => ballot switch
    {
        OrderChanged e => e.New,
        DuelChanged { Is: true } e => [e.Idea, e.Other],
        VoteEvent { Is: true } e => [e.Idea],
        _ => [],
    };
}
