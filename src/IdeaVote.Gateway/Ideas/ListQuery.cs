using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Ideas;

/// <summary>In which order ideas are listed.</summary>
internal enum ListSort
{
    /// <summary>The latest submission first.</summary>
    Newest,

    /// <summary>The earliest submission first.</summary>
    Oldest,

    /// <summary>The best match of the words first; only with words.</summary>
    Relevance,

    /// <summary>The best of a ranking first.</summary>
    Ranked,
}

/// <summary>Which ideas a caller wants to see.</summary>
/// <param name="Words">Words they must hold; null for any.</param>
/// <param name="Tag">A tag they must have; null for any.</param>
/// <param name="Statuses">Statuses they may have; empty for any.</param>
/// <param name="Sort">In which order.</param>
/// <param name="Ranks">What the order ranks by; null if votes do not matter to it.</param>
/// <param name="Limit">How many at most, 1 to 100.</param>
/// <param name="Filters">Stands for all of this but the limit; see <see cref="ListCursor.FiltersOf"/>.</param>
/// <param name="Cursor">Where the list goes on; null for its beginning.</param>
internal sealed record ListQuery(
    string? Words, TermId? Tag, IReadOnlySet<IdeaStatus> Statuses, ListSort Sort, RankBy? Ranks, int Limit, ulong Filters, ListCursor? Cursor)
{
    /// <summary>The most ideas of one page.</summary>
    public const int MaxLimit = 100;

    /// <summary>The longest words to search for, in characters.</summary>
    public const int MaxWords = 200;

    private const int DefaultLimit = 20;
    private const int MaxOther = 500;

    /// <summary>Reads the query string.</summary>
    /// <exception cref="ApiException">400, with the parameter to blame.</exception>
    public static ListQuery Of(IQueryCollection query, CampaignId campaign, Pseudonyms pseudonyms)
    {
        QueryStrings.Check(query, "q", "tag", "status", "sort", "limit", "cursor");
        var words = QueryStrings.Text(query, "q", MaxWords)?.Trim() is { Length: > 0 } q ? q : null;
        var tag = QueryStrings.Text(query, "tag", MaxOther) is { } name ? IdeaInput.Tag(name, "tag") : null;
        var statuses = ParseStatuses(QueryStrings.Text(query, "status", MaxOther));
        var (sort, ranks) = SortOf(QueryStrings.Text(query, "sort", MaxOther), words is not null);
        var filters = ListCursor.FiltersOf(
            campaign, words, tag, string.Join(',', statuses.Order().Select(IdeaStatusNames.Of)), ranks?.ToString() ?? sort.ToString());
        return new ListQuery(
            words, tag is null ? null : pseudonyms.Tag(campaign, tag), statuses, sort, ranks,
            QueryStrings.Number(query, "limit", 1, MaxLimit, DefaultLimit), filters, CursorOf(QueryStrings.Text(query, "cursor", MaxOther), filters));
    }

    /// <summary>Reads a list of statuses with commas between; none for any.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c>.</exception>
    public static HashSet<IdeaStatus> ParseStatuses(string? text)
    {
        var statuses = new HashSet<IdeaStatus>();
        foreach (var name in text?.Split(',') ?? [])
            statuses.Add(IdeaStatusNames.TryParse(name.Trim(), out var status)
                ? status
                : throw CommonProblems.Invalid("status", $"There is no status \"{InputRefusals.Shown(name)}\"; known are {IdeaStatusNames.Known}, several with commas between."));
        return statuses;
    }

    private static (ListSort Sort, RankBy? Ranks) SortOf(string? text, bool hasWords) => text switch
    {
        null => (hasWords ? ListSort.Relevance : ListSort.Newest, null),
        "newest" => (ListSort.Newest, null),
        "oldest" => (ListSort.Oldest, null),
        "relevance" when hasWords => (ListSort.Relevance, null),
        _ when RankNames.Find(text) is { } by => (ListSort.Ranked, by),
        _ => throw CommonProblems.Invalid("sort", $"Sort by newest or oldest, by one of {RankNames.Known}, or by relevance together with q."),
    };

    private static ListCursor? CursorOf(string? text, ulong filters)
    {
        if (text is null)
            return null;
        return ListCursor.TryParse(text, out var cursor) && cursor.Filters == filters ? cursor : throw CommonProblems.Invalid(
            "cursor", "This cursor does not belong to this list. Take \"next\" of the page before, and leave all other parameters but limit as they were.", "invalid_cursor");
    }
}
