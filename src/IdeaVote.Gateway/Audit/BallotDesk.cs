using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Limits;

namespace IdeaVote.Gateway.Audit;

/// <summary>
/// Gives out the ballots of campaigns to be sent as files: to a few at a time, because they take memory for as long as somebody reads. The ones
/// given out last are kept and go on from where they were: folding begins at a campaign's first event.
/// </summary>
/// <param name="engine">Has the feed.</param>
/// <param name="patience">How long a caller waits for a turn, for those before may be read slowly; 30 seconds unless given.</param>
internal sealed class BallotDesk(IEngine engine, TimeSpan? patience = null)
{
    /// <summary>The most that are given out at a time.</summary>
    public const int MaxAtOnce = 2;

    /// <summary>The most campaigns whose ballots are kept.</summary>
    public const int MaxKept = 2;

    /// <summary>The most votes of a campaign that is kept: about a quarter of a gigabyte.</summary>
    public const int MaxKeptVotes = 10_000_000;

    /// <summary>The most callers that wait.</summary>
    public const int MaxWaiting = 16;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly LinkedList<FoldedBallots> kept = [];
    private readonly WaitingRoom room = new(MaxAtOnce, MaxWaiting, "Too many ballots are being downloaded") { Patience = patience ?? Longest };

    /// <summary>Waits for a turn and gives out ballots as of exactly a position.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="upTo">The position.</param>
    /// <param name="read">Reads them. Nothing of them may escape.</param>
    /// <param name="cancellation">Stops waiting, folding and reading.</param>
    /// <exception cref="ApiException">503 <c>overloaded</c>.</exception>
    public async Task ReadAsync(CampaignId campaign, Position upTo, Func<FoldedBallots, Task> read, CancellationToken cancellation)
    {
        using var place = await room.EnterAsync(cancellation);
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
}
