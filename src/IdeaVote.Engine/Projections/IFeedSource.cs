using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Projections;

/// <summary>Where a projection's events come from.</summary>
public interface IFeedSource
{
    /// <summary>Raised when there may be more events than before.</summary>
    AsyncSignal Grown { get; }

    /// <summary>The next events after a position, in an order in which they can be folded: no vote comes before the idea it speaks of.</summary>
    /// <param name="after">The position; what it says of other sources' partitions does not matter.</param>
    /// <param name="max">About how many events at most.</param>
    /// <param name="cancellation">Stops reading.</param>
    ValueTask<FeedBatch> ReadAsync(Position after, int max, CancellationToken cancellation = default);
}

/// <summary>Events as a fold takes them.</summary>
/// <param name="Events">The events; none if there are none yet.</param>
/// <param name="UpTo">How far this source's partitions are read with them.</param>
public readonly record struct FeedBatch(IReadOnlyList<RecordedEvent> Events, Position UpTo);
