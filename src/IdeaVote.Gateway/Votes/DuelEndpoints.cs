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
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Votes;

/// <summary>Duels: which of two ideas is the better.</summary>
internal static class DuelEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    /// <param name="ballots">Casts.</param>
    public static void MapDuels(this IEndpointRouteBuilder api, BallotCaster ballots)
    {
        ReadBallot decide = Decide;
        var next = ActivatorUtilities.CreateInstance<NextDuel>(
            api.ServiceProvider, ActivatorUtilities.CreateInstance<DuelChooser>(api.ServiceProvider));
        api.MapPut("/campaigns/{c}/duels", context => ballots.CastAsync(context, VoteCaster.MaxBytes, decide, AnswerAsync))
            .Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("Decide a duel", doc => VoteDoc.Cast(doc)
                .Note("A voter decides each pair of ideas once; deciding it again replaces the decision.")
                .Takes(VotesJson.Default.DuelRequest, """{"better":"ref:bike-lanes","worse":"ref:more-trees"}""", VoteCaster.MaxBytes)
                .Answer(200, VotesJson.Default.DuelAnswer)
                .Problem(400, RefusalCode.InvalidOrder));
        api.MapDelete("/campaigns/{c}/duels/{i}/{j}", context => ballots.CastAsync(context, 0, TakingBack(context), AnswerAsync))
            .Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("Take a duel back", doc => VoteDoc.Cast(doc).Answer(200, VotesJson.Default.DuelAnswer).Problem(400, RefusalCode.InvalidOrder));
        api.MapGet("/campaigns/{c}/duels/next", next.GetAsync)
            .Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("Choose the next duel", doc => doc.ReadsAfter()
                .Note("A pair of ideas that the voter has not decided, by lot: the more a decision is expected to teach, the likelier. Null when all are decided.")
                .Header(CallerHeaders.Voter, "With the scope vote:any: the voter who is asked.")
                .Answer(200, VotesJson.Default.NextDuelAnswer)
                .Problem(400, "voter_required")
                .Problem(404, RefusalCode.CampaignNotFound)
                .Problem(409, RefusalCode.MethodOff));
    }

    private static Refusal? Decide(ReadOnlySpan<byte> body, CampaignView campaign, IdeaNames names, out VoteCommand? command)
    {
        var refusal = Read(body, names, out var better, out var worse);
        command = new CastDuel(better, worse, better);
        return refusal;
    }

    private static ReadBallot TakingBack(HttpContext context) =>
        (ReadOnlySpan<byte> body, CampaignView campaign, IdeaNames names, out VoteCommand? command) =>
        {
            command = null;
            if (!names.TryResolve(context.Route("i"), out var one))
                return IdeaNames.NotFound("i");
            if (!names.TryResolve(context.Route("j"), out var other))
                return IdeaNames.NotFound("j");
            command = new CastDuel(one, other, null);
            return null;
        };

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
