using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Partitions;

/// <summary>Keeps boards, so that a process that begins to follow a campaign need not fold all of it. A cache: it may forget.</summary>
public interface IBoardCache
{
    /// <summary>The newest board; null if there is none.</summary>
    ValueTask<CachedBoard?> LoadAsync(CampaignId campaign, CancellationToken cancellation = default);

    /// <summary>Keeps a board, unless a newer one is there. Never throws.</summary>
    ValueTask SaveAsync(CampaignId campaign, CachedBoard board, CancellationToken cancellation = default);
}

/// <summary>A board and how far it is.</summary>
/// <param name="Position">What is folded into it.</param>
/// <param name="State">Its written form (<see cref="Snapshots.BoardSnapshots"/>).</param>
public sealed record CachedBoard(Position Position, byte[] State);
