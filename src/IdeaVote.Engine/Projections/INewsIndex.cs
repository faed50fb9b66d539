using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;

namespace IdeaVote.Engine.Projections;

/// <summary>
/// What there is to tell people of: what became of ideas, results, what was said and to whom, and refunds. Each is kept once, however many people
/// it is news to: whose ideas somebody backs their ballot says. It has no words and no votes.
/// </summary>
public interface INewsIndex : IProjection
{
    /// <summary>How often anything it tells of has changed since the process began: what was read at an equal number is still so.</summary>
    long Changes { get; }

    /// <summary>Campaigns in which something happened after a moment, the latest first.</summary>
    ValueTask<IReadOnlyList<CampaignId>> ActiveAsync(Instant after, int max, CancellationToken cancellation = default);

    /// <summary>What became of a campaign's ideas, and its results, after a moment; the newest first.</summary>
    ValueTask<IReadOnlyList<IdeaStep>> StepsAsync(CampaignId campaign, Instant after, int max, CancellationToken cancellation = default);

    /// <summary>What concerns a person in a campaign's discussions after a moment, of each kind at most so many; the newest first.</summary>
    ValueTask<IReadOnlyList<Remark>> RemarksAsync(CampaignId campaign, VoterId reader, Instant after, int max, CancellationToken cancellation = default);

    /// <summary>Ideas that a person backed in a campaign and whose votes the system took off the ballot, the newest first.</summary>
    ValueTask<IReadOnlyList<ReturnedInvestment>> ReturnsAsync(CampaignId campaign, VoterId voter, int max, CancellationToken cancellation = default);

    /// <summary>Whether a person has submitted or said something in a campaign.</summary>
    ValueTask<bool> HasSpokenAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation = default);
}

/// <summary>A step of an idea, or the result of its campaign.</summary>
/// <param name="Idea">The idea; null for the campaign's result.</param>
/// <param name="At">When.</param>
/// <param name="Old">The status before; of a result that was corrected, any but <c>default</c>.</param>
/// <param name="New">The status after; <c>default</c> for a result.</param>
/// <param name="Text">What the team says to it; null for nothing.</param>
public sealed record IdeaStep(IdeaId? Idea, Instant At, IdeaStatus Old, IdeaStatus New, TextId? Text);

/// <summary>How a comment concerns somebody.</summary>
public enum RemarkKind
{
    /// <summary>It answers theirs.</summary>
    Reply,

    /// <summary>It is on an idea of theirs, and answers nothing of theirs.</summary>
    OnOwnIdea,

    /// <summary>It is on an idea that they have commented on, and none of the above: it may mention them.</summary>
    InDiscussion,

    /// <summary>It is theirs, and the team has hidden it.</summary>
    Hidden,
}

/// <summary>A comment that concerns somebody.</summary>
/// <param name="Kind">How.</param>
/// <param name="Idea">The idea.</param>
/// <param name="Thread">The thread.</param>
/// <param name="Comment">The comment.</param>
/// <param name="At">When it was posted, or hidden.</param>
/// <param name="IsTeam">Whether the team wrote it.</param>
/// <param name="Text">Its text.</param>
/// <param name="Concern">Why the team hid it; null if it did not.</param>
public sealed record Remark(RemarkKind Kind, IdeaId Idea, ThreadId Thread, CommentId Comment, Instant At, bool IsTeam, TextId Text, Concern? Concern);

/// <summary>An investment that a person got back because its idea was closed, or votes that follow the idea which theirs became part of.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="First">When the investment was first made; of votes, when they followed.</param>
/// <param name="At">When it came back, or they followed.</param>
/// <param name="Credits">How many credits came back; 0 for votes that followed.</param>
public sealed record ReturnedInvestment(IdeaId Idea, Instant First, Instant At, int Credits);
