using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Ranking.Charts;
using IdeaVote.Engine.Access;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using IdeaVote.Sheets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>The ranking of a campaign's ideas.</summary>
internal static class LeaderboardEndpoints
{
    /// <summary>Maps the endpoint.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapLeaderboard(this IEndpointRouteBuilder api)
    {
        var leaderboard = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider, new LeaderboardCache());
        api.MapGet("/campaigns/{c}/leaderboard", leaderboard.GetAsync).AllowsAnyone()
            .Describe("Rank the ideas", doc => Parameters(doc)
                .Query("format", "json, csv, jsonl or xlsx; by `Accept` unless given.", "json")
                .Query(NamedBallots.Parameter, NamedBallots.Meaning, "sha256")
                .Note($"In CSV a text that a spreadsheet could take for a formula begins with an apostrophe. With `ballots=sha256` CSV has four columns more, " +
                    "`campaign,position,parameters,ballots`, with values on the first row; lines end with `{\"counted\":{…}}`, and a spreadsheet has a second sheet, About. " +
                    $"`{BallotFileEndpoints.Sha256Header}` says the SHA-256 too.")
                .Answer(200, LeaderboardJson.Default.LeaderboardBody)
                .Answer(200, "text/csv")
                .Answer(200, SheetWriter.ContentType)
                .Answer(200, LeaderboardJson.Default.RankedIdea, JsonResponse.NdJson));
        api.MapGet("/campaigns/{c}/leaderboard.svg", leaderboard.DrawAsync).AllowsAnyone()
            .Describe("Draw the ranking", doc => Parameters(doc)
                .Note($"The first {RankingChart.MaxRows} rows at most, each with its interval; for light and dark.")
                .Answer(200, "image/svg+xml"));
    }

    private static EndpointDoc Parameters(EndpointDoc doc) => doc.ReadsAfter()
        .Query("by", $"One of {RankNames.Known}; the first whose method is on unless given.", "approvals")
        .Query("top", $"How many rows, 1 to {LeaderboardQuery.MaxTop}; 100 unless given.", "100")
        .Query("criterion", "A criterion's key, to rank by it alone.")
        .Query("tag", "A tag that the ideas must have.")
        .Query("status", "Statuses that the ideas may have, with commas between.")
        .Query("priorVotes", "For bayesian: how many ratings the prior is worth; what the campaign says unless given.")
        .Query("priorMean", "For bayesian: what an idea without a rating is taken to be; what the campaign says unless given.")
        .Query("places", "For needs-votes: how many places there are to win; 10 unless given.")
        .Query("pool", "For quadratic: money to split among the ideas in the race by quadratic matching; each row's `explain` then has its `match`.")
        .Query("segment", "With the scope export: the segment whose votes count.")
        .Query("from", "With the scope export: only votes first cast at this time or later.")
        .Query("to", "With the scope export: only votes first cast before this time.")
        .Query("weights", $"With the scope export: what segments' votes weigh, such as north:2,south:0.5; at most {LeaderboardQuery.MaxWeights}. Others weigh 1.")
        .Query("asOf", "With the scope export: a time at least a minute ago, or a position. The answer names the position, and is the same for ever.")
        .Note("For anyone once scores are visible, before that for the scope export. Declined, withdrawn and merged ideas are not ranked.")
        .Problem(403, "scores_hidden").Problem(404, RefusalCode.CampaignNotFound)
        .Problem(409, RefusalCode.MethodOff, "too_many_ideas", "not_settled");

    private sealed class Handlers(
        CampaignCatalog catalog, CampaignAuditor auditor, TextDocuments documents, Positions positions, Pseudonyms pseudonyms, LeaderboardCache cache, LeaderboardReader reader,
        [FromKeyedServices(VoteClock.Key)] TimeProvider time)
    {
        public Task GetAsync(HttpContext context) => AnswerAsync(context, null);

        public Task DrawAsync(HttpContext context) => AnswerAsync(context, LeaderboardFormat.Svg);

        private async Task AnswerAsync(HttpContext context, LeaderboardFormat? given)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var isAnalyst = context.Caller().Has(Scopes.Export);
            if (!isAnalyst && !campaign.ScoresVisible(Instant.From(time.GetUtcNow())))
                throw CommonProblems.ScoresHidden();
            var query = LeaderboardQuery.Of(context.Request.Query, campaign, pseudonyms, positions);
            // After the parameters as a whole: one given twice is refused as such.
            var format = given ?? LeaderboardFormats.Of(context.Request);
            if (query.IsRecount && !isAnalyst)
                throw new ApiException(
                    StatusCodes.Status403Forbidden, "forbidden",
                    "Segments, times, weights and the past are for tokens with the scope export: few votes of a small group could be told apart by them.");
            if (query.NamesBallots && !isAnalyst)
                throw NamedBallots.Forbidden();

            if (query.NamesBallots)
            {
                await SendNamedAsync(context, campaign, query, format);
                return;
            }
            var written = await WrittenAsync(campaign, query, new LeaderboardKey(campaign.Id, query.ToKey(), format), positions.After(context), context.RequestAborted);
            positions.WritePosition(context, written.Position);
            await SendAsync(context, campaign, query, format, written.Bytes);
        }

        private async Task SendNamedAsync(HttpContext context, CampaignView campaign, LeaderboardQuery query, LeaderboardFormat format)
        {
            var (audited, rows) = await reader.ReadNamedAsync(campaign, query, auditor, context.RequestAborted);
            var body = new LeaderboardBody(
                campaign.Key, RankNames.Of(query.By), audited.Position, query.ToTerms(), audited.BallotsSha256, await WithTextsAsync(rows, context.RequestAborted));
            positions.WritePosition(context, audited.Last);
            context.Response.Headers[BallotFileEndpoints.Sha256Header] = audited.BallotsSha256;
            context.Response.Headers.CacheControl = "no-store";
            await SendAsync(context, campaign, query, format, LeaderboardWriter.Write(body, format));
        }

        private async ValueTask<WrittenLeaderboard> WrittenAsync(
            CampaignView campaign, LeaderboardQuery query, LeaderboardKey key, Position after, CancellationToken cancellation)
        {
            var known = query.IsRecount ? null : cache.Find(key);
            // Read before the texts: an erasure in between must make what is written now stale.
            var texts = documents.Forgotten;
            var read = await reader.ReadAsync(campaign, query, after, known is not null && known.Texts == texts ? known.Revision : -1, cancellation);
            if (read.Rows is null)
                return known!;
            var body = new LeaderboardBody(
                campaign.Key, RankNames.Of(query.By), positions.Write(read.Position), query.ToTerms(), null, await WithTextsAsync(read.Rows, cancellation));
            var written = new WrittenLeaderboard(read.Revision, texts, read.Position, LeaderboardWriter.Write(body, key.Format));
            if (!query.IsRecount)
                cache.Keep(key, written);
            return written;
        }

        private async ValueTask<IReadOnlyList<RankedIdea>> WithTextsAsync(IReadOnlyList<RankedPlace> rows, CancellationToken cancellation)
        {
            var texts = await documents.ReadManyAsync([.. rows.Select(row => row.Text)], IdeaTextJson.Default.IdeaText, cancellation);
            return [.. rows.Select(row => Body(row, texts.GetValueOrDefault(row.Text.Id)))];
        }

        private static RankedIdea Body(RankedPlace row, IdeaText? text)
        {
            var detail = row.Detail;
            var explain = new Dictionary<string, decimal>(detail.Terms.Length, StringComparer.Ordinal);
            decimal? weighted = null;
            foreach (var term in detail.Terms)
            {
                if (term.Name == ScoreTerm.Weighted)
                    weighted = Numbers.Plain(term.Value);
                else
                    explain.Add(term.Name, Numbers.Plain(term.Value));
            }
            return new RankedIdea(
                row.Rank, row.Idea.ToString(), text?.Reference, text?.Title, detail.Score is { } score ? Numbers.Plain(score) : null, row.Votes, weighted, IntervalBody.Of(detail.Interval),
                detail.WhyNoInterval, explain);
        }

        private static async Task SendAsync(HttpContext context, CampaignView campaign, LeaderboardQuery query, LeaderboardFormat format, byte[] bytes)
        {
            var response = context.Response;
            response.ContentType = LeaderboardFormats.ContentType(format);
            response.ContentLength = bytes.Length;
            response.Headers.Vary = "Accept";
            if (format is LeaderboardFormat.Csv or LeaderboardFormat.Xlsx)
                response.Headers.ContentDisposition = $"attachment; filename=\"{campaign.Key}-{RankNames.Of(query.By)}.{(format == LeaderboardFormat.Csv ? "csv" : "xlsx")}\"";
            await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }
    }
}
