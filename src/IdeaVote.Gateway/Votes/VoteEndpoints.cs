using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Votes;

/// <summary>Single votes: approval, rating and investment of one voter on one idea; and, beside them, votes on several.</summary>
internal static class VoteEndpoints
{
    private const string Idea = "/campaigns/{c}/ideas/{i}";

    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapVotes(this IEndpointRouteBuilder api)
    {
        var electors = ActivatorUtilities.CreateInstance<Electors>(api.ServiceProvider);
        var ballots = ActivatorUtilities.CreateInstance<BallotCaster>(api.ServiceProvider, electors);
        api.MapOwnBallot(ballots);
        api.MapOrder(ballots);
        api.MapDuels(ballots);
        var votes = ActivatorUtilities.CreateInstance<VoteCaster>(api.ServiceProvider, electors);

        ReadVote approve = Approve, rate = Rate, invest = Invest;
        Map(api.MapPut($"{Idea}/approval", context => CastAnyBodyAsync(votes, context, approve)), "Approve an idea",
            doc => doc.Takes(VotesJson.Default.ApprovalBody, "{}", VoteCaster.MaxBytes, required: false).Problem(409, RefusalCode.ApprovalsExceeded));
        Map(api.MapPut($"{Idea}/rating", context => CastJsonAsync(votes, context, rate)), "Rate an idea",
            doc => doc.Takes(VotesJson.Default.RatingBody, """{"scores":{"overall":4}}""", VoteCaster.MaxBytes)
                .Problem(400, RefusalCode.InvalidScores, RefusalCode.UnknownCriterion));
        Map(api.MapPut($"{Idea}/investment", context => CastJsonAsync(votes, context, invest)), "Invest in an idea",
            doc => doc.Takes(VotesJson.Default.InvestmentBody, """{"credits":30}""", VoteCaster.MaxBytes)
                .Problem(400, RefusalCode.InvalidCredits)
                .Problem(409, RefusalCode.BudgetExceeded, RefusalCode.InvestmentTooSmall, RefusalCode.InvestmentTooLarge));

        ReadVote disapprove = Disapprove, unrate = Unrate, divest = Divest;
        Map(api.MapDelete($"{Idea}/approval", context => votes.CastAsync(context, default, disapprove)), "Take an approval back");
        Map(api.MapDelete($"{Idea}/rating", context => votes.CastAsync(context, default, unrate)), "Take a rating back");
        Map(api.MapDelete($"{Idea}/investment", context => votes.CastAsync(context, default, divest)), "Take an investment back");
    }

    private static void Map(IEndpointConventionBuilder endpoint, string summary, Action<EndpointDoc>? more = null) => endpoint
        .Requires(Scopes.Vote | Scopes.VoteAny)
        .Describe(summary, doc =>
        {
            doc.Answer(200, VotesJson.Default.VoteAnswer)
                .Note("A vote is a state, not a step: repeating it changes nothing. The answer's `tally` is null while scores are hidden.");
            VoteDoc.Cast(doc);
            more?.Invoke(doc);
        });

    private static async Task CastJsonAsync(VoteCaster votes, HttpContext context, ReadVote read)
    {
        using var body = await RequestBody.ReadBytesAsync(context, VoteCaster.MaxBytes);
        await votes.CastAsync(context, body.Memory, read);
    }

    private static async Task CastAnyBodyAsync(VoteCaster votes, HttpContext context, ReadVote read)
    {
        using var body = await PooledBody.ReadAsync(context, VoteCaster.MaxBytes);
        await votes.CastAsync(context, body.Memory, read);
    }

    private static Refusal? Approve(ReadOnlySpan<byte> body, CampaignView campaign, IdeaId idea, out VoteCommand? command)
    {
        command = new CastApproval(idea, Approve: true);
        return VoteBodies.ReadNothing(body);
    }

    private static Refusal? Rate(ReadOnlySpan<byte> body, CampaignView campaign, IdeaId idea, out VoteCommand? command)
    {
        var refusal = VoteBodies.ReadRating(body, CriterionKeys.Of(campaign), out var scores);
        command = new CastRating(idea, scores);
        return refusal;
    }

    private static Refusal? Invest(ReadOnlySpan<byte> body, CampaignView campaign, IdeaId idea, out VoteCommand? command)
    {
        var refusal = VoteBodies.ReadInvestment(body, campaign.State.Rules.Invest is { IsQuadratic: true }, out var credits);
        command = new CastInvestment(idea, credits);
        return refusal;
    }

    private static Refusal? Disapprove(ReadOnlySpan<byte> body, CampaignView campaign, IdeaId idea, out VoteCommand? command)
    {
        command = new CastApproval(idea, Approve: false);
        return null;
    }

    private static Refusal? Unrate(ReadOnlySpan<byte> body, CampaignView campaign, IdeaId idea, out VoteCommand? command)
    {
        command = new CastRating(idea, Scores.None);
        return null;
    }

    private static Refusal? Divest(ReadOnlySpan<byte> body, CampaignView campaign, IdeaId idea, out VoteCommand? command)
    {
        command = new CastInvestment(idea, 0);
        return null;
    }
}
