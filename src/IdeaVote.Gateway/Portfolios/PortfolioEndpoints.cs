using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.OpenApi;
using IdeaVote.Sheets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>Which ideas a fund pays for.</summary>
internal static class PortfolioEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapPortfolio(this IEndpointRouteBuilder api)
    {
        var answers = api.ServiceProvider.GetRequiredService<PortfolioAnswers>();
        api.MapGet("/campaigns/{c}/portfolio", context => answers.AnswerAsync(context, null)).AllowsAnyone()
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
        api.MapGet("/campaigns/{c}/election.pb", answers.AnswerFileAsync).Requires(Scopes.Export)
            .Describe("Export the election", doc => doc.ReadsAfter()
                .Query("from", $"Which votes: {CountFroms.Known}; the first whose method is on unless given.", "approvals")
                .Query("asOf", "A time at least a minute ago, or a position.")
                .Note("In the format of Pabulib, pabulib.org/format. Voters are numbered in the order of their first votes. Projects are called by their " +
                    "references; by the ids of ideas where there is none, or one that the format can't hold. Ratings become points. The file's `comment` names " +
                    "the position and the SHA-256 of the ballots counted.")
                .Answer(200, PortfolioAnswers.PbType)
                .Problem(404, RefusalCode.CampaignNotFound).Problem(409, RefusalCode.MethodOff, "not_settled").Problem(503, "overloaded"));
    }
}
