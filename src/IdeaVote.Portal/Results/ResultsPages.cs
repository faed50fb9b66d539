using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Gateway.Results;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using IdeaVote.Portal.Analysis;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Discover;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Layout;
using IdeaVote.Portal.Markdown;
using IdeaVote.Portal.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Results;

/// <summary>The result of a campaign, for everybody, and the form in which a team announces it.</summary>
internal static class ResultsPages
{
    private const int MaxChoices = 100;
    private const int DescriptionChars = 200;

    private static readonly string[] Files = ["csv", "xlsx", "jsonl", "svg"];

    /// <summary>Maps them.</summary>
    public static void MapResultsPages(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/c/{c}/results", handlers.ShowAsync);
        routes.MapPage("/c/{c}/announce", handlers.ShowFormAsync, Scopes.Manage);
        routes.MapForm("/c/{c}/announce", handlers.AnnounceAsync, Scopes.Manage);
    }

    private sealed class Handlers(
        Pages pages, Visits visits, IdeaFinder finder, IEngine engine, ResultsReader reader, ResultsDesk desk, LeaderboardDesk leaderboards, TextDocuments documents)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            var visit = visits.Of(context);
            var body = await reader.ReadAsync(campaign, visit.Exports, context.RequestAborted);
            var result = body is null ? null : ResultModel.Of(campaign, body, visit);
            var isOver = campaign.State.VotingOverSince(visit.Now) is not null;
            var by = result?.By ?? RankNames.Of(RankNames.Parse(null, campaign.State.Rules));
            var sees = visit.Exports || campaign.ScoresVisible(visit.Now);
            var model = new ResultsModel(
                campaign.Key, campaign.Text.Brief, CampaignAsk.Of(campaign, Voter.None, visit).Methods, result,
                sees ? [.. Files.Select(ending => new Download(ending.ToUpperInvariant(), $"/c/{campaign.Key}/leaderboard.{ending}?by={by}"))] : [],
                isOver && campaign.State.Rules.Publication is not null ? $"/api/v1/campaigns/{campaign.Key}/ballots/published" : null, visit.Manages && isOver);
            var frame = new Frame(visit["nav.results"], CampaignCard.Frame(campaign, visit), "results")
            {
                Description = result is null ? null : SafeMarkdown.Excerpt(result.Text, DescriptionChars),
            };
            await pages.WriteAsync<ResultsPage, ResultsModel>(context, frame, model);
        }

        public async Task ShowFormAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            var announced = campaign.State.Results?.What;
            var text = (await documents.ReadAsync(announced?.Text, ResultsTextJson.Default.ResultsText, context.RequestAborted))?.Text ?? "";
            await FormAsync(context, campaign, text, announced?.By, [.. announced?.Chosen.Select(idea => idea.ToString()) ?? []], null, null);
        }

        public async Task AnnounceAsync(HttpContext context, Form form)
        {
            var campaign = await finder.CampaignAsync(context);
            var visit = visits.Of(context);
            // Forms send two characters for each end of a line, which nobody typed.
            var body = new AnnouncementBody(form["text"].ReplaceLineEndings("\n"), form.All("chosen"), form.Maybe("by"));
            var by = RankNames.Find(form["by"]);
            try
            {
                var wish = desk.Read(campaign, body);
                if (form.Has("preview"))
                {
                    var preview = ResultModel.Of(campaign, await reader.PreviewAsync(campaign, wish, context.RequestAborted), visit);
                    await FormAsync(context, campaign, body.Text, by, body.Chosen, preview, null);
                    return;
                }
                var reply = VoteDesk.Require(await desk.AnnounceAsync(visit.Caller, campaign, wish, context.RequestAborted));
                await engine.WaitAsync(reply.Position, TimeSpan.FromSeconds(1), context.RequestAborted);
                context.SeeOther($"/c/{campaign.Key}/results", new Notice("notice.announced"));
            }
            catch (ApiException e) when (e.Status is >= 400 and < 500)
            {
                await FormAsync(context, campaign, body.Text, by, body.Chosen, null, e);
            }
        }

        private async Task FormAsync(
            HttpContext context, CampaignView campaign, string text, RankBy? wanted, IReadOnlyList<string> chosen, ResultModel? preview, ApiException? wrong)
        {
            var visit = visits.Of(context);
            var rules = campaign.State.Rules;
            var rankings = Enum.GetValues<RankBy>().Where(by => by != RankBy.NeedsVotes && Rankers.Missing(by, rules) is null).ToArray();
            var by = wanted is { } one && rankings.Contains(one) ? one : RankNames.Parse(null, rules);
            var isOver = campaign.State.VotingOverSince(visit.Now) is not null;
            var problem = wrong is null ? null : PageProblems.Explain(visit, new Problem(wrong.Status, wrong.Code, wrong.Message, wrong.Field));
            var model = new AnnounceModel(
                campaign.Key, isOver, campaign.State.Results is not null, text, RankNames.Of(by), [.. rankings.Select(RankNames.Of)],
                isOver ? await ChoicesAsync(campaign, by, chosen, visit, context.RequestAborted) : [], preview, wrong?.Field, problem);
            var frame = new Frame(visit["results.announce"], CampaignCard.Frame(campaign, visit), "team");
            await pages.WriteAsync<AnnouncePage, AnnounceModel>(
                context, frame, model, wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }

        /// <summary>The best ideas, and those chosen, wherever they stand.</summary>
        private async ValueTask<IReadOnlyList<IdeaChoice>> ChoicesAsync(
            CampaignView campaign, RankBy by, IReadOnlyList<string> chosen, Visit visit, CancellationToken cancellation)
        {
            var rows = (await leaderboards.ReadAsync(campaign, LeaderboardQuery.Plain(by) with { Top = MaxChoices }, cancellation)).Rows;
            var known = rows.Select(row => row.Idea).ToHashSet(StringComparer.Ordinal);
            IdeaId[] others = [.. chosen.Where(idea => !known.Contains(idea)).Select(idea => Id.TryParse(idea, out var id) ? new IdeaId(id) : default).Distinct().Take(Announcement.MaxChosen)];
            var statuses = await engine.QueryAsync(
                campaign.Id, (board, _) => rows.Select(row => new IdeaId(Id.Parse(row.Idea))).Concat(others).Select(board.Find).OfType<IdeaTally>()
                    .ToDictionary(idea => idea.Id.ToString(), idea => (idea.Text, idea.Status), StringComparer.Ordinal), cancellation);
            var titles = await documents.ReadManyAsync([.. others.Select(idea => idea.ToString()).Where(statuses.ContainsKey).Select(idea => statuses[idea].Text)], IdeaTextJson.Default.IdeaText, cancellation);
            return
            [
                .. rows.Where(row => statuses.ContainsKey(row.Idea)).Select(row => new IdeaChoice(
                    row.Idea, row.Title ?? visit["idea.erased.title"], IdeaStatusNames.Of(statuses[row.Idea].Status), row.Rank, row.Score, chosen.Contains(row.Idea, StringComparer.Ordinal))),
                .. others.Select(idea => idea.ToString()).Where(statuses.ContainsKey).Select(idea => new IdeaChoice(
                    idea, titles.GetValueOrDefault(statuses[idea].Text.Id)?.Title ?? visit["idea.erased.title"], IdeaStatusNames.Of(statuses[idea].Status), null, null, true)),
            ];
        }
    }
}
