using System.Globalization;
using IdeaVote.Domain.Allocation;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Gateway.Portfolios;
using IdeaVote.Engine.Access;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace IdeaVote.Portal.Analysis;

/// <summary>What the campaign's fund pays for, by any rule and with any amount, and its files.</summary>
internal static class PortfolioPages
{
    private static readonly (string Ending, LeaderboardFormat Format)[] Files =
        [("csv", LeaderboardFormat.Csv), ("xlsx", LeaderboardFormat.Xlsx), ("json", LeaderboardFormat.Json)];

    private static readonly string[] Names = ["fund", "rule", "utility", "completion", "from", "asOf"];

    /// <summary>Maps them.</summary>
    public static void MapPortfolioPages(this IEndpointRouteBuilder routes)
    {
        var answers = routes.ServiceProvider.GetRequiredService<PortfolioAnswers>();
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(routes.ServiceProvider);
        routes.MapPage("/c/{c}/portfolio", handlers.ShowAsync);
        foreach (var (ending, format) in Files)
        {
            routes.MapPage($"/c/{{c}}/portfolio.{ending}", context =>
            {
                context.Response.Headers.ContentDisposition = $"attachment; filename=\"portfolio.{ending}\"";
                return answers.AnswerAsync(context, format);
            });
        }
        routes.MapPage("/c/{c}/election.pb", answers.AnswerFileAsync, Scopes.Export);
    }

    private sealed class Handlers(Pages pages, Visits visits, IdeaFinder finder, PortfolioAnswers answers)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var visit = visits.Of(context);
            var campaign = await finder.CampaignAsync(context);
            if (campaign.State.Rules.Fund is not { } fund)
                throw new ApiException(StatusCodes.Status404NotFound, "no_fund", "This campaign has no fund.");
            answers.RequireSight(campaign, visit.Caller);
            var page = new PageQuery(Names, context.Request.Query);
            if (page.IsUntidy)
            {
                context.Response.Redirect(visit.Url(page.Url($"/c/{campaign.Key}/portfolio")));
                return;
            }
            PortfolioResult? result = null;
            ApiException? problem = null;
            var from = page["from"];
            try
            {
                var query = answers.Question(ToQuery(page), campaign, visit.Caller);
                from = CountFroms.Of(query.From);
                result = Result(await ReadAsync(campaign, query, context), campaign, page, visit);
            }
            catch (ApiException e) when (e.Status is StatusCodes.Status400BadRequest or StatusCodes.Status409Conflict or StatusCodes.Status503ServiceUnavailable)
            {
                problem = e;
            }
            var model = new PortfolioModel(
                campaign.Key, Form(campaign, page, from, fund, visit), result, problem is null ? null : Explanations.Of(visit, problem), !campaign.ScoresVisible(visit.Now));
            var frame = new Frame(visit["nav.portfolio"], CampaignCard.Frame(campaign, visit), "portfolio") { IsWide = true };
            await pages.WriteAsync<PortfolioPage, PortfolioModel>(context, frame, model, problem?.Status ?? StatusCodes.Status200OK);
        }

        private async ValueTask<PortfolioBody> ReadAsync(CampaignView campaign, PortfolioQuery query, HttpContext context) =>
            (await answers.ReadAsync(campaign, query, context.RequestAborted)).Body;

        private static QueryCollection ToQuery(PageQuery page) => new(Fields(page).ToDictionary(field => field.Key, field => new StringValues(field.Value), StringComparer.Ordinal));

        private static IEnumerable<KeyValuePair<string, string>> Fields(PageQuery page) => Names
            .Where(name => page[name] is not null).Select(name => KeyValuePair.Create(name, name == "asOf" ? Moment(page[name]!) : page[name]!));

        // As browsers write a moment.
        private static string Moment(string text) => text.Length == 16 && text[10] == 'T' ? text + ":00Z" : text;

        private static PortfolioResult Result(PortfolioBody body, CampaignView campaign, PageQuery page, Visit visit)
        {
            var path = $"/c/{campaign.Key}/portfolio";
            var downloads = Files.Select(file => new Download(file.Ending.ToUpperInvariant(), PageQuery.Url($"{path}.{file.Ending}", PageQuery.Counted(Fields(page), visit.Exports)))).ToList();
            if (visit.Exports)
                downloads.Add(new Download(".pb", PageQuery.Url($"/c/{campaign.Key}/election.pb", Fields(page).Where(field => field.Key is "from" or "asOf"))));
            return new PortfolioResult(
                body.Fund, body.Spent, body.Unit, body.Voters, body.Unrepresented, body.Share?.About, [.. body.Selected.Select(Funded)],
                [.. body.Rejected.Select(idea => new UnfundedIdea(idea.Idea, idea.Title, idea.Cost, idea.Score, idea.Supporters, idea.Missing))],
                [.. body.NotConsidered.Select(idea => (idea.Idea, idea.Title))],
                [.. body.Comparison.Select(row => new RuleRow(row.Rule, page.Url(path, ("rule", row.Rule)), row.Selected, row.Utility, row.Unrepresented, row.Spent))],
                body.Position, visit.Exports ? page.Url(path, ("asOf", body.Position)) : null, downloads);
        }

        private static FundedIdea Funded(SelectedIdea idea)
        {
            var groups = idea.Paid?.Where(group => group.About is not null).Select(group => (group.Voters, group.About!.Value)).ToList();
            var exhausted = idea.Paid?.Where(group => group.About is null).Sum(group => group.Voters) ?? 0;
            // The payments are together exactly the cost.
            return new FundedIdea(
                idea.Idea, idea.Title, idea.Cost, idea.Score, idea.Supporters, groups, exhausted,
                exhausted == 0 ? 0 : idea.Cost - groups!.Sum(group => group.Voters * group.Value));
        }

        private static PortfolioForm Form(CampaignView campaign, PageQuery page, string? from, decimal fund, Visit visit)
        {
            var rules = campaign.State.Rules;
            var chosen = decimal.TryParse(page["fund"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) ? given : fund;
            var most = Math.Max(fund * 2, chosen);
            return new PortfolioForm(
                page["fund"] ?? Numbers.Plain(fund).ToString(CultureInfo.InvariantCulture), fund, campaign.Text.Unit, most, StepOf(most),
                page["rule"] ?? MethodNames.Rules.First().Key, [.. MethodNames.Rules.Keys],
                page["utility"] ?? MethodNames.Utilities.First().Key, [.. MethodNames.Utilities.Keys],
                page["completion"] ?? MethodNames.Completions.First().Key, [.. MethodNames.Completions.Keys],
                from ?? "", [.. Enum.GetValues<CountFrom>().Where(each => CountFroms.IsOn(each, rules)).Select(CountFroms.Of)], page["asOf"], visit.Exports);
        }

        // About two hundred steps of a round amount.
        private static decimal StepOf(decimal most)
        {
            var step = 1m;
            while (step * 200 < most)
                step *= 10;
            return step;
        }
    }
}
