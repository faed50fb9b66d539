using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Access;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Votes;

/// <summary>Understands the body of one kind of vote.</summary>
/// <param name="body">The body.</param>
/// <param name="campaign">The campaign.</param>
/// <param name="idea">The idea that is voted on.</param>
/// <param name="command">The vote, when null is returned.</param>
/// <returns>What is wrong; null if nothing is.</returns>
internal delegate Refusal? ReadVote(ReadOnlySpan<byte> body, CampaignView campaign, IdeaId idea, out VoteCommand? command);

/// <summary>
/// Takes a single vote from its request to its answer. This is the path that thousands take at once: nothing here waits but
/// for the body and the commit, and a refusal is written without an exception.
/// </summary>
/// <param name="engine">Takes the vote.</param>
/// <param name="catalog">Finds the campaign.</param>
/// <param name="electors">Finds the voter.</param>
/// <param name="pseudonyms">Turns names into ids.</param>
/// <param name="positions">Writes the answer's position.</param>
/// <param name="time">The clock.</param>
internal sealed class VoteCaster(
    IEngine engine, CampaignCatalog catalog, Electors electors, Pseudonyms pseudonyms, Positions positions, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    /// <summary>The largest body of a single vote.</summary>
    public const int MaxBytes = 4_096;

    /// <summary>Casts the vote that a request's body says.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">The body.</param>
    /// <param name="read">Understands it.</param>
    public async Task CastAsync(HttpContext context, ReadOnlyMemory<byte> body, ReadVote read)
    {
        var caller = context.Caller();
        caller.RequireVoter();
        var expected = IfMatch.Expected(context);
        var campaign = await catalog.GetAsync(context.Route("c"), context.RequestAborted);
        if (!IdeaNames.TryResolve(context, campaign.Id, pseudonyms, out var idea))
        {
            await Problems.WriteAsync(context, CommonProblems.IdeaNotFound);
            return;
        }
        if (read(body.Span, campaign, idea, out var vote) is { } wrong)
        {
            await Problems.WriteAsync(context, InputRefusals.StatusOf(wrong), wrong.Code, wrong.Detail, wrong.Field);
            return;
        }

        var elector = await electors.FindAsync(campaign, caller, context.RequestAborted);
        var command = elector.Attempt(vote!, expected, VoteKeys.Attempt(context, pseudonyms, caller, body.Span));
        var reply = await engine.SendAsync(StreamId.Of(campaign.Id, elector.Voter), command, context.RequestAborted);
        await AnswerAsync(context, caller, campaign, elector.Voter, idea, reply);
    }

    private async Task AnswerAsync(HttpContext context, Caller caller, CampaignView campaign, VoterId voter, IdeaId idea, Reply reply)
    {
        var hides = reply is { Kind: ReplyKind.Refused, Refusal.Code: RefusalCode.IdeaNotVotable };
        if (reply.Kind != ReplyKind.Accepted && !hides)
        {
            await Problems.WriteAsync(context, reply);
            return;
        }

        var viewer = new Viewer(caller.Has(Scopes.Manage), caller.Has(Scopes.Export), voter);
        var (seen, tally) = await viewer.TallyOfAsync(engine, campaign.Id, idea, Instant.From(time.GetUtcNow()));
        // Taking back a vote on an idea that never was changes nothing and is accepted; and an idea that waits for the team
        // takes no votes, which is not for everybody to know.
        if (!seen || hides)
        {
            await (seen ? Problems.WriteAsync(context, reply) : Problems.WriteAsync(context, CommonProblems.IdeaNotFound));
            return;
        }

        var state = (Voter)reply.State!;
        var rules = campaign.State.Rules;
        positions.WritePosition(context, reply.Position);
        IfMatch.WriteETag(context, state.Version);
        await JsonResponse.WriteAsync(
            context,
            StatusCodes.Status200OK,
            new VoteAnswer(idea.ToString(), tally, new BallotLeft(state.Version, state.ApprovalsLeft(rules), state.CreditsLeft(rules))),
            VotesJson.Default.VoteAnswer);
    }
}
