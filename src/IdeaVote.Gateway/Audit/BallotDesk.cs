using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Audit;

/// <summary>
/// Gives out the ballots of campaigns to be sent as files: to a few at a time, because they take memory for as long as somebody reads. The ones
/// given out last are kept and go on from where they were: folding begins at a campaign's first event.
/// </summary>
/// <param name="engine">Has the feed.</param>
internal sealed class BallotDesk(IEngine engine)
{
    /// <summary>The most that are given out at a time.</summary>
    public const int MaxAtOnce = 2;

    /// <summary>The most campaigns whose ballots are kept.</summary>
    public const int MaxKept = 2;

    /// <summary>The most votes of a campaign that is kept: about a quarter of a gigabyte.</summary>
    public const int MaxKeptVotes = 10_000_000;

    /// <summary>The most callers that wait.</summary>
    public const int MaxWaiting = 16;

    /// <summary>How long a caller waits for a turn: those before may be read slowly.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly LinkedList<FoldedBallots> kept = [];
    private int waiting;

    private SemaphoreSlim Places { get; } = new(MaxAtOnce);

    /// <summary>Waits for a turn and gives out ballots as of exactly a position.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="upTo">The position.</param>
    /// <param name="read">Reads them. Nothing of them may escape.</param>
    /// <param name="cancellation">Stops waiting, folding and reading.</param>
    /// <exception cref="ApiException">503 <c>overloaded</c>.</exception>
    public async Task ReadAsync(CampaignId campaign, Position upTo, Func<FoldedBallots, Task> read, CancellationToken cancellation)
    {
        await TakePlaceAsync(cancellation);
        try
        {
            var folded = TakeOut(campaign, upTo);
            try
            {
                await folded.FoldAsync(upTo, cancellation);
            }
            catch (OperationCanceledException)
            {
                // What is given up half way goes on from there the next time: a large campaign is folded in the end.
                Keep(folded);
                throw;
            }
            try
            {
                await read(folded);
            }
            finally
            {
                Keep(folded);
            }
        }
        finally
        {
            Places.Release();
        }
    }

    private async Task TakePlaceAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw Overloaded();
        }
        try
        {
            if (!await Places.WaitAsync(Patience, cancellation))
                throw Overloaded();
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private FoldedBallots TakeOut(CampaignId campaign, Position upTo)
    {
        lock (gate)
        {
            if (kept.FirstOrDefault(each => each.Campaign == campaign && upTo.Includes(each.Position)) is not { } known)
                return new FoldedBallots(engine, campaign);
            kept.Remove(known);
            return known;
        }
    }

    private void Keep(FoldedBallots folded)
    {
        if (folded.Ballots.Votes > MaxKeptVotes)
            return;
        lock (gate)
        {
            if (kept.FirstOrDefault(each => each.Campaign == folded.Campaign) is { } other)
            {
                // Of two that were out at a time, or of the past and the present, the one that is further is asked for again.
                if (!folded.Position.Includes(other.Position))
                    return;
                kept.Remove(other);
            }
            kept.AddFirst(folded);
            if (kept.Count > MaxKept)
                kept.RemoveLast();
        }
    }

    private static ApiException Overloaded() => new(
        StatusCodes.Status503ServiceUnavailable, "overloaded", "Too many ballots are being downloaded. Send the same request again later.")
    { RetryAfterSeconds = 5 };
}
