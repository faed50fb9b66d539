using System.Globalization;
using System.Text;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ranking;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Portal.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IdeaVote.Portal.Discover;

/// <summary>Which of a campaign's ideas are shown, and in which order.</summary>
/// <param name="Sort">The order, as it is named in the address.</param>
/// <param name="Sorts">The orders there are for this visitor.</param>
/// <param name="Words">Words to find; null for none.</param>
/// <param name="Tag">A tag that ideas must have; null for any.</param>
/// <param name="Status">A status that ideas must have; null for any.</param>
/// <param name="Top">How the order named <c>top</c> ranks.</param>
public sealed record ListFilter(string Sort, IReadOnlyList<string> Sorts, string? Words, string? Tag, string? Status, RankBy Top)
{
    /// <summary>What the visitor is likely to care for.</summary>
    public const string ForYou = "for-you";

    private const string Trending = "trending";
    private const string Best = "top";
    private const string New = "new";
    private const string Relevance = "relevance";
    private const string NeedsVotes = "needs-votes";

    /// <summary>The statuses to filter by.</summary>
    public static IReadOnlyList<string> Statuses { get; } =
        ["published", "under_review", "planned", "building", "shipped", "declined"];

    /// <summary>Whether ideas are left out.</summary>
    public bool IsNarrowed => Words is not null || Tag is not null || Status is not null;

    /// <summary>Reads an address. What makes no sense in it is passed over: it may be an old link.</summary>
    internal static ListFilter Of(IQueryCollection query, CampaignView campaign, Visit visit)
    {
        var words = Text(query["q"], ListQuery.MaxWords);
        var rules = campaign.State.Rules;
        var sorts = new List<string>();
        var sees = visit.Exports || campaign.ScoresVisible(visit.Now);
        if (words is not null)
            sorts.Add(Relevance);
        if (sees)
            sorts.AddRange([Trending, Best]);
        sorts.Add(New);
        if (sees && Rankers.Missing(RankBy.NeedsVotes, rules) is null)
            sorts.Add(NeedsVotes);
        if (visit.IsSignedIn && words is null)
            sorts.Add(ForYou);
        var sort = query["sort"].ToString();
        var status = Text(query["status"], 40);
        return new ListFilter(
            sorts.Contains(sort, StringComparer.Ordinal) ? sort : sorts[0], sorts, words, Text(query["tag"], IdeaInput.MaxTag),
            Statuses.Contains(status, StringComparer.Ordinal) ? status : null, BestOf(rules));
    }

    /// <summary>The same but for one thing.</summary>
    public ListFilter With(string? sort = null) => this with { Sort = sort ?? Sort };

    /// <summary>The address of the list.</summary>
    /// <param name="campaign">The campaign's key.</param>
    /// <param name="cursor">Where it goes on; null for its beginning.</param>
    public string Url(string campaign, string? cursor = null)
    {
        var url = new StringBuilder($"/c/{campaign}");
        var mark = '?';
        foreach (var (name, value) in new[] { ("sort", Sort == Sorts[0] ? null : Sort), ("q", Words), ("tag", Tag), ("status", Status), ("cursor", cursor) })
        {
            if (value is null)
                continue;
            url.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }
        return url.ToString();
    }

    /// <summary>The question that the list of the API answers.</summary>
    internal QueryCollection ToQuery(int limit, string? cursor)
    {
        var query = new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["sort"] = Sort switch { Best => Name(Top), New => "newest", _ => Sort },
            ["limit"] = limit.ToString(CultureInfo.InvariantCulture),
            // What was declined, withdrawn or merged is found by its status, and does not stand in the way of the rest.
            ["status"] = Status ?? "submitted,published,under_review,planned,building,shipped",
        };
        if (Words is not null)
            query["q"] = Words;
        if (Tag is not null)
            query["tag"] = Tag;
        if (!string.IsNullOrEmpty(cursor))
            query["cursor"] = cursor;
        return new QueryCollection(query);
    }

    /// <summary>The ranking that says most about a campaign of these rules.</summary>
    internal static RankBy BestOf(Rules rules) => rules switch
    {
        { Approve: not null } => RankBy.Approvals,
        { Rate: not null } => RankBy.Bayesian,
        { Invest: not null } => RankBy.Invested,
        { Rank: not null } => RankBy.Borda,
        { Duel: not null } => RankBy.Duels,
        _ => RankBy.Trending,
    };

    private static string Name(RankBy by) => by.ToString().ToLowerInvariant();

    private static string? Text(string? text, int maxChars) => text?.Trim() is { Length: > 0 } trimmed && trimmed.Length <= maxChars ? trimmed : null;
}
