using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking.Charts;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Gateway.Votes;
using IdeaVote.Sheets;
using Microsoft.AspNetCore.Builder;
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
        var leaderboard = api.ServiceProvider.GetRequiredService<LeaderboardDesk>();
        api.MapGet("/campaigns/{c}/leaderboard", context => leaderboard.AnswerAsync(context, null)).AllowsAnyone()
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
        api.MapGet("/campaigns/{c}/leaderboard.svg", context => leaderboard.AnswerAsync(context, LeaderboardFormat.Svg)).AllowsAnyone()
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
        .Problem(400, RefusalCode.UnknownCriterion, "missing_field", "invalid_text").Problem(403, "scores_hidden").Problem(404, RefusalCode.CampaignNotFound)
        .Problem(409, RefusalCode.MethodOff, "too_many_ideas", "not_settled");
}
