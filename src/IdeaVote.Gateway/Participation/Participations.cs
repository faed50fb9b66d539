using Counts = IdeaVote.Domain.Projections.Participation;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine;
using IdeaVote.Gateway.Limits;

namespace IdeaVote.Gateway.Participation;

/// <summary>
/// Who took part in the campaigns that analysts asked for. Counting begins at a campaign's first event, so the ones asked for last are kept
/// and go on. Bounded: a campaign of a million voters takes some sixty megabytes.
/// </summary>
/// <param name="engine">Has the feed.</param>
internal sealed class Participations(IEngine engine)
{
    /// <summary>The most campaigns kept.</summary>
    public const int MaxKept = 4;

    /// <summary>The most callers that wait.</summary>
    public const int MaxWaiting = 64;

    private readonly LinkedList<(CampaignId Campaign, Counts Counts, FeedFold Fold)> kept = [];

    // Counting is work for one processor, and what is kept is for one at a time.
    private readonly WaitingRoom room = new(1, MaxWaiting, "Too many wait for participation to be counted");

    /// <summary>Reads the newest.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="read">Looks at it; nothing of it may escape that changes.</param>
    /// <param name="cancellation">Stops waiting; what was counted is kept.</param>
    /// <exception cref="Http.ApiException">503 <c>overloaded</c>.</exception>
    public async ValueTask<T> ReadAsync<T>(CampaignId campaign, Func<Counts, T> read, CancellationToken cancellation)
    {
        using var place = await room.EnterAsync(cancellation);
        // Asked for when nobody else counts, so that it is never behind what was counted.
        var head = await engine.QueryAsync(campaign, static (_, at) => at, cancellation);
        var (counts, fold) = Find(campaign);
        await fold.GoOnAsync(head, entry => counts.Apply(EventReader.Read(entry.Body.Span)), cancellation);
        return read(counts);
    }

    private (Counts Counts, FeedFold Fold) Find(CampaignId campaign)
    {
        for (var node = kept.First; node is not null; node = node.Next)
        {
            if (node.Value.Campaign != campaign)
                continue;
            kept.Remove(node);
            kept.AddFirst(node);
            return (node.Value.Counts, node.Value.Fold);
        }
        var counts = new Counts();
        var fold = new FeedFold(engine, campaign);
        kept.AddFirst((campaign, counts, fold));
        if (kept.Count > MaxKept)
            kept.RemoveLast();
        return (counts, fold);
    }
}
