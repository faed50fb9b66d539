using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace IdeaVote.Gateway.Ballots;

/// <summary>Many voters' whole ballots in one request, streamed both ways.</summary>
internal static class BallotsEndpoints
{
    /// <summary>The largest body.</summary>
    public const long MaxBodyBytes = 1024L * 1024 * 1024;

    private const string Example =
        """{"line":1,"voter":"v-1001","segment":"north","approve":["ref:bike-lanes"],"rate":{"ref:more-trees":{"overall":4}},"invest":{"ref:playground":30}}""";

    /// <summary>Maps the endpoint.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapBallots(this IEndpointRouteBuilder api)
    {
        var electors = ActivatorUtilities.CreateInstance<Electors>(api.ServiceProvider);
        var ballots = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider, electors);
        api.MapPost("/campaigns/{c}/ballots", ballots.PostAsync)
            .Requires(Scopes.VoteAny)
            .Describe("Cast many voters' ballots, one a line", doc => doc
                .Takes(JsonResponse.NdJson, Example, BallotsJson.Default.BallotLineBody)
                .Answer(200, BallotsJson.Default.BallotResultBody, JsonResponse.NdJson)
                .Note($"""
                    Each line replaces that voter's whole ballot, all or nothing, and gets one line of result, in order. A refused line
                    changes nothing and stops nothing. Sending the same lines again changes nothing. Results come while lines are still being
                    sent; about {BallotStream.MaxWaitingResults} of them wait for a caller who does not read yet. A line has at most {LineSplitter.MaxLineBytes} bytes
                    and {Ballot.MaxVotes} votes, a body at most {MaxBodyBytes} bytes. Empty lines are passed over. `line` defaults to the line's place in the body.
                    Codes of refused lines are those of single votes, and `malformed_json`, `unknown_field`, `duplicate_field`, `invalid_field`,
                    `invalid_voter`, `voter_required`, `line_too_long`, `incomplete_line`, `too_large`, `overloaded` and `outcome_unknown`
                    (send the line again after these two).
                    """)
                .Problem(404, RefusalCode.CampaignNotFound).Problem(413, "too_large"));
    }

    private static bool IsLines(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var media)
        && (media.MediaType.Equals(JsonResponse.NdJson, StringComparison.OrdinalIgnoreCase)
            || media.MediaType.Equals("application/jsonl", StringComparison.OrdinalIgnoreCase))
        && (!media.Charset.HasValue || HeaderUtilities.RemoveQuotes(media.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private sealed class Handlers(IEngine engine, CampaignCatalog catalog, Electors electors, Pseudonyms pseudonyms, IHostApplicationLifetime lifetime)
    {
        public async Task PostAsync(HttpContext context)
        {
            if (!IsLines(context.Request.ContentType))
                throw new ApiException(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type",
                    $"Send the ballots as lines of JSON in UTF-8 with 'Content-Type: {JsonResponse.NdJson}'.");
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            if (context.Request.ContentLength > MaxBodyBytes)
                throw new ApiException(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body is at most {MaxBodyBytes} bytes; send several requests.");
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = MaxBodyBytes;

            context.Response.ContentType = JsonResponse.NdJson;
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var caller = context.Caller();
            var manages = caller.Has(Scopes.Manage);
            var intake = new BallotIntake(
                engine, electors, pseudonyms, campaign, cancellation => catalog.GetAsync(campaign.Key, cancellation));
            var stream = new BallotStream(intake, (ballot, refusal) =>
                BallotBlame.ExplainAsync(engine, campaign.Id, refusal, ballot.Votes!, new Viewer(manages, SeesHiddenScores: false, ballot.Voter)),
                position => engine.WaitAsync(position, Patience, CancellationToken.None));
            await stream.RunAsync(context.Request.BodyReader, context.Response.BodyWriter, lifetime.ApplicationStopping, context.RequestAborted);
        }
    }
}
