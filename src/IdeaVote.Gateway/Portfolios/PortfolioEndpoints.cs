using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Leaderboard;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Texts;
using IdeaVote.Sheets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>Which ideas a fund pays for.</summary>
internal static class PortfolioEndpoints
{
    private const string PbType = "text/plain; charset=utf-8";

    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapPortfolio(this IEndpointRouteBuilder api)
    {
        var handlers = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider, new PortfolioDesk());
        api.MapGet("/campaigns/{c}/portfolio", handlers.GetAsync).AllowsAnyone()
            .Describe("Divide the fund", doc => doc.ReadsAfter()
                .Query("rule", $"One of {MethodNames.Known(MethodNames.Rules)}; equal-shares unless given.", "equal-shares")
                .Query("fund", "The money to spend; the campaign's fund unless given.", "50000")
                .Query("utility", $"For equal-shares, what an idea is worth to who supports it: {MethodNames.Known(MethodNames.Utilities)}; cost unless given.", "cost")
                .Query("completion", $"For equal-shares, what becomes of the money left: {MethodNames.Known(MethodNames.Completions)}; add1u unless given.", "add1u")
                .Query("from", $"Which votes count: {CountFroms.Known}; the first whose method is on unless given.", "approvals")
                .Query("payments", "With the scope export: true to list every payment, of which there can be thousands.", "false")
                .Query("asOf", "With the scope export: a time at least a minute ago, or a position.")
                .Query("format", "json, csv or xlsx; by `Accept` unless given.", "json")
                .Query(NamedBallots.Parameter, NamedBallots.Meaning, "sha256")
                .Note("For anyone once scores are visible, before that for the scope export. Ranked ideas with a cost are considered. An approval weighs 1, " +
                    "a rating its stars, an investment its credits, a place in an order its Borda points. Whoever has a vote of that kind is a voter. " +
                    "Ties are decided by references, and ids of ideas without one. One portfolio is worked out at a time. With `ballots=sha256` CSV has four columns more, " +
                    "`campaign,position,parameters,ballots`, with values on the first row, and a spreadsheet a second sheet, About.")
                .Answer(200, PortfolioJson.Default.PortfolioBody)
                .Answer(200, "text/csv")
                .Answer(200, SheetWriter.ContentType)
                .Problem(400, "fund_required").Problem(403, "scores_hidden").Problem(404, RefusalCode.CampaignNotFound)
                .Problem(409, RefusalCode.MethodOff, RefusalCode.AllocationTooLarge, "not_settled").Problem(503, "overloaded"));
        api.MapGet("/campaigns/{c}/election.pb", handlers.GetFileAsync).Requires(Scopes.Export)
            .Describe("Export the election", doc => doc.ReadsAfter()
                .Query("from", $"Which votes: {CountFroms.Known}; the first whose method is on unless given.", "approvals")
                .Query("asOf", "A time at least a minute ago, or a position.")
                .Note("In the format of Pabulib, pabulib.org/format. Voters are numbered in the order of their first votes. Projects are called by their " +
                    "references; by the ids of ideas where there is none, or one that the format can't hold. Ratings become points. The file's `comment` names " +
                    "the position and the SHA-256 of the ballots counted.")
                .Answer(200, PbType)
                .Problem(404, RefusalCode.CampaignNotFound).Problem(409, RefusalCode.MethodOff, "not_settled").Problem(503, "overloaded"));
    }

    private sealed class Handlers(
        IEngine engine, CampaignCatalog catalog, CampaignAuditor auditor, TextDocuments documents, Positions positions, PortfolioDesk desk,
        [FromKeyedServices(VoteClock.Key)] TimeProvider time)
    {
        private readonly FoldedElections elections = new(engine);
        private readonly AsOfPositions past = new(engine, time);

        public async Task GetAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var isAnalyst = context.Caller().Has(Scopes.Export);
            if (!isAnalyst && !campaign.ScoresVisible(Instant.From(time.GetUtcNow())))
                throw CommonProblems.ScoresHidden();
            var query = PortfolioQuery.Of(context.Request.Query, campaign, positions);
            var format = LeaderboardFormats.Of(context.Request);
            if (format == LeaderboardFormat.JsonLines)
                throw CommonProblems.Invalid("format", "The formats are json, csv and xlsx.");
            if (query.IsForAnalysts && !isAnalyst)
                throw new ApiException(
                    StatusCodes.Status403Forbidden, "forbidden", "Single payments and the past are for tokens with the scope export: single votes could be told apart by them.");

            if (query.NamesBallots && !isAnalyst)
                throw NamedBallots.Forbidden();

            var upTo = await past.PositionOfAsync(campaign.Id, query.AsOf, context.RequestAborted);
            // Read before the texts: an erasure in between must make what is worked out now stale.
            var key = $"{campaign.Id}|{upTo}|{query with { NamesBallots = false }}|{documents.Forgotten}|{campaign.State.Text.Id}";
            var body = await desk.GetAsync(key, token => MakeAsync(campaign, query, upTo, token), context.RequestAborted);
            positions.WritePosition(context, upTo);
            if (query.NamesBallots)
                body = await NamedAsync(context, campaign, upTo, body);
            await SendAsync(context, campaign, format, body);
        }

        private async Task<PortfolioBody> NamedAsync(HttpContext context, CampaignView campaign, Position upTo, PortfolioBody body)
        {
            var audited = await auditor.ReplayAsync(campaign.Id, upTo, context.RequestAborted);
            context.Response.Headers[BallotFileEndpoints.Sha256Header] = audited.BallotsSha256;
            context.Response.Headers.CacheControl = "no-store";
            return body with { Position = audited.Position, Ballots = audited.BallotsSha256 };
        }

        public async Task GetFileAsync(HttpContext context)
        {
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var query = context.Request.Query;
            QueryStrings.Check(query, "from", "asOf");
            var from = WantedVotes.Parse(QueryStrings.Text(query, "from", 20), campaign.State.Rules);
            var upTo = await past.PositionOfAsync(campaign.Id, AsOfPositions.Parse(query, positions), context.RequestAborted);
            // An election of its own, which nobody else brings up to date while it is being sent.
            var election = new FoldedElection(engine, campaign.Id, from);
            var ideas = await desk.WorkAsync(
                async token =>
                {
                    await election.FoldAsync(upTo, token);
                    return await PbIdeas.OfAsync(election.Election, documents, token);
                },
                context.RequestAborted);
            var audited = await auditor.ReplayAsync(campaign.Id, upTo, context.RequestAborted);
            positions.WritePosition(context, upTo);
            context.Response.Headers[BallotFileEndpoints.Sha256Header] = audited.BallotsSha256;
            context.Response.ContentType = PbType;
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{campaign.Key}.pb\"";
            await new PbFile(campaign, election.Election, ideas, $"position {audited.Position}, from={CountFroms.Of(from)}, ballots sha256 {audited.BallotsSha256}").WriteAsync(context.Response.BodyWriter, context.RequestAborted);
        }

        private async Task<PortfolioBody> MakeAsync(CampaignView campaign, PortfolioQuery query, Position upTo, CancellationToken cancellation)
        {
            var folded = await elections.GetAsync(campaign.Id, query.From, upTo, query.IsPast, cancellation);
            var fund = query.FundOr(folded.Election.Rules?.Fund);
            var setup = await ElectionSetup.OfAsync(folded.Election, documents, cancellation);
            return new PortfolioReport(setup, setup.Projects.ToElection(folded.Election, fund), query).Make(campaign, positions.Write(upTo), cancellation.ThrowIfCancellationRequested);
        }

        private static async Task SendAsync(HttpContext context, CampaignView campaign, LeaderboardFormat format, PortfolioBody body)
        {
            var response = context.Response;
            var bytes = format switch
            {
                LeaderboardFormat.Csv => PortfolioWriter.Csv(body),
                LeaderboardFormat.Xlsx => PortfolioWriter.Sheet(body),
                _ => PortfolioWriter.Json(body),
            };
            response.ContentType = LeaderboardFormats.ContentType(format);
            response.ContentLength = bytes.Length;
            response.Headers.Vary = "Accept";
            if (format != LeaderboardFormat.Json)
                response.Headers.ContentDisposition = $"attachment; filename=\"{campaign.Key}-portfolio.{(format == LeaderboardFormat.Csv ? "csv" : "xlsx")}\"";
            await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }
    }
}
