using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;

namespace IdeaVote.Gateway.Votes;

/// <summary>Says which idea of a refused ballot was meant, and nothing of ideas that are not for this caller to see.</summary>
internal static class BallotBlame
{
    /// <summary>The refusal as the caller gets it.</summary>
    /// <param name="engine">Has the board.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="refusal">What the domain said.</param>
    /// <param name="votes">The ballot, order or duel.</param>
    /// <param name="viewer">Who gets it.</param>
    public static async ValueTask<Refusal> ExplainAsync(IEngine engine, CampaignId campaign, Refusal refusal, VoteCommand votes, Viewer viewer)
    {
        if (refusal.Code is not (RefusalCode.IdeaNotFound or RefusalCode.IdeaNotVotable))
            return refusal;
        return await engine.QueryAsync(campaign, (board, _) =>
        {
            string? unseen = null, closed = null;
            foreach (var (idea, field) in Places(votes))
            {
                if (board.Find(idea) is not { } tally || !viewer.Sees(tally))
                    unseen ??= field;
                else if (!tally.Status.TakesVotes())
                    closed ??= field;
            }
            if (unseen is not null)
                return new Refusal(RefusalCode.IdeaNotFound, $"There is no such idea in this campaign: {unseen}. Nothing of this ballot was counted.", unseen);
            return closed is null ? refusal : refusal with { Field = closed };
        });
    }

    private static IEnumerable<(IdeaId Idea, string Field)> Places(VoteCommand votes) => votes switch
    {
        SetBallot ballot => Places(ballot),
        SetOrder order => order.Ideas.Select((idea, i) => (idea, $"ideas[{i}]")),
        CastDuel duel => [(duel.Better ?? duel.One, "better"), (duel.Better == duel.One ? duel.Other : duel.One, "worse")],
        _ => [],
    };

    private static IEnumerable<(IdeaId Idea, string Field)> Places(SetBallot votes)
    {
        for (var i = 0; i < votes.Approvals.Length; i++)
            yield return (votes.Approvals[i], $"approve[{i}]");
        for (var i = 0; i < votes.Ratings.Length; i++)
            yield return (votes.Ratings[i].Key, $"rate[{i}]");
        for (var i = 0; i < votes.Investments.Length; i++)
            yield return (votes.Investments[i].Key, $"invest[{i}]");
        var order = votes.Order ?? [];
        for (var i = 0; i < order.Length; i++)
            yield return (order[i], $"rank[{i}]");
        var duels = votes.Duels ?? [];
        for (var i = 0; i < duels.Length; i++)
        {
            yield return (duels[i].Better, $"duel[{i}]");
            yield return (duels[i].Worse, $"duel[{i}]");
        }
    }
}
