using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Votes;

/// <summary>Understands a body that speaks of several ideas.</summary>
/// <param name="body">The body.</param>
/// <param name="campaign">The campaign.</param>
/// <param name="names">Understands how ideas are named.</param>
/// <param name="command">The vote, when null is returned.</param>
/// <returns>What is wrong; null if nothing is.</returns>
internal delegate Refusal? ReadBallot(ReadOnlySpan<byte> body, CampaignView campaign, IdeaNames names, out VoteCommand? command);

/// <summary>Answers a vote that was taken.</summary>
internal delegate Task AnswerVoter(HttpContext context, CampaignView campaign, Voter voter);

/// <summary>Takes a vote on several ideas (a ballot, an order, a duel) from its request to its answer.</summary>
/// <param name="engine">Takes the vote.</param>
/// <param name="catalog">Finds the campaign.</param>
/// <param name="electors">Finds the voter.</param>
/// <param name="pseudonyms">Turns names into ids.</param>
/// <param name="positions">Writes the answer's position.</param>
internal sealed class BallotCaster(IEngine engine, CampaignCatalog catalog, Electors electors, Pseudonyms pseudonyms, Positions positions)
{
    /// <summary>Casts the vote that a request's body says.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">The longest body; 0 for none.</param>
    /// <param name="read">Understands the body.</param>
    /// <param name="answer">Answers.</param>
    public async Task CastAsync(HttpContext context, int maxBytes, ReadBallot read, AnswerVoter answer)
    {
        var caller = context.Caller();
        caller.RequireVoter();
        var expected = IfMatch.Expected(context);
        var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
        using var body = maxBytes > 0 ? await RequestBody.ReadBytesAsync(context, maxBytes) : null;
        var bytes = body?.Memory ?? default;
        if (read(bytes.Span, campaign, new IdeaNames(reference => pseudonyms.IdeaOfReference(campaign.Id, reference)), out var vote) is { } wrong)
        {
            await Problems.WriteAsync(context, InputRefusals.StatusOf(wrong), wrong.Code, wrong.Detail, wrong.Field);
            return;
        }

        var elector = await electors.FindAsync(campaign, caller, context.RequestAborted);
        var command = elector.Attempt(vote!, expected, VoteKeys.Attempt(context, pseudonyms, caller, bytes.Span));
        var reply = await engine.SendAsync(StreamId.Of(campaign.Id, elector.Voter), command, context.RequestAborted);
        if (reply.Kind == ReplyKind.Accepted)
        {
            positions.WritePosition(context, reply.Position);
            IfMatch.WriteETag(context, reply.State!.Version);
            await answer(context, campaign, (Voter)reply.State!);
        }
        else if (reply.Refusal is { } refusal)
        {
            await Problems.WriteAsync(context, await BallotBlame.ExplainAsync(engine, campaign.Id, refusal, command, Viewer.Of(caller, campaign.Id, pseudonyms)));
        }
        else
        {
            await Problems.WriteAsync(context, reply);
        }
    }

    /// <summary>Answers with the whole ballot.</summary>
    public static Task AnswerBallotAsync(HttpContext context, CampaignView campaign, Voter voter) =>
        JsonResponse.WriteAsync(context, StatusCodes.Status200OK, BallotBody.Of(campaign, voter), VotesJson.Default.BallotBody);
}
