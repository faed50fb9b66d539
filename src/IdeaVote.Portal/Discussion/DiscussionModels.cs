using IdeaVote.Domain.Kernel;
using IdeaVote.Portal.Ideas;
using IdeaVote.Portal.Markdown;

namespace IdeaVote.Portal.Discussion;

/// <summary>The discussion of an idea, as its page shows it.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Idea">The idea's id.</param>
/// <param name="Count">How many comments everybody may read.</param>
/// <param name="View">Which part of it is shown.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
/// <param name="WhyNot">Why the visitor can't write, as the key of a text; null if they can.</param>
/// <param name="Key">Makes sending the form for a new thread twice one thread.</param>
/// <param name="Mentions">Who is meant by names in texts.</param>
public sealed record DiscussionModel(
    string Campaign, string Idea, int Count, DiscussionView View, IReadOnlyList<ThreadModel> Threads, string? Next, string? WhyNot, string Key, Mentions Mentions)
{
    /// <summary>What was written and not taken; null for nothing.</summary>
    public Draft? Draft { get; init; }

    /// <summary>What has just been done, as the key of a text; null for nothing.</summary>
    public string? Done { get; init; }

    /// <summary>Where the idea's page lies.</summary>
    public string Path => $"/c/{Campaign}/ideas/{Idea}";
}

/// <summary>Which part of a discussion is shown.</summary>
/// <param name="Order"><c>active</c> or <c>oldest</c>.</param>
/// <param name="From">Where the page begins; null for the first.</param>
/// <param name="Only">The thread that is shown alone, with all its replies; null for the list.</param>
/// <param name="Page">The page of that thread's replies, from 1.</param>
public sealed record DiscussionView(string Order, string? From = null, string? Only = null, int Page = 1)
{
    /// <summary>The newest activity first.</summary>
    public const string Active = "active";

    /// <summary>The oldest thread first.</summary>
    public const string Oldest = "oldest";

    /// <summary>The query that leads here.</summary>
    public string Query
    {
        get
        {
            if (Only is not null)
                return Page > 1 ? $"?thread={Only}&page={Page}" : $"?thread={Only}";
            var order = Order == Active ? "" : "?talk=" + Order;
            return From is null ? order : $"{(order.Length == 0 ? "?" : order + "&")}from={From}";
        }
    }
}

/// <summary>What somebody wrote that was not taken.</summary>
/// <param name="Form">Which form it came from: <c>new</c>, or what is done and the comment's id.</param>
/// <param name="Text">What was written.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record Draft(string Form, string Text, string Problem);

/// <summary>A thread.</summary>
/// <param name="Id">Its id.</param>
/// <param name="First">The comment it began with.</param>
/// <param name="Replies">The replies that are shown, oldest first.</param>
/// <param name="Earlier">How many replies before them are not.</param>
/// <param name="Pages">How many pages its replies fill, where it is shown alone.</param>
public sealed record ThreadModel(string Id, CommentModel First, IReadOnlyList<CommentModel> Replies, int Earlier, int Pages);

/// <summary>A comment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Thread">Its thread.</param>
/// <param name="State">visible, hidden, deleted or erased.</param>
/// <param name="Author">Who wrote it: none for the team; null if nobody is told.</param>
/// <param name="Text">What it says, Markdown; null if the visitor may not read it.</param>
/// <param name="At">When it was posted.</param>
/// <param name="EditedAt">When it was last edited; null for never.</param>
/// <param name="ReplyTo">The comment that it answers, if that is shown here too.</param>
/// <param name="HiddenFor">Why the team hid it, for its author and the team.</param>
/// <param name="Reports">How many reports wait for the team; 0 for others than the team.</param>
/// <param name="Key">Makes sending the form for a reply twice one reply.</param>
public sealed record CommentModel(
    string Id, string Thread, string State, IReadOnlyList<AuthorName>? Author, string? Text, Instant At, Instant? EditedAt, Answered? ReplyTo,
    string? HiddenFor, int Reports, string Key)
{
    /// <summary>Whether the visitor may edit it now.</summary>
    public bool CanEdit { get; init; }

    /// <summary>Whether the visitor may delete it.</summary>
    public bool CanDelete { get; init; }

    /// <summary>Whether the visitor may report it.</summary>
    public bool CanReport { get; init; }

    /// <summary>Whether the visitor may reply to it now.</summary>
    public bool CanReply { get; init; }

    /// <summary>Whether the visitor may hide and show it.</summary>
    public bool CanModerate { get; init; }
}

/// <summary>The comment that a reply answers.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Author">Who wrote it.</param>
public sealed record Answered(string Id, IReadOnlyList<AuthorName> Author);
