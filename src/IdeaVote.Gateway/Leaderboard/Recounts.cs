using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Gateway.Limits;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>
/// The boards that analysts asked for and that are not kept by themselves: of a segment, of a time, or of the past. Counting one begins at
/// the campaign's first event, so the ones used last are kept and go on. Bounded.
/// </summary>
/// <param name="engine">Has the feed.</param>
internal sealed class Recounts(IEngine engine)
{
    /// <summary>The most boards kept.</summary>
    public const int MaxKept = 24;

    /// <summary>The most callers that wait.</summary>
    public const int MaxWaiting = 64;

    private readonly Lock gate = new();
    private readonly LinkedList<(Key Key, Recount Recount)> kept = [];

    // Counting again is work for one processor; so many analysts do not take all of them.
    private readonly WaitingRoom room = new(2, MaxWaiting, "Too many rankings wait to be counted again");

    /// <summary>Which board. The past has one for each position: going back is counting again.</summary>
    private sealed record Key(CampaignId Campaign, BallotFilter Filter, Position? Past);

    /// <summary>Reads a board as of a position.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="filter">Which votes.</param>
    /// <param name="upTo">The position, which the engine's own board includes.</param>
    /// <param name="isPast">Whether it was asked for by name, rather than being the newest.</param>
    /// <param name="read">Looks at the board.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="Http.ApiException">503 <c>overloaded</c>.</exception>
    public async ValueTask<T> ReadAsync<T>(
        CampaignId campaign, BallotFilter filter, Position upTo, bool isPast, Func<Board, T> read, CancellationToken cancellation)
    {
        using var place = await room.EnterAsync(cancellation);
        var (passed, value) = await Find(new Key(campaign, filter, isPast ? upTo : null)).ReadAsync(upTo, read, cancellation);
        // Somebody else has brought the newest past this position meanwhile.
        return passed ? (await Find(new Key(campaign, filter, upTo)).ReadAsync(upTo, read, cancellation)).Read : value;
    }

    private Recount Find(Key key)
    {
        lock (gate)
        {
            for (var node = kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Key != key)
                    continue;
                kept.Remove(node);
                kept.AddFirst(node);
                return node.Value.Recount;
            }
            var recount = new Recount(engine, key.Campaign, key.Filter);
            kept.AddFirst((key, recount));
            if (kept.Count > MaxKept)
                kept.RemoveLast();
            return recount;
        }
    }
}
