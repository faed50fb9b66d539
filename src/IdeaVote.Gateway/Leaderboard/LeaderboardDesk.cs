using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>Answers who asks for a leaderboard, if they may see it: as a file, or for a page that shows it.</summary>
internal sealed class LeaderboardDesk(
    CampaignCatalog catalog, CampaignAuditor auditor, TextDocuments documents, Positions positions, Pseudonyms pseudonyms, LeaderboardReader reader,
    [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    private readonly LeaderboardCache cache = new();

    /// <summary>Writes the leaderboard that a request asks for.</summary>
    /// <param name="context">The request; its route names the campaign.</param>
    /// <param name="given">How it is written; null for as the request says.</param>
    /// <exception cref="ApiException">400, 403, 404 or 409.</exception>
    public async Task AnswerAsync(HttpContext context, LeaderboardFormat? given)
    {
        await positions.AwaitAfterAsync(context);
        var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
        RequireSight(campaign, context.Caller());
        var query = LeaderboardQuery.Of(context.Request.Query, campaign, pseudonyms, positions);
        // After the parameters as a whole: one given twice is refused as such.
        var format = given ?? LeaderboardFormats.Of(context.Request);
        RequireRight(query, context.Caller());

        if (query.NamesBallots)
        {
            await SendNamedAsync(context, campaign, query, format);
            return;
        }
        var written = await WrittenAsync(campaign, query, new LeaderboardKey(campaign.Id, query.ToKey(), format), positions.After(context), context.RequestAborted);
        positions.WritePosition(context, written.Position);
        await SendAsync(context, campaign, query, format, written.Bytes);
    }

    /// <summary>Reads a question, if its caller may ask it.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="caller">Who asks.</param>
    /// <exception cref="ApiException">400, 403 or 409.</exception>
    public LeaderboardQuery Question(IQueryCollection query, CampaignView campaign, Caller caller)
    {
        RequireSight(campaign, caller);
        var question = LeaderboardQuery.Of(query, campaign, pseudonyms, positions);
        RequireRight(question, caller);
        return question;
    }

    /// <summary>Reads a leaderboard.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="query">Which, from <see cref="Question"/>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ApiException">409.</exception>
    public async ValueTask<LeaderboardBody> ReadAsync(CampaignView campaign, LeaderboardQuery query, CancellationToken cancellation) =>
        await BodyAsync(campaign, query, await reader.ReadAsync(campaign, query, Position.Start, -1, cancellation), cancellation);

    /// <summary>Makes sure that a caller may see any score.</summary>
    /// <exception cref="ApiException">403 <c>scores_hidden</c>.</exception>
    public void RequireSight(CampaignView campaign, Caller caller)
    {
        if (!caller.Has(Scopes.Export) && !campaign.ScoresVisible(Instant.From(time.GetUtcNow())))
            throw CommonProblems.ScoresHidden();
    }

    private static void RequireRight(LeaderboardQuery query, Caller caller)
    {
        if (query.IsRecount && !caller.Has(Scopes.Export))
            throw new ApiException(
                StatusCodes.Status403Forbidden, "forbidden",
                "Segments, times, weights and the past are for tokens with the scope export: few votes of a small group could be told apart by them.");
        if (query.NamesBallots && !caller.Has(Scopes.Export))
            throw NamedBallots.Forbidden();
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
        var body = await BodyAsync(campaign, query, read, cancellation);
        var written = new WrittenLeaderboard(read.Revision, texts, read.Position, LeaderboardWriter.Write(body, key.Format));
        if (!query.IsRecount)
            cache.Keep(key, written);
        return written;
    }

    private async ValueTask<LeaderboardBody> BodyAsync(CampaignView campaign, LeaderboardQuery query, LeaderboardRead read, CancellationToken cancellation) => new(
        campaign.Key, RankNames.Of(query.By), positions.Write(read.Position), query.ToTerms(), null, await WithTextsAsync(read.Rows!, cancellation));

    private async ValueTask<IReadOnlyList<RankedIdea>> WithTextsAsync(IReadOnlyList<RankedPlace> rows, CancellationToken cancellation)
    {
        var texts = await documents.ReadManyAsync([.. rows.Select(row => row.Text)], IdeaTextJson.Default.IdeaText, cancellation);
        return [.. rows.Select(row => Row(row, texts.GetValueOrDefault(row.Text.Id)))];
    }

    /// <summary>A row as it is answered.</summary>
    public static RankedIdea Row(RankedPlace row, IdeaText? text)
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
