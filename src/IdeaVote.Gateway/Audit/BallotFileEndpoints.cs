using System.Collections.Frozen;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Audit;

/// <summary>All standing ballots as a file.</summary>
internal static class BallotFileEndpoints
{
    /// <summary>The header that says the SHA-256 of the ballots' canonical form, whatever the format of the file.</summary>
    public const string Sha256Header = "IdeaVote-Ballots-Sha256";

    private const string Csv = "text/csv; charset=utf-8; header=present";
    private const int TextsAtOnce = 500;

    /// <summary>Maps the endpoint.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapBallotFile(this IEndpointRouteBuilder api)
    {
        var ballots = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapGet("/campaigns/{c}/ballots", ballots.GetAsync).Requires(Scopes.Export)
            .Describe("Read all standing ballots", doc => doc.ReadsAfter()
                .Note($$"""
                    `jsonl`: a line a ballot, in the canonical form that a head's `ballots` is the SHA-256 of. `csv`: a line a vote,
                    `voter,idea,reference,method,value,segment,first`: value is 1 for an approval, the stars on each criterion with `|` between for a rating,
                    the credits of an investment, the place in an order from 1, and for a duel the id of the idea that lost to `idea`.
                    Voters and segments are pseudonyms. `{{Positions.Header}}` says the position of the last event included, `{{Sha256Header}}` the SHA-256.
                    In CSV a text that a spreadsheet could take for a formula begins with an apostrophe. Two are sent at a time; others wait, up to half a minute.
                    """)
                .Query("format", "jsonl or csv; jsonl unless given.", "jsonl")
                .Query("position", "The ballots at this position, which the feed gave; those of now unless given.")
                .Answer(200, JsonResponse.NdJson).Answer(200, "text/csv")
                .Problem(400, "invalid_position").Problem(404, RefusalCode.CampaignNotFound).Problem(500, "feed_broken").Problem(503, "not_yet", "overloaded"));
    }

    private sealed class Handlers(CampaignCatalog catalog, IEngine engine, BallotDesk desk, TextDocuments documents, Positions positions)
    {
        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var query = context.Request.Query;
            QueryStrings.Check(query, "format", "position");
            var isCsv = IsCsv(query["format"].ToString());
            var wanted = positions.Wanted(query);
            try
            {
                var upTo = await engine.UpToAsync(campaign.Id, wanted, context.RequestAborted);
                await desk.ReadAsync(campaign.Id, upTo, folded => SendAsync(context, campaign.Key, folded, isCsv), context.RequestAborted);
            }
            catch (AuditException e)
            {
                throw AuditPositions.Broken(e, wanted);
            }
        }

        private async Task SendAsync(HttpContext context, string campaign, FoldedBallots folded, bool isCsv)
        {
            if (folded.Last.IsStart)
                throw AuditPositions.TooEarly();
            var (response, stop) = (context.Response, context.RequestAborted);
            var references = isCsv ? await ReferencesAsync(folded.Campaign, stop) : FrozenDictionary<IdeaId, string>.Empty;
            response.ContentType = isCsv ? Csv : JsonResponse.NdJson;
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentDisposition = $"attachment; filename=\"{campaign}-ballots.{(isCsv ? "csv" : "jsonl")}\"";
            response.Headers[Positions.Header] = positions.WriteAlike(folded.Last);
            response.Headers[Sha256Header] = folded.Ballots.Sha256();
            await (isCsv
                ? BallotFile.WriteCsvAsync(response.BodyWriter, folded.Ballots, references, stop)
                : BallotFile.WriteLinesAsync(response.BodyWriter, folded.Ballots, stop));
        }

        private static bool IsCsv(string format) => format switch
        {
            "" or "jsonl" => false,
            "csv" => true,
            _ => throw CommonProblems.Invalid("format", "The formats are jsonl and csv."),
        };

        /// <summary>What those who submitted the ideas call them, which never changes.</summary>
        private async ValueTask<IReadOnlyDictionary<IdeaId, string>> ReferencesAsync(CampaignId campaign, CancellationToken cancellation)
        {
            var ideas = await engine.QueryAsync(campaign, static (board, _) => board.Ideas.Select(idea => (idea.Id, idea.Text)).ToArray(), cancellation);
            var references = new Dictionary<IdeaId, string>();
            foreach (var some in ideas.Chunk(TextsAtOnce))
            {
                var texts = await documents.ReadManyAsync([.. some.Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, cancellation);
                foreach (var (idea, text) in some)
                    if (texts.GetValueOrDefault(text.Id)?.Reference is { } reference)
                        references.Add(idea, reference);
            }
            return references;
        }
    }
}
