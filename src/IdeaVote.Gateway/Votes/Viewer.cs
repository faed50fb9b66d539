using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Identity;

namespace IdeaVote.Gateway.Votes;

/// <summary>What a caller may see: whose unpublished ideas, and whether hidden scores.</summary>
/// <param name="Manages">Whether the caller sees every idea.</param>
/// <param name="SeesHiddenScores">Whether the caller sees tallies that are hidden.</param>
/// <param name="Voter">The voter the caller acts as or for, whose own ideas are seen; null for none.</param>
internal sealed record Viewer(bool Manages, bool SeesHiddenScores, VoterId? Voter)
{
    /// <summary>The caller of a request as somebody who looks at one campaign.</summary>
    public static Viewer Of(Caller caller, CampaignId campaign, Pseudonyms pseudonyms) =>
        new(caller.Has(Scopes.Manage), caller.Has(Scopes.Export), caller.Voter is { } name ? pseudonyms.Voter(campaign, name) : null);

    /// <summary>Whether the caller may know of this idea.</summary>
    public bool Sees(IdeaTally idea) => Sees(idea.Status, idea.Authors.AsSpan());

    /// <summary>Whether the caller may know of this idea.</summary>
    public bool Sees(Idea idea) => Sees(idea.Status, idea.Authors.AsSpan());

    /// <summary>Whether the caller may see the board's tallies.</summary>
    public bool SeesScores(Board board, Instant now) => SeesHiddenScores || board.Campaign.ScoresVisibleAt(now);

    /// <summary>The idea's counts as far as the caller may see them.</summary>
    /// <returns>Whether the caller may know of the idea, and its counts unless they are hidden.</returns>
    public ValueTask<(bool Seen, TallyBody? Tally)> TallyOfAsync(IEngine engine, CampaignId campaign, IdeaId idea, Instant now) =>
        engine.QueryAsync<(bool, TallyBody?)>(campaign, (board, _) =>
        {
            if (board.Find(idea) is not { } found || !Sees(found))
                return (false, null);
            return (true, SeesScores(board, now) ? TallyBody.Of(found, board.Campaign.Rules) : null);
        });

    private bool Sees(IdeaStatus status, ReadOnlySpan<VoterId> authors) =>
        status.IsPublic() || Manages || (Voter is { } voter && authors.Contains(voter));
}
