using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace IdeaVote.Gateway.Votes;

/// <summary>A voter's order of ideas, the best first.</summary>
internal static class OrderEndpoints
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Maps the endpoints.</summary>
    /// <param name="api">The group of the API's version.</param>
    /// <param name="ballots">Casts.</param>
    public static void MapOrder(this IEndpointRouteBuilder api, BallotCaster ballots)
    {
        api.MapPut("/campaigns/{c}/ranking", context => ballots.CastAsync(context, MaxBytes, Read, BallotCaster.AnswerBallotAsync))
            .Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("Put ideas in order", doc => VoteDoc.Cast(doc)
                .Note("The best first; in place of the order there was. Ideas left out share the last place.")
                .Takes(VotesJson.Default.OrderRequest, """{"ideas":["ref:bike-lanes","ref:more-trees"]}""", MaxBytes)
                .Answer(200, VotesJson.Default.BallotBody)
                .Problem(400, RefusalCode.InvalidOrder)
                .Problem(409, RefusalCode.OrderTooLong));
        api.MapDelete("/campaigns/{c}/ranking", context => ballots.CastAsync(context, 0, ReadNothing, BallotCaster.AnswerBallotAsync))
            .Requires(Scopes.Vote | Scopes.VoteAny)
            .Describe("Take one's order of ideas back", doc => VoteDoc.Cast(doc).Answer(200, VotesJson.Default.BallotBody));
    }

    private static Refusal? ReadNothing(ReadOnlySpan<byte> body, CampaignView campaign, IdeaNames names, out VoteCommand? command)
    {
        command = new SetOrder([]);
        return null;
    }

    private static Refusal? Read(ReadOnlySpan<byte> body, CampaignView campaign, IdeaNames names, out VoteCommand? command)
    {
        command = null;
        var request = RequestBody.Parse(body, VotesJson.Default.OrderRequest);
        var ideas = ImmutableArray.CreateBuilder<IdeaId>(request.Ideas.Count);
        foreach (var name in request.Ideas)
        {
            if (!names.TryResolve(name, out var idea))
                return IdeaNames.NotFound($"ideas[{ideas.Count}]");
            ideas.Add(idea);
        }
        command = new SetOrder(ideas.DrainToImmutable());
        return null;
    }
}
