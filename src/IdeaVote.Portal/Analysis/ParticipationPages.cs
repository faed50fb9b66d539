using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Gateway.Participation;
using IdeaVote.Gateway.Voters;
using IdeaVote.Portal.Campaigns;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Portal.Analysis;

/// <summary>Who takes part in a campaign and when, for analysts.</summary>
internal static class ParticipationPages
{
    private const int MaxDays = 62;
    private const int MaxPeriods = 520;
    private const int MaxNames = 100;

    private static readonly string[] Names = ["per", "segments"];

    /// <summary>Maps them.</summary>
    public static void MapParticipation(this IEndpointRouteBuilder routes)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(
            routes.ServiceProvider, ActivatorUtilities.CreateInstance<WordOfMouthLoader>(routes.ServiceProvider));
        routes.MapPage("/c/{c}/participation", handlers.ShowAsync, Scopes.Export);
        routes.MapPage("/c/{c}/participation.csv", handlers.PeriodsFileAsync, Scopes.Export);
        foreach (var ending in new[] { "csv", "xlsx", "jsonl" })
            routes.MapPage($"/c/{{c}}/word-of-mouth.{ending}", context => handlers.MouthFileAsync(context, ending), Scopes.Export);
        routes.MapPage("/c/{c}/segments.csv", handlers.SegmentsFileAsync, Scopes.Export);
    }

    private sealed class Handlers(
        Pages pages, Visits visits, IdeaFinder finder, Participations participations, WordOfMouthReader mouth, WordOfMouthLoader loader, Pseudonyms pseudonyms)
    {
        public async Task ShowAsync(HttpContext context)
        {
            var visit = visits.Of(context);
            var campaign = await finder.CampaignAsync(context);
            var page = new PageQuery(Names, context.Request.Query);
            if (page.IsUntidy)
            {
                context.Response.Redirect(visit.Url(page.Url($"/c/{campaign.Key}/participation")));
                return;
            }
            var (days, weeks, funnel, parts) = await participations.ReadAsync(
                campaign.Id, static counts => (counts.Days, counts.Weeks, counts.ToFunnel(), counts.Segments), context.RequestAborted);
            var isWeekly = page["per"] switch
            {
                "week" => true,
                "day" => false,
                _ => days.Count > 0 && days[^1].Start - days[0].Start >= MaxDays,
            };
            var (segments, unmatched) = Named(campaign, parts, page["segments"]);
            var rules = campaign.State.Rules;
            var methods = new object?[] { rules.Approve, rules.Rate, rules.Invest, rules.Rank, rules.Duel }.Count(method => method is not null);
            var step = isWeekly ? 7 : 1;
            var periods = Whole(isWeekly ? weeks : days, step);
            var model = new ParticipationModel(campaign.Key, isWeekly, periods, funnel, methods > 1, segments, page["segments"], unmatched)
            {
                Mouth = await loader.ReadAsync(campaign, periods, step, visit, context.RequestAborted),
            };
            var frame = new Frame(visit["nav.participation"], CampaignCard.Frame(campaign, visit), "participation") { IsWide = true };
            await pages.WriteAsync<ParticipationPage, ParticipationModel>(context, frame, model);
        }

        public async Task PeriodsFileAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            var isWeekly = context.Request.Query["per"].ToString() == "week";
            var periods = await participations.ReadAsync(campaign.Id, counts => isWeekly ? counts.Weeks : counts.Days, context.RequestAborted);
            await SendAsync(context, $"{campaign.Key}-{(isWeekly ? "weeks" : "days")}.csv", ParticipationFile.Periods(periods));
        }

        public async Task SegmentsFileAsync(HttpContext context)
        {
            var campaign = await finder.CampaignAsync(context);
            var parts = await participations.ReadAsync(campaign.Id, static counts => counts.Segments, context.RequestAborted);
            var (segments, _) = Named(campaign, parts, new PageQuery(Names, context.Request.Query)["segments"]);
            await SendAsync(context, $"{campaign.Key}-segments.csv", ParticipationFile.Segments([.. segments.Select(row => (row.Id, row.Name, row.Part))]));
        }

        public async Task MouthFileAsync(HttpContext context, string ending)
        {
            var campaign = await finder.CampaignAsync(context);
            var format = ending switch
            {
                "csv" => LeaderboardFormat.Csv,
                "xlsx" => LeaderboardFormat.Xlsx,
                _ => LeaderboardFormat.JsonLines,
            };
            var bytes = WordOfMouthFile.Write(campaign.Key, await mouth.ReadAsync(campaign.Id, context.RequestAborted), format);
            await SendAsync(context, $"{campaign.Key}-word-of-mouth.{ending}", bytes, format);
        }

        /// <summary>The journal knows segments by hashes; whoever knows their names puts them beside.</summary>
        private (List<SegmentRow> Rows, List<string> Unmatched) Named(CampaignView campaign, IReadOnlyList<(TermId? Segment, SegmentPart Part)> parts, string? names)
        {
            var known = new Dictionary<TermId, string>();
            foreach (var name in (names?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []).Take(MaxNames))
                if (name.Length <= RollEndpoints.MaxSegmentChars)
                    known[pseudonyms.Segment(campaign.Id, Nfc.Normalise(name))] = name;
            var rows = parts.Select(part => new SegmentRow($"{part.Segment}", part.Segment is { } id ? known.GetValueOrDefault(id) : null, part.Part)).ToList();
            var found = rows.Select(row => row.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
            return (rows, [.. known.Values.Where(name => !found.Contains(name))]);
        }

        /// <summary>Days on which nobody came are shown too; of very many periods, the last.</summary>
        private static List<PeriodPart> Whole(IReadOnlyList<PeriodPart> periods, int days)
        {
            var whole = new List<PeriodPart>();
            foreach (var period in periods.Where(period => period.Start > periods[^1].Start - MaxPeriods * days))
            {
                while (whole.Count > 0 && whole[^1].Start + days < period.Start)
                    whole.Add(new PeriodPart(whole[^1].Start + days, 0, 0, 0));
                whole.Add(period);
            }
            return whole;
        }

        private static async Task SendAsync(HttpContext context, string name, byte[] bytes, LeaderboardFormat format = LeaderboardFormat.Csv)
        {
            context.Response.ContentType = LeaderboardFormats.ContentType(format);
            context.Response.ContentLength = bytes.Length;
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }
    }
}
