using System.Globalization;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Discussion;

/// <summary>Reads which part of a discussion is asked for; what makes no sense is the beginning.</summary>
internal static class DiscussionViews
{
    private const int MaxCursorChars = 64;
    private const int MaxPage = CommentThread.MaxComments / DiscussionLoader.PageReplies;

    /// <summary>Out of an address.</summary>
    public static DiscussionView Of(IQueryCollection query) =>
        Of(query["talk"].ToString(), query["from"].ToString(), query["thread"].ToString(), query["page"].ToString());

    /// <summary>Out of its parts.</summary>
    public static DiscussionView Of(string? order, string? from, string? thread, string? page) => new(
        order == DiscussionView.Oldest ? order : DiscussionView.Active,
        from is { Length: > 0 and <= MaxCursorChars } ? from : null,
        Id.TryParse(thread, out var only) ? only.ToString() : null,
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, MaxPage) : 1);
}
