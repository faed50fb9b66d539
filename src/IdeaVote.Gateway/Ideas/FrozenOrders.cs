using IdeaVote.Domain.Kernel;

namespace IdeaVote.Gateway.Ideas;

/// <summary>
/// Orders of ideas as they were when somebody began to page through them, so that votes in between neither repeat nor skip
/// an idea. Bounded: the oldest go first, and a list whose order is gone begins anew.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="shared">How old an order may be for a list that begins now to share it, although votes have come since; zero for not at all.</param>
internal sealed class FrozenOrders(TimeProvider time, TimeSpan shared)
{
    /// <summary>The most orders kept for one campaign.</summary>
    public const int MaxPerCampaign = 32;

    /// <summary>The most places kept in all orders of all campaigns together; four bytes each.</summary>
    public const int MaxPlaces = 4_000_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Id, LinkedListNode<Entry>> byId = [];
    private readonly Dictionary<CampaignId, LinkedList<Entry>> byCampaign = [];
    private readonly Queue<Id> byAge = new();
    private long places;

    /// <summary>Keeps an order.</summary>
    /// <param name="id">A fresh random id for it.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="filters">Which list it is the order of; see <see cref="ListCursor.FiltersOf"/>.</param>
    /// <param name="revision">The board's revision it was made at; lists begun at the same one share it.</param>
    /// <param name="ordinals">The ideas by their numbers in the order of submission; not changed any more.</param>
    public void Add(Id id, CampaignId campaign, ulong filters, long revision, int[] ordinals)
    {
        lock (gate)
        {
            if (!byCampaign.TryGetValue(campaign, out var ofCampaign))
                byCampaign.Add(campaign, ofCampaign = []);
            byId.Add(id, ofCampaign.AddLast(new Entry(id, campaign, filters, revision, time.GetTimestamp(), ordinals)));
            byAge.Enqueue(id);
            places += ordinals.Length;
            while (ofCampaign.Count > MaxPerCampaign)
                Remove(ofCampaign.First!);
            while (places > MaxPlaces && byAge.TryDequeue(out var oldest))
                if (oldest != id && byId.TryGetValue(oldest, out var node))
                    Remove(node);
            if (byAge.Count > 2 * byId.Count + MaxPerCampaign)
                ForgetRemoved();
        }
    }

    /// <summary>The order of an id, if it is the order of that list and still kept.</summary>
    public int[]? Find(Id id, ulong filters)
    {
        lock (gate)
            return byId.TryGetValue(id, out var node) && node.Value.Filters == filters ? node.Value.Ordinals : null;
    }

    /// <summary>An order of that list made at that revision of the board, or lately enough, if one is kept.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="filters">Which list.</param>
    /// <param name="revision">The board's revision.</param>
    /// <param name="ideas">How many ideas it has: an order that lacks one is never shared.</param>
    public (Id Id, int[] Ordinals)? Find(CampaignId campaign, ulong filters, long revision, int ideas)
    {
        lock (gate)
        {
            if (byCampaign.TryGetValue(campaign, out var ofCampaign))
            {
                for (var node = ofCampaign.Last; node is not null; node = node.Previous)
                {
                    var entry = node.Value;
                    if (entry.Filters == filters && (entry.Revision == revision
                        || (shared > TimeSpan.Zero && entry.Revision >= 0 && entry.Ordinals.Length == ideas && time.GetElapsedTime(entry.At) < shared)))
                        return (entry.Id, entry.Ordinals);
                }
            }
            return null;
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        places -= node.Value.Ordinals.Length;
        byId.Remove(node.Value.Id);
        var ofCampaign = node.List!;
        ofCampaign.Remove(node);
        if (ofCampaign.Count == 0)
            byCampaign.Remove(node.Value.Campaign);
    }

    private void ForgetRemoved()
    {
        var kept = byAge.Where(byId.ContainsKey).ToList();
        byAge.Clear();
        foreach (var id in kept)
            byAge.Enqueue(id);
    }

    private sealed record Entry(Id Id, CampaignId Campaign, ulong Filters, long Revision, long At, int[] Ordinals);
}
