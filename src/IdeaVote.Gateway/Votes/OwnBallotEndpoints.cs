using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Ballots;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Votes;

/// <summary>One voter's whole ballot: read it, or replace it, all or nothing.</summary>
internal static class OwnBallotEndpoints
{
    // Room for 10,000 votes.
    private const int MaxBytes = 1024 * 1024;

    private const string Example = """{"approve":["ref:bike-lanes"],"rate":{"ref:more-trees":{"overall":4}},"invest":{"ref:playground":30},"rank":["ref:bike-lanes","ref:playground"],"duel":[["ref:more-trees","ref:playground"]]}""";

    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    /// <param name="ballots">Casts.</param>
    public static void MapOwnBallot(this IEndpointRouteBuilder api, BallotCaster ballots)
    {
        var reader = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider);
        api.MapGet("/campaigns/{c}/ballot", reader.GetAsync)
            .Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("Read one's ballot", doc => Common(doc).ReadsAfter());
        api.MapPut("/campaigns/{c}/ballot", context => ballots.CastAsync(context, MaxBytes, Read, BallotCaster.AnswerBallotAsync))
            .Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("Replace one's ballot, all or nothing", doc => VoteDoc.Cast(doc)
                .Note($"A section that is absent is empty. At most {Ballot.MaxVotes} votes.")
                .Takes(VotesJson.Default.BallotRequest, Example, MaxBytes)
                .Answer(200, VotesJson.Default.BallotBody)
                .Problem(400, RefusalCode.InvalidScores, RefusalCode.UnknownCriterion, RefusalCode.InvalidCredits, RefusalCode.InvalidOrder)
                .Problem(409, RefusalCode.ApprovalsExceeded, RefusalCode.BudgetExceeded, RefusalCode.InvestmentTooSmall,
                    RefusalCode.InvestmentTooLarge, RefusalCode.OrderTooLong));
    }

    private static EndpointDoc Common(EndpointDoc doc) => doc
        .Answer(200, VotesJson.Default.BallotBody)
        .Header(CallerHeaders.Voter, "With the scope vote:any: whose ballot.")
        .Problem(400, "voter_required")
        .Problem(404, RefusalCode.CampaignNotFound);

    private sealed class Handlers(IEngine engine, CampaignCatalog catalog, Pseudonyms pseudonyms, Positions positions)
    {
        public async Task GetAsync(HttpContext context)
        {
            var name = context.Caller().RequireVoter();
            await positions.AwaitAfterAsync(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            var reply = await engine.ReadAsync(StreamId.Of(campaign.Id, pseudonyms.Voter(campaign.Id, name)), context.RequestAborted);
            if (reply.Kind == ReplyKind.Accepted)
                await AnswerAsync(context, campaign, (Voter)reply.State!);
            else
                await Problems.WriteAsync(context, reply);
        }

        private static Task AnswerAsync(HttpContext context, CampaignView campaign, Voter voter)
        {
            IfMatch.WriteETag(context, voter.Version);
            return BallotCaster.AnswerBallotAsync(context, campaign, voter);
        }
    }

    private static Refusal? Read(ReadOnlySpan<byte> body, CampaignView campaign, IdeaNames names, out VoteCommand? command)
    {
        var refusal = new BallotParser(names).Read(body, CriterionKeys.Of(campaign), asLine: false, out var input);
        command = input.Votes;
        return refusal;
    }
}
