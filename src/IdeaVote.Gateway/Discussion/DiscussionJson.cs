using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Discussion;

/// <summary>A comment to begin a thread with.</summary>
/// <param name="Text">What it says, Markdown, 1 to 5,000 characters.</param>
internal sealed record NewThreadBody(string Text);

/// <summary>A reply.</summary>
/// <param name="Text">What it says, Markdown, 1 to 5,000 characters.</param>
/// <param name="ReplyTo">The id of the comment of the same thread that it answers; null for the thread as a whole.</param>
internal sealed record NewReplyBody(string Text, string? ReplyTo = null);

/// <summary>A new text of a comment.</summary>
/// <param name="Text">What it says from now on, Markdown, 1 to 5,000 characters.</param>
internal sealed record CommentChangeBody(string Text);

/// <summary>A report of a comment.</summary>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record ReportBody(string Reason);

/// <summary>What the team decides on a comment.</summary>
/// <param name="Reason">Why it is hidden; null to show it.</param>
internal sealed record ModerationBody(string? Reason);

/// <summary>A comment.</summary>
/// <param name="Id">Its id; that of a thread's first comment is the thread's.</param>
/// <param name="State">visible, hidden, deleted or erased.</param>
/// <param name="Text">What it says, Markdown; null if it can't be read. Only the team reads what is hidden.</param>
/// <param name="ByTeam">Whether the team wrote it.</param>
/// <param name="Mine">Whether the voter who asks wrote it.</param>
/// <param name="ReplyTo">The comment that it answers; null for none in particular.</param>
/// <param name="PostedAt">When it was posted.</param>
/// <param name="EditedAt">When it was last edited; null for never.</param>
/// <param name="HiddenFor">Why the team hid it, for its author and the team; else null.</param>
/// <param name="Reports">How many reports wait for the team; only the team is told.</param>
internal sealed record CommentBody(
    string Id, string State, string? Text, bool ByTeam, bool Mine, string? ReplyTo, DateTimeOffset PostedAt, DateTimeOffset? EditedAt,
    string? HiddenFor, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Reports = null);

/// <summary>A thread.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Idea">The idea it is about.</param>
/// <param name="Comments">How many comments it has, those included that can't be read.</param>
/// <param name="First">The comment that it began with.</param>
/// <param name="Replies">Replies, oldest first: in a list the newest, else those of the page.</param>
/// <param name="Next">Where its replies go on, for <c>cursor=</c>; null at their end, and in lists.</param>
internal sealed record ThreadBody(
    string Id, string Idea, int Comments, CommentBody First, IReadOnlyList<CommentBody> Replies,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next = null);

/// <summary>One page of threads.</summary>
/// <param name="Items">The threads.</param>
/// <param name="Next">Where the list goes on, for <c>cursor=</c>; null at its end.</param>
internal sealed record ThreadPage(IReadOnlyList<ThreadBody> Items, string? Next);

/// <summary>A comment that was reported.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Thread">The thread.</param>
/// <param name="Comment">The comment.</param>
/// <param name="Reasons">What people say is wrong with it.</param>
/// <param name="Since">When it was first reported.</param>
internal sealed record ReportedBody(string Idea, string Thread, CommentBody Comment, IReadOnlyList<string> Reasons, DateTimeOffset Since);

/// <summary>One page of reported comments.</summary>
/// <param name="Items">The comments, those that wait longest first.</param>
/// <param name="Next">Where the list goes on, for <c>cursor=</c>; null at its end.</param>
internal sealed record ReportPage(IReadOnlyList<ReportedBody> Items, string? Next);

/// <summary>The bodies of discussions.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth,
    Converters = [typeof(IsoTimeConverter), typeof(OptionalIsoTimeConverter)])]
[JsonSerializable(typeof(NewThreadBody))]
[JsonSerializable(typeof(NewReplyBody))]
[JsonSerializable(typeof(CommentChangeBody))]
[JsonSerializable(typeof(ReportBody))]
[JsonSerializable(typeof(ModerationBody))]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(ThreadBody))]
[JsonSerializable(typeof(ThreadPage))]
[JsonSerializable(typeof(ReportPage))]
internal sealed partial class DiscussionJson : JsonSerializerContext;
