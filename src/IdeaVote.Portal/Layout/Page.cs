using IdeaVote.Portal.Http;
using Microsoft.AspNetCore.Components;

namespace IdeaVote.Portal.Layout;

/// <summary>A part of a page: it knows the visit and shows what it is given.</summary>
public abstract class Part : ComponentBase
{
    /// <summary>Who looks, and in which language.</summary>
    [CascadingParameter]
    public Visit Visit { get; set; } = null!;

    /// <summary>A text in the visitor's language.</summary>
    protected string T(string key) => Visit.Language[key];

    /// <summary>A text with values in it.</summary>
    protected string T(string key, params ReadOnlySpan<object?> values) => Visit.Language.Format(key, values);

    /// <summary>A text that depends on a number.</summary>
    protected string N(string key, long count) => Visit.Language.Count(key, count);

    /// <summary>An address on this server.</summary>
    protected string U(string path) => Visit.Url(path);
}

/// <summary>A page, or a part that is also answered alone.</summary>
/// <typeparam name="TModel">What it shows.</typeparam>
public abstract class Page<TModel> : Part
{
    /// <summary>What it shows.</summary>
    [Parameter]
    public TModel Model { get; set; } = default!;
}

/// <summary>What stands around a page.</summary>
/// <param name="Title">The page's title, in the browser's tab.</param>
/// <param name="Campaign">The campaign that the page belongs to; null for none.</param>
/// <param name="Section">Which of the campaign's pages it is, for the navigation.</param>
public sealed record Frame(string Title, CampaignFrame? Campaign = null, string? Section = null)
{
    /// <summary>The page's description for search engines and previews; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The modules the page wants besides those of every page.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>Where the page's live changes come from; null if it has none.</summary>
    public string? Live { get; init; }

    /// <summary>Whether the page is wider than text, as boards and tables are.</summary>
    public bool IsWide { get; init; }
}

/// <summary>A campaign as the navigation shows it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Title">Its title.</param>
/// <param name="Duels">Whether it has duels.</param>
/// <param name="Votes">Whether people vote in it at all.</param>
/// <param name="Fund">Whether it has a fund.</param>
/// <param name="ShowsScores">Whether the visitor sees scores.</param>
/// <param name="Results">Whether the team has announced a result.</param>
public sealed record CampaignFrame(string Key, string Title, bool Duels, bool Votes, bool Fund, bool ShowsScores, bool Results);
