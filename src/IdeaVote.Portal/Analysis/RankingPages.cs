using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Ranking.Charts;
using IdeaVote.Engine;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Discover;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Analysis;

/// <summary>The leaderboard: any ranking of a campaign's ideas, alone or beside another, and its files.</summary>
internal static class RankingPages
{
    private static readonly (string Ending, LeaderboardFormat Format)[] Files =
        [("csv", LeaderboardFormat.Csv), ("xlsx", LeaderboardFormat.Xlsx), ("jsonl", LeaderboardFormat.JsonLines), ("svg", LeaderboardFormat.Svg)];

    /// <summary>Maps them.</summary>
    public static void MapRanking(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        var desk = routes.ServiceProvider.GetRequiredService<LeaderboardDesk>();
        routes.MapPage("/c/{c}/leaderboard", handlers.ShowAsync);
        foreach (var (ending, format) in Files)
        {
            routes.MapPage($"/c/{{c}}/leaderboard.{ending}", context =>
            {
                // A file, never a page of its own: its styles are none that pages may have.
                context.Response.Headers.ContentDisposition = $"attachment; filename=\"leaderboard.{ending}\"";
                return desk.AnswerAsync(context, format);
            });
        }
    }

    private sealed class Handlers(IEngine engine, Pages pages, Visits visits, IdeaFinder finder, LeaderboardDesk desk, TagBook tags)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var visit = visits.Of(context);
            var campaign = await finder.CampaignAsync(context);
            desk.RequireSight(campaign, visit.Caller);
            var page = RankingFilter.Read(context.Request.Query);
            if (page.IsUntidy)
            {
                context.Response.Redirect(visit.Url(page.Url($"/c/{campaign.Key}/leaderboard")));
                return;
            }
            RankingTable? table = null;
            ApiException? problem = null;
            var by = default(RankBy?);
            try
            {
                var filter = new RankingFilter(page, campaign);
                by = filter.By;
                table = await ReadAsync(campaign, filter, visit, context.RequestAborted);
            }
            catch (ApiException e) when (e.Status is StatusCodes.Status400BadRequest or StatusCodes.Status409Conflict)
            {
                problem = e;
            }
            var live = await LivePages.UrlAsync(engine, campaign, visit, context.RequestAborted);
            var form = Form(campaign, page, by, await tags.OfAsync(campaign, context.RequestAborted), visit);
            var model = new RankingModel(
                campaign.Key, form, table, problem is null ? null : Explanations.Of(visit, problem), !campaign.ScoresVisible(visit.Now));
            if (Pages.WantsFragment(context))
            {
                await pages.WriteFragmentAsync<RankingResult, RankingModel>(context, model, problem?.Status ?? StatusCodes.Status200OK);
                return;
            }
            var frame = new Frame(visit["nav.leaderboard"], CampaignCard.Frame(campaign, visit), "leaderboard") { IsWide = true, Live = live };
            await pages.WriteAsync<RankingPage, RankingModel>(context, frame, model, problem?.Status ?? StatusCodes.Status200OK);
        }

        private async ValueTask<RankingTable> ReadAsync(CampaignView campaign, RankingFilter filter, Visit visit, CancellationToken cancellation)
        {
            var board = await desk.ReadAsync(campaign, desk.Question(filter.ToQuery(filter.By), campaign, visit.Caller), cancellation);
            var others = new Dictionary<string, int>(StringComparer.Ordinal);
            double? tau = null;
            if (filter.Versus is { } versus)
            {
                // Compared as wholes: what stands on the page is only the upper end of either.
                var one = await desk.ReadAsync(campaign, desk.Question(filter.ToQuery(filter.By, LeaderboardQuery.MaxTop), campaign, visit.Caller), cancellation);
                var two = await desk.ReadAsync(campaign, desk.Question(filter.ToQuery(versus, LeaderboardQuery.MaxTop), campaign, visit.Caller), cancellation);
                foreach (var row in two.Rows)
                    others.Add(row.Idea, row.Rank);
                tau = KendallTau.Of([.. one.Rows.Where(row => others.ContainsKey(row.Idea)).Select(row => (row.Rank, others[row.Idea]))]);
            }
            var rows = board.Rows.Select(row => RankingRow.Of(board.By, row, filter.Versus is null ? null : others.GetValueOrDefault(row.Idea) is > 0 and var rank ? rank : null)).ToList();
            var values = rows.SelectMany(row => new[] { (double?)row.Score, row.Low, row.High }).OfType<double>().ToList();
            var path = $"/c/{campaign.Key}/leaderboard";
            return new RankingTable(
                board.By, filter.Versus is { } other ? RankNames.Of(other) : null, rows, values.Count == 0 ? null : ChartScale.Of(values, 4), tau, others.Count,
                board.Position, visit.Exports ? filter.Page.Url(path, ("asOf", board.Position)) : null, Downloads(path, campaign, filter, visit));
        }

        private static List<Download> Downloads(string path, CampaignView campaign, RankingFilter filter, Visit visit)
        {
            var fields = filter.ToFields(filter.By);
            // A file that is kept says which ballots it counts; in a drawing there is no place for that.
            var files = Files.Select(file => new Download(
                file.Ending.ToUpperInvariant(), PageQuery.Url($"{path}.{file.Ending}", file.Ending == "svg" ? fields : PageQuery.Counted(fields, visit.Exports)))).ToList();
            if (visit.Exports && campaign.State.Rules is not { Approve: null, Rate: null, Invest: null, Rank: null })
                files.Add(new Download(".pb", PageQuery.Url($"/c/{campaign.Key}/election.pb", fields.Where(field => field.Key == "asOf"))));
            return files;
        }

        private static RankingForm Form(CampaignView campaign, PageQuery page, RankBy? by, IReadOnlyList<string> known, Visit visit)
        {
            var rules = campaign.State.Rules;
            var rankings = Enum.GetValues<RankBy>().Where(ranking => Rankers.Missing(ranking, rules) is null).ToArray();
            var chosen = by ?? rankings[0];
            var names = visit.Exports ? RankingFilter.ByAnyone.Concat(RankingFilter.ByAnalysts) : RankingFilter.ByAnyone;
            var fields = names.Where(name => RankingFilter.Takes(chosen, name)).ToDictionary(name => name, name => page[name], StringComparer.Ordinal);
            return new RankingForm(
                [.. rankings.Select(RankNames.Of)], RankNames.Of(chosen), page["vs"], fields.ContainsKey("criterion") && campaign.Text.Criteria.Count > 1 ? campaign.Text.Criteria : [],
                [.. known.Concat(page["tag"] is { } tag ? [tag] : []).Distinct(StringComparer.Ordinal)],
                [.. Enum.GetValues<IdeaStatus>().Where(status => status.IsRanked()).Select(IdeaStatusNames.Of)],
                fields, fields.Any(field => field.Value is not null && field.Key != "top"));
        }
    }
}
