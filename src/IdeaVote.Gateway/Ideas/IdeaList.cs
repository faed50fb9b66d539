using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine.Projections;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Ranking = IdeaVote.Domain.Ranking.Leaderboard;

namespace IdeaVote.Gateway.Ideas;

/// <summary>
/// Lists ideas page by page, so that votes between two pages neither repeat nor skip an idea: the order of submission stands
/// still by itself, any other order is frozen when its first page is read.
/// </summary>
/// <param name="engine">Has the board.</param>
/// <param name="search">Finds words.</param>
/// <param name="waiter">Waits for the search.</param>
/// <param name="frozen">Keeps orders.</param>
/// <param name="rankings">Works out rankings that all ideas decide together.</param>
/// <param name="pseudonyms">Makes ids.</param>
/// <param name="positions">Reads the position the caller asks for.</param>
/// <param name="time">The clock.</param>
internal sealed class IdeaList(
    IEngine engine, ISearchIndex search, IProjectionWaiter waiter, FrozenOrders frozen, LeaderboardReader rankings, Pseudonyms pseudonyms, Positions positions, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    /// <summary>The most ideas that a search finds.</summary>
    public const int MaxHits = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Reads a page.</summary>
    /// <returns>The ideas, and where the list goes on; null at its end.</returns>
    /// <exception cref="ApiException">403 <c>scores_hidden</c>, 409 <c>method_off</c> or <c>too_many_ideas</c>, 410 <c>cursor_expired</c> or 503 <c>not_yet</c>.</exception>
    public async ValueTask<(IReadOnlyList<IdeaCard> Cards, ListCursor? Next)> ReadAsync(
        HttpContext context, CampaignView campaign, ListQuery query, Viewer viewer)
    {
        var now = Instant.From(time.GetUtcNow());
        if (query.Words is null && query.Ranks is null)
            return await engine.QueryAsync(campaign.Id, (board, _) => InSubmission(board, query, viewer, now));

        Check(campaign, query, viewer, now);
        var place = query.Cursor?.Place ?? 0;
        if (query.Cursor is { Order: var order })
            return order is { } id && frozen.Find(id, query.Filters) is { } kept
                ? await engine.QueryAsync(campaign.Id, (board, _) => InOrder(board, kept, id, place, query, viewer, now))
                : throw Expired();
        var hits = query.Words is null ? null : await SearchAsync(context, campaign.Id, query.Words);
        var shared = query.Ranks is { } by && !Rankers.IsLocal(by)
            ? await rankings.RankAsync(campaign, LeaderboardQuery.Plain(by), positions.After(context), context.RequestAborted)
            : null;
        return await engine.QueryAsync(campaign.Id, (board, _) => Begin(board, campaign.Id, hits, shared?.Ranker, query, viewer, now));
    }

    private static ApiException Expired() => new(
        StatusCodes.Status410Gone, "cursor_expired", "This list was begun too long ago to go on. Begin again without a cursor.", "cursor");

    private static void Check(CampaignView campaign, ListQuery query, Viewer viewer, Instant now)
    {
        if (query.Ranks is not { } by)
            return;
        if (!viewer.SeesHiddenScores && !campaign.ScoresVisible(now))
            throw CommonProblems.ScoresHidden();
        RankNames.RequireOn(by, campaign.State.Rules);
    }

    private async ValueTask<IReadOnlyList<IdeaId>> SearchAsync(HttpContext context, CampaignId campaign, string words)
    {
        var after = positions.After(context);
        if (!after.IsStart && !await waiter.WaitAsync(search.Name, after, Patience, context.RequestAborted))
            throw Positions.NotYet();
        return await search.SearchAsync(campaign, words, MaxHits, context.RequestAborted);
    }

    private (IReadOnlyList<IdeaCard> Cards, ListCursor? Next) Begin(
        Board board, CampaignId campaign, IReadOnlyList<IdeaId>? hits, IRanker? ranker, ListQuery query, Viewer viewer, Instant now)
    {
        // What was found depends on the search, which follows the board; only whole orders of the board can be shared.
        if (hits is null && frozen.Find(campaign, query.Filters, board.Revision, board.Ideas.Count) is { } shared)
            return InOrder(board, shared.Ordinals, shared.Id, 0, query, viewer, now);
        var order = OrderOf(board, hits, ranker, query);
        var id = pseudonyms.RandomId();
        var page = InOrder(board, order, id, 0, query, viewer, now);
        if (page.Next is not null)
            frozen.Add(id, campaign, query.Filters, hits is null ? board.Revision : -1, order);
        return page;
    }

    private static int[] OrderOf(Board board, IReadOnlyList<IdeaId>? hits, IRanker? ranker, ListQuery query)
    {
        var found = hits?.Select(board.Find).OfType<IdeaTally>().Select(idea => idea.Ordinal).ToArray();
        if (found is not null && query.Sort == ListSort.Relevance)
            return found;
        if (query.Ranks is { } by)
        {
            var ranked = (ranker is null ? Ranking.Order(board, by) : Ranking.Order(board, ranker)).Select(idea => idea.Ordinal);
            var wanted = found?.ToHashSet();
            return [.. wanted is null ? ranked : ranked.Where(wanted.Contains)];
        }
        Array.Sort(found!);
        if (query.Sort == ListSort.Newest)
            Array.Reverse(found!);
        return found!;
    }

    private static (IReadOnlyList<IdeaCard> Cards, ListCursor? Next) InOrder(
        Board board, int[] order, Id id, int place, ListQuery query, Viewer viewer, Instant now)
    {
        var cards = new List<IdeaCard>(query.Limit);
        var showTally = viewer.SeesScores(board, now);
        for (; place < order.Length; place++)
        {
            var idea = board.Ideas[order[place]];
            if (!Takes(query, viewer, idea))
                continue;
            if (cards.Count == query.Limit)
                return (cards, new ListCursor(query.Filters, id, place));
            cards.Add(Card(board, idea, showTally));
        }
        return (cards, null);
    }

    private static (IReadOnlyList<IdeaCard> Cards, ListCursor? Next) InSubmission(Board board, ListQuery query, Viewer viewer, Instant now)
    {
        var cards = new List<IdeaCard>(query.Limit);
        var showTally = viewer.SeesScores(board, now);
        var step = query.Sort == ListSort.Oldest ? 1 : -1;
        var last = query.Cursor?.Place ?? (step > 0 ? -1 : board.Ideas.Count);
        // A made-up place is no worse than an empty page.
        var shown = Math.Min(last, board.Ideas.Count);
        for (var ordinal = shown + step; ordinal >= 0 && ordinal < board.Ideas.Count; ordinal += step)
        {
            var idea = board.Ideas[ordinal];
            if (!Takes(query, viewer, idea))
                continue;
            if (cards.Count == query.Limit)
                return (cards, new ListCursor(query.Filters, null, shown));
            cards.Add(Card(board, idea, showTally));
            shown = ordinal;
        }
        return (cards, null);
    }

    private static bool Takes(ListQuery query, Viewer viewer, IdeaTally idea) =>
        viewer.Sees(idea)
        && (query.Statuses.Count == 0 || query.Statuses.Contains(idea.Status))
        && (query.Tag is not { } tag || idea.Tags.Contains(tag));

    private static IdeaCard Card(Board board, IdeaTally idea, bool showTally) =>
        IdeaCard.Of(idea, showTally ? TallyBody.Of(idea, board.Campaign.Rules) : null);
}
