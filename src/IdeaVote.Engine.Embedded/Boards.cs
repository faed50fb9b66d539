using System.Collections.Concurrent;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Embedded;

/// <summary>The boards of all campaigns, folded from one partition. The commit loop adds and folds; anybody reads.</summary>
internal sealed class Boards(string partition)
{
    private readonly ConcurrentDictionary<CampaignId, HostedBoard> byCampaign = new();
    private volatile CampaignId[] order = [];

    /// <summary>The campaigns, in the order of their creation.</summary>
    public IReadOnlyList<CampaignId> Campaigns => order;

    public HostedBoard? Find(CampaignId campaign) => byCampaign.GetValueOrDefault(campaign);

    public void Restore(IEnumerable<BoardSnapshot> snapshots)
    {
        var boards = snapshots
            .Select(s => (s.Campaign, s.Position, Board: BoardSnapshots.Read(s.State.Span)))
            .OrderBy(b => b.Board.CreatedAt.UnixMilliseconds)
            .ThenBy(b => b.Campaign.Value);
        foreach (var (campaign, position, board) in boards)
            Add(new HostedBoard(campaign, partition, board, position));
    }

    public HostedBoard GetOrAdd(CampaignId campaign)
    {
        if (byCampaign.TryGetValue(campaign, out var hosted))
            return hosted;
        hosted = new HostedBoard(campaign, partition, new Board(), 0);
        Add(hosted);
        return hosted;
    }

    /// <summary>
    /// Snapshots of the boards whose own is at least <paramref name="behind"/> events older than <paramref name="head"/>. What
    /// counts is the journal's growth, not the board's: one quiet board with an old snapshot would make a restart read everything.
    /// </summary>
    public List<BoardSnapshot> TakeSnapshots(long head, long behind)
    {
        var taken = new List<BoardSnapshot>();
        foreach (var board in byCampaign.Values)
            if (board.SavedUpTo is { } saved && head - saved >= behind)
                taken.Add(board.TakeSnapshot());
        return taken;
    }

    /// <summary>The position up to which every board's snapshot is complete, given that the journal ends at <paramref name="head"/>.</summary>
    public long SavedUpTo(long head)
    {
        foreach (var board in byCampaign.Values)
            if (board.SavedUpTo is { } position && position < head)
                head = position;
        return head;
    }

    public void Clear()
    {
        byCampaign.Clear();
        order = [];
    }

    private void Add(HostedBoard hosted)
    {
        byCampaign.TryAdd(hosted.Campaign, hosted);
        order = [.. order, hosted.Campaign];
    }
}
