using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IdeaVote.Gateway.Votes;

/// <summary>Duels: which of two ideas is the better.</summary>
internal static class DuelEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    /// <param name="ballots">Casts.</param>
    public static void MapDuels(this IEndpointRouteBuilder api, BallotCaster ballots)
    {
        ReadBallot decide = Decide, takeBack = TakeBack;
        Map(api.MapPut("/campaigns/{c}/duels", context => ballots.CastAsync(context, VoteCaster.MaxBytes, decide, AnswerAsync)), "Decide a duel");
        Map(api.MapDelete("/campaigns/{c}/duels", context => ballots.CastAsync(context, VoteCaster.MaxBytes, takeBack, AnswerAsync)), "Take a duel back");
    }

    private static void Map(IEndpointConventionBuilder endpoint, string summary) => endpoint
        .Requires(Scopes.Vote | Scopes.VoteAny)
        .Describe(summary, doc => VoteDoc.Cast(doc)
            .Note("A voter decides each pair of ideas once; deciding it again replaces the decision.")
            .Takes(VotesJson.Default.DuelRequest, """{"better":"ref:bike-lanes","worse":"ref:more-trees"}""", VoteCaster.MaxBytes)
            .Answer(200, VotesJson.Default.DuelAnswer)
            .Problem(400, RefusalCode.InvalidOrder));

    private static Refusal? Decide(ReadOnlySpan<byte> body, CampaignView campaign, IdeaNames names, out VoteCommand? command)
    {
        var refusal = Read(body, names, out var better, out var worse);
        command = new CastDuel(better, worse, better);
        return refusal;
    }

    private static Refusal? TakeBack(ReadOnlySpan<byte> body, CampaignView campaign, IdeaNames names, out VoteCommand? command)
    {
        var refusal = Read(body, names, out var better, out var worse);
        command = new CastDuel(better, worse, null);
        return refusal;
    }

    private static Refusal? Read(ReadOnlySpan<byte> body, IdeaNames names, out IdeaId better, out IdeaId worse)
    {
        var request = RequestBody.Parse(body, VotesJson.Default.DuelRequest);
        worse = default;
        if (!names.TryResolve(request.Better, out better))
            return IdeaNames.NotFound("better");
        return names.TryResolve(request.Worse, out worse) ? null : IdeaNames.NotFound("worse");
    }

    private static Task AnswerAsync(HttpContext context, CampaignView campaign, Voter voter)
    {
        var rules = campaign.State.Rules;
        var answer = new DuelAnswer(voter.Ballot.Duels.Count, new BallotLeft(voter.Version, voter.ApprovalsLeft(rules), voter.CreditsLeft(rules)));
        return JsonResponse.WriteAsync(context, StatusCodes.Status200OK, answer, VotesJson.Default.DuelAnswer);
    }
}
