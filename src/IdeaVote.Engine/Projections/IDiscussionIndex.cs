using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;

namespace IdeaVote.Engine.Projections;

/// <summary>
/// Which threads an idea has and in which order, what is reported, and who takes part. What the comments say, the threads
/// themselves know.
/// </summary>
public interface IDiscussionIndex : IProjection
{
    /// <summary>Threads of an idea in an order, after one of them; threads of which nothing can be read are left out.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="order">The order.</param>
    /// <param name="withHidden">Whether to give threads too of which nothing can be read but what the team has hidden.</param>
    /// <param name="after">Begin after this place; null for the first.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<IReadOnlyList<ThreadPlace>> ThreadsAsync(
        CampaignId campaign, IdeaId idea, ThreadOrder order, bool withHidden, ThreadPlace? after, int max, CancellationToken cancellation = default);

    /// <summary>Comments of a campaign with reports that the team has not decided on, the longest waiting first.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="after">Begin after this one; null for the first.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<IReadOnlyList<ReportedComment>> ReportsAsync(CampaignId campaign, ReportedComment? after, int max, CancellationToken cancellation = default);

    /// <summary>Voters whose comments on an idea stand, those who began last first.</summary>
    ValueTask<IReadOnlyList<Participant>> ParticipantsAsync(CampaignId campaign, IdeaId idea, int max, CancellationToken cancellation = default);

    /// <summary>Voters whose comments in a thread stand, in the order of their first.</summary>
    ValueTask<IReadOnlyList<Participant>> ParticipantsAsync(CampaignId campaign, ThreadId thread, int max, CancellationToken cancellation = default);
}

/// <summary>Somebody who takes part in a discussion.</summary>
/// <param name="Voter">Who.</param>
/// <param name="Text">A text of theirs: the text store knows whose it is.</param>
public readonly record struct Participant(VoterId Voter, TextId Text);

/// <summary>An order of threads.</summary>
public enum ThreadOrder : byte
{
    /// <summary>The thread with the latest comment first.</summary>
    Active,

    /// <summary>The thread that began first, first.</summary>
    Oldest,
}

/// <summary>A thread and its place in an order.</summary>
/// <param name="Thread">The thread.</param>
/// <param name="At">When the latest comment was posted in it, or when it began, as the order says.</param>
public readonly record struct ThreadPlace(ThreadId Thread, Instant At);

/// <summary>A comment with reports that the team has not decided on.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Thread">The thread.</param>
/// <param name="Comment">The comment.</param>
/// <param name="Reports">How many reports there are.</param>
/// <param name="Concerns">What they say is wrong, each once.</param>
/// <param name="Since">When the first of them came.</param>
public sealed record ReportedComment(IdeaId Idea, ThreadId Thread, CommentId Comment, int Reports, IReadOnlyList<Concern> Concerns, Instant Since);
