using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Discussion;

/// <summary>A thread as it is, with its id.</summary>
/// <param name="Id">Which one.</param>
/// <param name="State">What it holds.</param>
internal sealed record ThreadView(ThreadId Id, CommentThread State);

/// <summary>Reads discussions: the index says which threads, the threads say what is in them.</summary>
/// <param name="engine">Has the threads.</param>
/// <param name="index">Knows which there are.</param>
/// <param name="waiter">Waits for it.</param>
internal sealed class DiscussionReader(IEngine engine, IDiscussionIndex index, IProjectionWaiter waiter)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Waits until lists include a position.</summary>
    /// <exception cref="ApiException">503 <c>not_yet</c>.</exception>
    public async ValueTask AwaitAsync(Position position, CancellationToken cancellation)
    {
        if (!position.IsStart && !await waiter.WaitAsync(index.Name, position, Patience, cancellation))
            throw Positions.NotYet();
    }

    /// <summary>One page of an idea's threads.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="order">The order.</param>
    /// <param name="withHidden">Whether the reader sees what the team has hidden.</param>
    /// <param name="cursor">Where the page begins; null for the first.</param>
    /// <param name="limit">How many threads at most.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The threads, and where the next page begins.</returns>
    public async ValueTask<(IReadOnlyList<ThreadView> Threads, PlaceCursor? Next)> ThreadsAsync(
        CampaignId campaign, IdeaId idea, ThreadOrder order, bool withHidden, PlaceCursor? cursor, int limit, CancellationToken cancellation)
    {
        ThreadPlace? after = cursor is { } from ? new ThreadPlace(new ThreadId(from.Id), from.At) : null;
        var places = await index.ThreadsAsync(campaign, idea, order, withHidden, after, limit + 1, cancellation);
        var threads = new List<ThreadView>();
        foreach (var place in places.Take(limit))
            if (await FindAsync(campaign, idea, place.Thread, cancellation) is { } thread)
                threads.Add(thread);
        PlaceCursor? next = places.Count > limit ? new PlaceCursor((byte)order, places[limit - 1].At, places[limit - 1].Thread.Value) : null;
        return (threads, next);
    }

    /// <summary>One thread; null if the idea has no such thread.</summary>
    public async ValueTask<ThreadView?> FindAsync(CampaignId campaign, IdeaId idea, ThreadId thread, CancellationToken cancellation)
    {
        var reply = await engine.ReadAsync(StreamId.Of(campaign, thread), cancellation);
        if (reply.State is not CommentThread state)
            throw Positions.NotYet();
        return state.Exists && state.Idea == idea ? new ThreadView(thread, state) : null;
    }

    /// <summary>One page of a campaign's reported comments, the longest waiting first.</summary>
    /// <returns>The comments with their threads, and where the next page begins.</returns>
    public async ValueTask<(IReadOnlyList<(ReportedComment Report, Comment Comment)> Items, PlaceCursor? Next)> ReportsAsync(
        CampaignId campaign, PlaceCursor? cursor, int limit, CancellationToken cancellation)
    {
        var after = cursor is { } from ? new ReportedComment(default, default, new CommentId(from.Id), 0, [], from.At) : null;
        var reports = await index.ReportsAsync(campaign, after, limit + 1, cancellation);
        var items = new List<(ReportedComment, Comment)>();
        foreach (var report in reports.Take(limit))
            if ((await FindAsync(campaign, report.Idea, report.Thread, cancellation))?.State.Find(report.Comment) is { OpenReports: > 0 } comment)
                items.Add((report, comment));
        PlaceCursor? next = reports.Count > limit
            ? new PlaceCursor(PlaceCursor.Reports, reports[limit - 1].Since, reports[limit - 1].Comment.Value)
            : null;
        return (items, next);
    }

    /// <summary>Those who take part in the discussion of an idea, at most so many.</summary>
    public ValueTask<IReadOnlyList<Participant>> ParticipantsAsync(CampaignId campaign, IdeaId idea, int max, CancellationToken cancellation) =>
        index.ParticipantsAsync(campaign, idea, max, cancellation);
}
