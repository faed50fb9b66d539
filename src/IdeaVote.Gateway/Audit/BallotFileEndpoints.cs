using System.Collections.Frozen;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
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
                    In CSV a text that a spreadsheet could take for a formula begins with an apostrophe.
                    """)
                .Query("format", "jsonl or csv; jsonl unless given.", "jsonl")
                .Query("position", "The ballots at this position, which the feed gave; those of now unless given.")
                .Answer(200, JsonResponse.NdJson).Answer(200, "text/csv")
                .Problem(400, "invalid_position").Problem(404, RefusalCode.CampaignNotFound).Problem(500, "feed_broken").Problem(503, "not_yet"));
    }

    private sealed class Handlers(CampaignCatalog catalog, CampaignAuditor auditor, TextDocuments documents, Positions positions)
    {
        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var query = context.Request.Query;
            QueryStrings.Check(query, "format", "position");
            var isCsv = IsCsv(query["format"].ToString());
            var audited = await auditor.ReplayAsync(campaign.Id, positions.Wanted(query), context.RequestAborted);
            var references = isCsv ? await ReferencesAsync(audited, context.RequestAborted) : FrozenDictionary<IdeaId, string>.Empty;

            var response = context.Response;
            response.ContentType = isCsv ? Csv : JsonResponse.NdJson;
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentDisposition = $"attachment; filename=\"{campaign.Key}-ballots.{(isCsv ? "csv" : "jsonl")}\"";
            response.Headers[Positions.Header] = audited.Position;
            response.Headers[Sha256Header] = audited.BallotsSha256;
            await (isCsv
                ? BallotFile.WriteCsvAsync(response.BodyWriter, audited.Replay.Ballots, references, context.RequestAborted)
                : BallotFile.WriteLinesAsync(response.BodyWriter, audited.Replay.Ballots, context.RequestAborted));
        }

        private static bool IsCsv(string format) => format switch
        {
            "" or "jsonl" => false,
            "csv" => true,
            _ => throw CommonProblems.Invalid("format", "The formats are jsonl and csv."),
        };

        /// <summary>What those who submitted the ideas call them.</summary>
        private async ValueTask<IReadOnlyDictionary<IdeaId, string>> ReferencesAsync(AuditedCampaign audited, CancellationToken cancellation)
        {
            var references = new Dictionary<IdeaId, string>();
            foreach (var some in audited.Replay.Board.Ideas.Chunk(TextsAtOnce))
            {
                var texts = await documents.ReadManyAsync([.. some.Select(idea => idea.Text)], IdeaTextJson.Default.IdeaText, cancellation);
                foreach (var idea in some)
                    if (texts.GetValueOrDefault(idea.Text.Id)?.Reference is { } reference)
                        references.Add(idea.Id, reference);
            }
            return references;
        }
    }
}
