using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.OpenApi;

namespace IdeaVote.Gateway.Votes;

/// <summary>What the documentation says of every call that casts a vote.</summary>
internal static class VoteDoc
{
    /// <summary>Says it.</summary>
    public static EndpointDoc Cast(EndpointDoc doc) => doc
        .Header("If-Match", "The ballot's version (`ETag`) the voter saw, in quotes, or `*`.", "\"7\"")
        .Header(Idempotency.Header, "Optional; makes a late repetition after a newer vote do nothing.")
        .Header(CallerHeaders.Voter, "With the scope vote:any: the voter who votes.")
        .Header(CallerHeaders.Address, "With the scope vote:any: that voter's confirmed address.")
        .Problem(400, "invalid_if_match", "invalid_idempotency_key", "voter_required")
        .Problem(403, RefusalCode.NotEligible)
        .Problem(404, RefusalCode.CampaignNotFound, RefusalCode.IdeaNotFound)
        .Problem(409, RefusalCode.StageClosed, RefusalCode.MethodOff, RefusalCode.IdeaNotVotable, RefusalCode.VotesFinal, RefusalCode.BallotFull)
        .Problem(412, RefusalCode.BallotChanged)
        .Problem(503, "overloaded", "outcome_unknown");
}
