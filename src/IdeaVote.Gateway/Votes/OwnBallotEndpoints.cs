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

    private const string Example = """{"approve":["ref:bike-lanes"],"rate":{"ref:more-trees":{"overall":4}},"invest":{"ref:playground":30}}""";

    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    public static void MapOwnBallot(this IEndpointRouteBuilder api)
    {
        var electors = ActivatorUtilities.CreateInstance<Electors>(api.ServiceProvider);
        var ballots = ActivatorUtilities.CreateInstance<Handlers>(api.ServiceProvider, electors);
        api.MapGet("/campaigns/{c}/ballot", ballots.GetAsync)
            .Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("Read one's ballot", doc => Common(doc).ReadsAfter());
        api.MapPut("/campaigns/{c}/ballot", ballots.PutAsync)
            .Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("Replace one's ballot, all or nothing", doc => Common(doc)
                .Note($"A section that is absent is empty. At most {Ballot.MaxVotes} votes.")
                .Takes(VotesJson.Default.BallotRequest, Example, MaxBytes)
                .Header("If-Match", "The ballot's version (`ETag`) the voter saw, in quotes, or `*`.", "\"7\"")
                .Header(Idempotency.Header, "Optional; makes a late repetition after a newer vote do nothing.")
                .Header(CallerHeaders.Address, "With the scope vote:any: the voter's confirmed address.")
                .Problem(400, "invalid_if_match", RefusalCode.InvalidScores, RefusalCode.UnknownCriterion, RefusalCode.InvalidCredits)
                .Problem(403, RefusalCode.NotEligible)
                .Problem(404, RefusalCode.IdeaNotFound)
                .Problem(409, RefusalCode.StageClosed, RefusalCode.MethodOff, RefusalCode.IdeaNotVotable, RefusalCode.VotesFinal, RefusalCode.ApprovalsExceeded,
                    RefusalCode.BudgetExceeded, RefusalCode.InvestmentTooSmall, RefusalCode.InvestmentTooLarge, RefusalCode.BallotFull)
                .Problem(412, RefusalCode.BallotChanged)
                .Problem(503, "overloaded", "outcome_unknown"));
    }

    private static EndpointDoc Common(EndpointDoc doc) => doc
        .Answer(200, VotesJson.Default.BallotBody)
        .Header(CallerHeaders.Voter, "With the scope vote:any: whose ballot.")
        .Problem(400, "voter_required")
        .Problem(404, RefusalCode.CampaignNotFound);

    private sealed class Handlers(IEngine engine, CampaignCatalog catalog, Electors electors, Pseudonyms pseudonyms, Positions positions)
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

        public async Task PutAsync(HttpContext context)
        {
            var caller = context.Caller();
            var name = caller.RequireVoter();
            var expected = IfMatch.Expected(context);
            var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
            using var body = await RequestBody.ReadBytesAsync(context, MaxBytes);
            var parser = new BallotParser(new IdeaNames(reference => pseudonyms.IdeaOfReference(campaign.Id, reference)));
            if (parser.Read(body.Memory.Span, CriterionKeys.Of(campaign), asLine: false, out var input) is { } wrong)
            {
                await Problems.WriteAsync(context, InputRefusals.StatusOf(wrong), wrong.Code, wrong.Detail, wrong.Field);
                return;
            }

            var elector = await electors.FindAsync(campaign, name, caller.Address, context.RequestAborted);
            var votes = input.Votes! with
            {
                Credentials = elector.Credentials,
                Segment = elector.Segment,
                ExpectedVersion = expected,
                Id = VoteKeys.Attempt(context, pseudonyms, caller, body.Memory.Span),
            };
            var reply = await engine.SendAsync(StreamId.Of(campaign.Id, elector.Voter), votes, context.RequestAborted);
            if (reply.Kind == ReplyKind.Accepted)
            {
                positions.WritePosition(context, reply.Position);
                await AnswerAsync(context, campaign, (Voter)reply.State!);
            }
            else if (reply.Refusal is { } refusal)
            {
                await Problems.WriteAsync(context, await BallotBlame.ExplainAsync(engine, campaign.Id, refusal, votes, Viewer.Of(caller, campaign.Id, pseudonyms)));
            }
            else
            {
                await Problems.WriteAsync(context, reply);
            }
        }

        private static Task AnswerAsync(HttpContext context, CampaignView campaign, Voter voter)
        {
            IfMatch.WriteETag(context, voter.Version);
            return JsonResponse.WriteAsync(context, StatusCodes.Status200OK, BallotBody.Of(campaign, voter), VotesJson.Default.BallotBody);
        }
    }
}
