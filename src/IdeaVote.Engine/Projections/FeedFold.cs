using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Projections;

/// <summary>
/// Folds a campaign's feed up to a position, neither less nor more, and goes on from there to a later one. Not safe for concurrent use.
/// </summary>
/// <param name="engine">Has the feed.</param>
/// <param name="campaign">The campaign.</param>
public sealed class FeedFold(IEngine engine, CampaignId campaign)
{
    private readonly Dictionary<string, long> last = new(StringComparer.Ordinal);

    /// <summary>What is folded. What was given up half way goes on from here.</summary>
    public Position Position { get; private set; }

    /// <summary>The position of the last event of the campaign that is folded; it says nothing of what happened elsewhere since.</summary>
    public Position Last => Position.Of(last.Select(static part => new PartitionOffset(part.Key, part.Value)));

    /// <summary>Goes on to a position.</summary>
    /// <param name="upTo">The position, which includes <see cref="Position"/>.</param>
    /// <param name="apply">Folds an event. What it throws comes through, and the fold is of no use any more.</param>
    /// <param name="cancellation">Stops; it can go on afterwards.</param>
    public async Task GoOnAsync(Position upTo, Action<FeedEntry> apply, CancellationToken cancellation)
    {
        if (Position == upTo)
            return;
        var at = Position;
        try
        {
            await foreach (var entry in engine.FeedAsync(campaign, Position, follow: false, cancellation))
            {
                var place = PositionSteps.Between(at, entry.Position);
                at = entry.Position;
                var end = upTo.In(place.Partition);
                if (place.Offset <= end)
                {
                    apply(entry);
                    last[place.Partition] = place.Offset;
                }
                // Partitions are read side by side: one may be further than the position while another is behind it.
                if (place.Offset >= end && (IsOne(at) && IsOne(upTo) || Last.Includes(upTo)))
                    break;
            }
        }
        finally
        {
            Position = Position.Join(Last);
        }
        Position = Position.Join(upTo);
    }

    private static bool IsOne(Position position) => position.Partitions.Length <= 1;
}
