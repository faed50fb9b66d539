using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Votes;

/// <summary>Casts the votes of pages and reads ballots.</summary>
/// <param name="engine">Takes the votes.</param>
/// <param name="electors">Knows who may vote.</param>
internal sealed class VoteDesk(IEngine engine, Electors electors)
{
    /// <summary>Casts a vote of whoever has signed in.</summary>
    /// <returns>The voter afterwards.</returns>
    /// <exception cref="ApiException">The vote was not taken.</exception>
    public async ValueTask<Voter> CastAsync(CampaignView campaign, Caller caller, VoteCommand vote, CancellationToken cancellation)
    {
        var elector = await electors.FindAsync(campaign, caller, cancellation);
        var reply = await engine.SendAsync(StreamId.Of(campaign.Id, elector.Voter), elector.Attempt(vote, null, null), cancellation);
        return (Voter)Require(reply).State!;
    }

    /// <summary>The ballot of whoever has signed in; an empty one for a stranger.</summary>
    public async ValueTask<Voter> ReadAsync(CampaignView campaign, Caller caller, CancellationToken cancellation)
    {
        if (caller.Voter is null)
            return Voter.None;
        var reply = await engine.ReadAsync(StreamId.Of(campaign.Id, caller.VoterIn(campaign.Id)), cancellation);
        return (Voter)Require(reply).State!;
    }

    /// <summary>Why the visitor can't vote on ideas of this status now, as the key of a text; null if they can.</summary>
    public async ValueTask<string?> WhyNotAsync(CampaignView campaign, Caller caller, IdeaStatus? status, Instant now, CancellationToken cancellation)
    {
        if (!campaign.State.AllowsAt(now, Allows.Vote))
            return campaign.State.HasOpenedAt(now) ? "vote.closed" : "vote.notYet";
        if (status is { } one && !one.TakesVotes())
            return "vote.status";
        if (caller.Voter is null)
            return "vote.signIn";
        var elector = await electors.FindAsync(campaign, caller, cancellation);
        return Eligibility.Check(campaign.State.Rules, elector.Credentials) is null
            ? null
            : campaign.State.Rules.Who == WhoMayVote.Roll ? "vote.roll" : "vote.confirmed";
    }

    /// <summary>The reply of a command that was accepted.</summary>
    /// <exception cref="ApiException">It was not.</exception>
    public static Reply Require(in Reply reply) => reply.Kind switch
    {
        ReplyKind.Accepted => reply,
        ReplyKind.Refused => throw new ApiException(Problems.StatusOf(reply.Refusal!.Code), reply.Refusal.Code, reply.Refusal.Detail, reply.Refusal.Field),
        ReplyKind.Overloaded => throw new ApiException(StatusCodes.Status503ServiceUnavailable, "overloaded", "Too many requests are waiting; nothing was done."),
        _ => throw new ApiException(StatusCodes.Status503ServiceUnavailable, "outcome_unknown", "Whether this happened is not known. Do it again: it will not count twice."),
    };
}
