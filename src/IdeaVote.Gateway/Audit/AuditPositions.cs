using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Audit;

/// <summary>What heads and downloads of ballots have in common: as of which position they are, and what is said where they can't be.</summary>
internal static class AuditPositions
{
    /// <summary>How long somebody who asks for a position waits until it is readable.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The position wanted, once it is readable; what there is now if none is.</summary>
    /// <exception cref="ApiException">503 <c>not_yet</c>.</exception>
    public static async ValueTask<Position> UpToAsync(this IEngine engine, CampaignId campaign, Position? wanted, CancellationToken cancellation)
    {
        if (wanted is not { } position)
            return await engine.QueryAsync(campaign, static (_, at) => at, cancellation);
        return await engine.WaitAsync(position, Patience, cancellation) ? position : throw Positions.NotYet();
    }

    /// <summary>What to tell the caller of events that do not fit.</summary>
    /// <param name="e">What does not fit.</param>
    /// <param name="wanted">The position that was asked for by name; null for none.</param>
    public static ApiException Broken(AuditException e, Position? wanted) =>
        // Of several partitions a position that the feed never gave may include a vote, and not the idea it speaks of.
        wanted is not null && e is not ChainException
            ? Invalid("This is not a position that the feed of this campaign gave.")
            : new ApiException(
                StatusCodes.Status500InternalServerError, "feed_broken",
                $"Nothing is signed or given out, because what the journal holds can't have happened: {e.Message}. Restore the journal from a backup.");

    /// <summary>That nothing of the campaign is included.</summary>
    public static ApiException TooEarly() => Invalid("The position is before the campaign's first event.");

    private static ApiException Invalid(string detail) => new(StatusCodes.Status400BadRequest, "invalid_position", detail, "position");
}
