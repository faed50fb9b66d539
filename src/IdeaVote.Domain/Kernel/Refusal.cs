namespace IdeaVote.Domain.Kernel;

/// <summary>Why a command changed nothing.</summary>
/// <param name="Code">A stable code out of <see cref="RefusalCode"/>.</param>
/// <param name="Detail">What is wrong and the way out, in English, for a person.</param>
/// <param name="Field">The input field to blame, if one is.</param>
public sealed record Refusal(string Code, string Detail, string? Field = null);

/// <summary>The stable codes of refusals. Callers program against them: never rename one.</summary>
public static class RefusalCode
{
    /// <summary>The campaign does not exist.</summary>
    public const string CampaignNotFound = "campaign_not_found";

    /// <summary>A campaign of this key exists with other content.</summary>
    public const string CampaignExists = "campaign_exists";

    /// <summary>The campaign changed since the caller saw it.</summary>
    public const string CampaignChanged = "campaign_changed";

    /// <summary>The rule can't be changed like this once voting has opened.</summary>
    public const string RuleFrozen = "rule_frozen";

    /// <summary>The campaign has no stage of this name.</summary>
    public const string UnknownStage = "unknown_stage";

    /// <summary>The rules contradict themselves or leave a limit.</summary>
    public const string InvalidRules = "invalid_rules";

    /// <summary>The current stage does not allow this.</summary>
    public const string StageClosed = "stage_closed";

    /// <summary>Results are announced once voting is over.</summary>
    public const string VotingNotOver = "voting_not_over";

    /// <summary>The results name ideas twice, too many, or some that can't be chosen.</summary>
    public const string InvalidResults = "invalid_results";

    /// <summary>The idea does not exist.</summary>
    public const string IdeaNotFound = "idea_not_found";

    /// <summary>The idea changed since the caller saw it.</summary>
    public const string IdeaChanged = "idea_changed";

    /// <summary>An idea of this reference exists with other content.</summary>
    public const string ReferenceTaken = "reference_taken";

    /// <summary>Only the author or the team may do this.</summary>
    public const string NotAuthor = "not_author";

    /// <summary>The cost can be changed by the team only once voting has opened.</summary>
    public const string CostFrozen = "cost_frozen";

    /// <summary>The idea can't take this status this way.</summary>
    public const string StatusNotSettable = "status_not_settable";

    /// <summary>The idea is part of another one already.</summary>
    public const string IdeaMerged = "idea_merged";

    /// <summary>One of the two ideas is in no state to be merged.</summary>
    public const string IdeaNotMergeable = "idea_not_mergeable";

    /// <summary>The idea's status does not take votes.</summary>
    public const string IdeaNotVotable = "idea_not_votable";

    /// <summary>The voting method is off in this campaign.</summary>
    public const string MethodOff = "method_off";

    /// <summary>The campaign's rules do not let this voter vote.</summary>
    public const string NotEligible = "not_eligible";

    /// <summary>Votes can't be changed in this campaign.</summary>
    public const string VotesFinal = "votes_final";

    /// <summary>More approvals than the campaign allows.</summary>
    public const string ApprovalsExceeded = "approvals_exceeded";

    /// <summary>More credits than the voter's budget.</summary>
    public const string BudgetExceeded = "budget_exceeded";

    /// <summary>Fewer credits than the minimum per idea.</summary>
    public const string InvestmentTooSmall = "investment_too_small";

    /// <summary>More credits than the maximum per idea.</summary>
    public const string InvestmentTooLarge = "investment_too_large";

    /// <summary>Credits out of range.</summary>
    public const string InvalidCredits = "invalid_credits";

    /// <summary>A score is not between 1 and 5 stars, or none was given.</summary>
    public const string InvalidScores = "invalid_scores";

    /// <summary>An order names an idea twice, or a duel one idea only, or a winner that is not of the pair.</summary>
    public const string InvalidOrder = "invalid_order";

    /// <summary>More ideas in an order than the campaign allows.</summary>
    public const string OrderTooLong = "order_too_long";

    /// <summary>The campaign has no such criterion.</summary>
    public const string UnknownCriterion = "unknown_criterion";

    /// <summary>The ballot holds as many votes as a ballot can.</summary>
    public const string BallotFull = "ballot_full";

    /// <summary>The ballot changed since the caller saw it.</summary>
    public const string BallotChanged = "ballot_changed";

    /// <summary>Comments are for ideas that everybody may see, and this one is not.</summary>
    public const string IdeaNotPublic = "idea_not_public";

    /// <summary>The thread does not exist, or belongs to another idea.</summary>
    public const string ThreadNotFound = "thread_not_found";

    /// <summary>The thread holds as many comments as a thread can.</summary>
    public const string ThreadFull = "thread_full";

    /// <summary>The comment does not exist, or was deleted.</summary>
    public const string CommentNotFound = "comment_not_found";

    /// <summary>The comment was edited as often as a comment can be.</summary>
    public const string EditsExceeded = "edits_exceeded";

    /// <summary>People do not report what they wrote themselves.</summary>
    public const string OwnComment = "own_comment";

    /// <summary>The election is too large for this rule of allocation.</summary>
    public const string AllocationTooLarge = "allocation_too_large";
}
