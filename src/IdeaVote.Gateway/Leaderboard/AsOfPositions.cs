using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>Finds the position that a question about the past is answered as of.</summary>
/// <param name="engine">Has the feed.</param>
/// <param name="time">The clock of votes.</param>
internal sealed class AsOfPositions(IEngine engine, TimeProvider time)
{
    /// <summary>After so long every event of a moment has arrived: longer than a call between processes can take, and clocks be apart.</summary>
    internal static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>Reads the parameter <c>asOf</c>: a position, a time, or neither.</summary>
    /// <exception cref="ApiException">400 <c>invalid_position</c> or <c>invalid_field</c>.</exception>
    public static (Position? Position, Instant? Moment) Parse(IQueryCollection query, Positions positions)
    {
        if (QueryStrings.Text(query, "asOf", 2_000) is not { } text)
            return (null, null);
        // Positions have no colon, and times do.
        return text.Contains(':', StringComparison.Ordinal) ? (null, MomentOf(text, "asOf")) : (positions.Read(text, "asOf"), null);
    }

    /// <summary>Reads a time.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c>.</exception>
    public static Instant MomentOf(string text, string name) => IsoTimeConverter.TryParse(text, out var time)
        ? Instant.From(time)
        : throw CommonProblems.Invalid(name, $"\"{name}\" is a time like 2026-09-01T08:00:00Z, with its offset from UTC.");

    /// <summary>The position that was asked for; the newest if none was.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="asOf">What was asked for.</param>
    /// <param name="cancellation">Stops looking.</param>
    /// <exception cref="ApiException">409 <c>not_settled</c> or 503 <c>not_yet</c>.</exception>
    public async ValueTask<Position> PositionOfAsync(
        CampaignId campaign, (Position? Position, Instant? Moment) asOf, CancellationToken cancellation)
    {
        var head = await engine.QueryAsync(campaign, static (_, at) => at, cancellation);
        if (asOf.Position is { } position)
            return await engine.WaitAsync(position, TimeSpan.FromSeconds(2), cancellation) ? position : throw Positions.NotYet();
        if (asOf.Moment is not { } moment)
            return head;
        if (moment > Instant.From(time.GetUtcNow() - Settled))
            throw new ApiException(
                StatusCodes.Status409Conflict, "not_settled",
                $"Votes of that time may still arrive; ask for a time at least {Settled.TotalSeconds:0} seconds ago, or leave asOf out.", "asOf");
        return await PositionAtAsync(campaign, moment, cancellation);
    }

    /// <summary>
    /// The position just after the last event of a moment or earlier, in each partition. The same for ever, once every event
    /// of that time has arrived.
    /// </summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="cancellation">Stops looking.</param>
    private async ValueTask<Position> PositionAtAsync(CampaignId campaign, Instant moment, CancellationToken cancellation)
    {
        var (at, found) = (Position.Start, Position.Start);
        await foreach (var entry in engine.FeedAsync(campaign, Position.Start, follow: false, cancellation))
        {
            var place = PositionSteps.Between(at, entry.Position);
            at = entry.Position;
            // To the very end: clocks may have been wrong for a while, and other partitions come after this one.
            if (EventReader.Read(entry.Body.Span).At <= moment)
                found = found.Join(Position.Of(place.Partition, place.Offset));
        }
        return found;
    }
}
