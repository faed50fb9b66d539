using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Projections;

/// <summary>
/// A fold of the whole feed that keeps its own place on disk: it can be deleted and is then rebuilt. It follows on its own,
/// behind the commits; who needs it up to a position waits.
/// </summary>
public interface IProjection
{
    /// <summary>Its name, for metrics and messages.</summary>
    string Name { get; }

    /// <summary>What has been folded, durably.</summary>
    ValueTask<Position> LoadPositionAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Folds events in order and remembers <paramref name="upTo"/>, together or not at all. May be called again with the same
    /// events after a crash, starting from the position remembered.
    /// </summary>
    /// <param name="events">The events.</param>
    /// <param name="upTo">How far the partitions that they come from are folded now; what is remembered of others stays.</param>
    /// <param name="cancellation">Not obeyed once it is being written.</param>
    ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, Position upTo, CancellationToken cancellation = default);
}

/// <summary>Full-text search over the current texts of ideas.</summary>
public interface ISearchIndex : IProjection
{
    /// <summary>The ideas that hold every word of the query (the last one may be a beginning), best first.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="query">What a person typed; any characters.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<IReadOnlyList<IdeaId>> SearchAsync(CampaignId campaign, string query, int max, CancellationToken cancellation = default);

    /// <summary>The ideas whose title and tags hold any of the words, those with the most and the rarest of them first.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="text">What a person typed, such as a title; any characters.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<IReadOnlyList<IdeaId>> SimilarAsync(CampaignId campaign, string text, int max, CancellationToken cancellation = default);
}
