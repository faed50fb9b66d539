using System.Collections.Frozen;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Engine.Codec;

/// <summary>The names events bear in the journal. A name once written stays readable for ever: never rename or reuse one.</summary>
internal static class EventNames
{
    public static readonly FrozenDictionary<Type, string> ByType = new Dictionary<Type, string>
    {
        [typeof(CampaignCreated)] = "campaign_created",
        [typeof(CampaignDescribed)] = "campaign_described",
        [typeof(RulesChanged)] = "rules_changed",
        [typeof(ScheduleChanged)] = "schedule_changed",
        [typeof(StageEntered)] = "stage_entered",
        [typeof(ResultsAnnounced)] = "results_announced",
        [typeof(IdeaSubmitted)] = "idea_submitted",
        [typeof(IdeaEdited)] = "idea_edited",
        [typeof(IdeaRetagged)] = "idea_retagged",
        [typeof(IdeaCostChanged)] = "idea_cost_changed",
        [typeof(IdeaStatusChanged)] = "idea_status_changed",
        [typeof(IdeaTextErased)] = "idea_text_erased",
        [typeof(ApprovalChanged)] = "approval_changed",
        [typeof(RatingChanged)] = "rating_changed",
        [typeof(InvestmentChanged)] = "investment_changed",
        [typeof(DuelChanged)] = "duel_changed",
        [typeof(OrderChanged)] = "order_changed",
        [typeof(SegmentChanged)] = "segment_changed",
        [typeof(AttributesChanged)] = "attributes_changed",
        [typeof(VotesMerged)] = "votes_merged",
        [typeof(VotesUnmerged)] = "votes_unmerged",
        [typeof(VoterInvited)] = "voter_invited",
        [typeof(CommentPosted)] = "comment_posted",
        [typeof(CommentEdited)] = "comment_edited",
        [typeof(CommentDeleted)] = "comment_deleted",
        [typeof(CommentReported)] = "comment_reported",
        [typeof(CommentHidden)] = "comment_hidden",
        [typeof(CommentShown)] = "comment_shown",
        [typeof(CommentTextErased)] = "comment_text_erased",
    }.ToFrozenDictionary();
}
