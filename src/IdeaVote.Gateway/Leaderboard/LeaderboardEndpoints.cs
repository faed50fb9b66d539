using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine.Access;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ranking = IdeaVote.Domain.Ranking.Leaderboard;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>The ranking of a campaign's ideas.</summary>
internal static class LeaderboardEndpoints
{
    private const int MaxTop = 1_000;
    private const int DefaultTop = 100;

    /// <summary>Maps the endpoint.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapLeaderboard(this IEndpointRouteBuilder api)
    {
        var leaderboard = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider, new LeaderboardCache());
        api.MapGet("/campaigns/{c}/leaderboard", leaderboard.GetAsync).AllowsAnyone()
            .Describe("Rank the ideas", doc => doc.ReadsAfter()
                .Query("by", "approvals, rating or invested; the first of them that is on unless given.", "approvals")
                .Query("top", $"How many rows, 1 to {MaxTop}; {DefaultTop} unless given.", "100")
                .Query("format", "json, csv or jsonl; by `Accept` unless given.", "json")
                .Note("For anyone once scores are visible, before that for the scope export. Declined, withdrawn and merged ideas are not ranked. " +
                    "In CSV a text that a spreadsheet could take for a formula begins with an apostrophe.")
                .Answer(200, LeaderboardJson.Default.LeaderboardBody)
                .Answer(200, "text/csv")
                .Answer(200, LeaderboardJson.Default.RankedIdea, JsonResponse.NdJson)
                .Problem(403, "scores_hidden").Problem(404, RefusalCode.CampaignNotFound).Problem(409, RefusalCode.MethodOff));
    }

    private sealed class Handlers(
        IEngine engine, CampaignCatalog catalog, TextDocuments documents, Positions positions, LeaderboardCache cache, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
    {
        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var query = context.Request.Query;
            QueryStrings.Check(query, "by", "top", "format");
            var format = LeaderboardFormats.Of(context.Request);
            var top = QueryStrings.Number(query, "top", 1, MaxTop, DefaultTop);
            var name = QueryStrings.Text(query, "by", maxChars: 20);
            if (!context.Caller().Has(Scopes.Export) && !campaign.ScoresVisible(Instant.From(time.GetUtcNow())))
                throw CommonProblems.ScoresHidden();
            var by = RankNames.Parse(name, campaign.State.Rules);

            var key = new LeaderboardKey(campaign.Id, by, top, format);
            var written = await WrittenAsync(campaign, key, context.RequestAborted);
            positions.WritePosition(context, written.Position);
            await SendAsync(context, campaign, key, written.Bytes);
        }

        private async ValueTask<WrittenLeaderboard> WrittenAsync(CampaignView campaign, LeaderboardKey key, CancellationToken cancellation)
        {
            var known = cache.Find(key);
            // Read before the texts: an erasure in between must make what is written now stale.
            var texts = documents.Forgotten;
            var knownRevision = known is not null && known.Texts == texts ? known.Revision : -1;
            var (revision, position, rows) = await engine.QueryAsync(campaign.Id, (board, at) =>
                (board.Revision, at, board.Revision == knownRevision ? null : Places(Ranking.Top(board, key.By, key.Top))), cancellation);
            if (rows is null)
                return known!;
            var body = new LeaderboardBody(
                campaign.Key, RankNames.Of(key.By), positions.Write(position), await WithTextsAsync(rows, cancellation));
            var written = new WrittenLeaderboard(revision, texts, position, LeaderboardWriter.Write(body, key.Format));
            cache.Keep(key, written);
            return written;
        }

        /// <summary>Copies off the board what must not change while texts are read.</summary>
        private static Place[] Places(IReadOnlyList<LeaderboardRow> rows) =>
            [.. rows.Select(row => new Place(row.Rank, row.Idea.Id, row.Idea.Text, row.Score, row.Votes))];

        private async ValueTask<IReadOnlyList<RankedIdea>> WithTextsAsync(Place[] rows, CancellationToken cancellation)
        {
            var texts = await documents.ReadManyAsync([.. rows.Select(row => row.Text)], IdeaTextJson.Default.IdeaText, cancellation);
            return [.. rows.Select(row => row.WithText(texts.GetValueOrDefault(row.Text.Id)))];
        }

        private static async Task SendAsync(HttpContext context, CampaignView campaign, LeaderboardKey key, byte[] bytes)
        {
            var response = context.Response;
            response.ContentType = LeaderboardFormats.ContentType(key.Format);
            response.ContentLength = bytes.Length;
            response.Headers.Vary = "Accept";
            if (key.Format == LeaderboardFormat.Csv)
                response.Headers.ContentDisposition = $"attachment; filename=\"{campaign.Key}-{RankNames.Of(key.By)}.csv\"";
            await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }

        private sealed record Place(int Rank, IdeaId Idea, TextRef Text, decimal? Score, int Votes)
        {
            public RankedIdea WithText(IdeaText? text) => new(Rank, Idea.ToString(), text?.Reference, text?.Title, Score, Votes);
        }
    }
}
