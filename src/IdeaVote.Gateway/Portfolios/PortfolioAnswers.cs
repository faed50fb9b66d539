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
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>Answers who asks which ideas a fund pays for, if they may see it: as a file, or for a page that shows it.</summary>
internal sealed class PortfolioAnswers(
    IEngine engine, CampaignCatalog catalog, CampaignAuditor auditor, TextDocuments documents, Positions positions, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    /// <summary>The content type of election files.</summary>
    public const string PbType = "text/plain; charset=utf-8";

    private readonly PortfolioDesk desk = new();
    private readonly FoldedElections elections = new(engine);
    private readonly AsOfPositions past = new(engine, time);

    /// <summary>Writes the portfolio that a request asks for.</summary>
    /// <param name="context">The request; its route names the campaign.</param>
    /// <param name="given">How it is written, as JSON, CSV or a spreadsheet; null for as the request says.</param>
    /// <exception cref="ApiException">400, 403, 404, 409 or 503.</exception>
    public async Task AnswerAsync(HttpContext context, LeaderboardFormat? given)
    {
        await positions.AwaitAfterAsync(context);
        var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
        RequireSight(campaign, context.Caller());
        var query = PortfolioQuery.Of(context.Request.Query, campaign, positions);
        var format = given ?? LeaderboardFormats.Of(context.Request);
        if (format == LeaderboardFormat.JsonLines)
            throw CommonProblems.Invalid("format", "The formats are json, csv and xlsx.");
        RequireRight(query, context.Caller());

        var (body, upTo) = await ReadAsync(campaign, query, context.RequestAborted);
        positions.WritePosition(context, upTo);
        await SendAsync(context, campaign, format, query.NamesBallots ? await NamedAsync(context, campaign, upTo, body) : body);
    }

    /// <summary>Reads a question, if its caller may ask it.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="caller">Who asks.</param>
    /// <exception cref="ApiException">400, 403 or 409.</exception>
    public PortfolioQuery Question(IQueryCollection query, CampaignView campaign, Caller caller)
    {
        RequireSight(campaign, caller);
        var question = PortfolioQuery.Of(query, campaign, positions);
        RequireRight(question, caller);
        return question;
    }

    /// <summary>Works a portfolio out, or takes what came of the same question before.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="query">Which, from <see cref="Question"/>.</param>
    /// <param name="cancellation">Ends waiting and work.</param>
    /// <returns>The portfolio, and the position it counts.</returns>
    /// <exception cref="ApiException">400, 409 or 503.</exception>
    public async ValueTask<(PortfolioBody Body, Position UpTo)> ReadAsync(CampaignView campaign, PortfolioQuery query, CancellationToken cancellation)
    {
        var upTo = await past.PositionOfAsync(campaign.Id, query.AsOf, cancellation);
        // Read before the texts: an erasure in between must make what is worked out now stale.
        var key = $"{campaign.Id}|{upTo}|{query with { NamesBallots = false }}|{documents.Forgotten}|{campaign.State.Text.Id}";
        return (await desk.GetAsync(key, token => MakeAsync(campaign, query, upTo, token), cancellation), upTo);
    }

    /// <summary>Makes sure that a caller may see any score.</summary>
    /// <exception cref="ApiException">403 <c>scores_hidden</c>.</exception>
    public void RequireSight(CampaignView campaign, Caller caller)
    {
        if (!caller.Has(Scopes.Export) && !campaign.ScoresVisible(Instant.From(time.GetUtcNow())))
            throw CommonProblems.ScoresHidden();
    }

    /// <summary>Writes the election file that a request asks for.</summary>
    /// <exception cref="ApiException">400, 404, 409 or 503.</exception>
    public async Task AnswerFileAsync(HttpContext context)
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

    private static void RequireRight(PortfolioQuery query, Caller caller)
    {
        if (query.IsForAnalysts && !caller.Has(Scopes.Export))
            throw new ApiException(
                StatusCodes.Status403Forbidden, "forbidden", "Single payments and the past are for tokens with the scope export: single votes could be told apart by them.");
        if (query.NamesBallots && !caller.Has(Scopes.Export))
            throw NamedBallots.Forbidden();
    }

    private async Task<PortfolioBody> NamedAsync(HttpContext context, CampaignView campaign, Position upTo, PortfolioBody body)
    {
        var audited = await auditor.ReplayAsync(campaign.Id, upTo, context.RequestAborted);
        context.Response.Headers[BallotFileEndpoints.Sha256Header] = audited.BallotsSha256;
        context.Response.Headers.CacheControl = "no-store";
        return body with { Position = audited.Position, Ballots = audited.BallotsSha256 };
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
