using System.Globalization;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Access;
using IdeaVote.Portal.Languages;

namespace IdeaVote.Portal.Http;

/// <summary>Who looks at a page, in which language and light, and when: what every part of a page may ask for.</summary>
public sealed class Visit
{
    /// <summary>Who looks, with what they may do here.</summary>
    public required Caller Caller { get; init; }

    /// <summary>Their account; null if they have not signed in.</summary>
    public Account? Account { get; init; }

    /// <summary>The language to speak.</summary>
    public required Language Language { get; init; }

    /// <summary>All languages there are.</summary>
    public required LanguageBook Languages { get; init; }

    /// <summary><c>light</c> or <c>dark</c> if the person chose; null to follow their system.</summary>
    public string? Theme { get; init; }

    /// <summary>The page's own path with its query.</summary>
    public required string Here { get; init; }

    /// <summary>The path that all others begin with; usually empty.</summary>
    public string Root { get; init; } = "";

    /// <summary>The time.</summary>
    public required Instant Now { get; init; }

    /// <summary>Where style and modules lie.</summary>
    public required Assets Assets { get; init; }

    /// <summary>What a form must send along, to show that it came from one of our pages.</summary>
    public required Func<string> FormToken { get; init; }

    /// <summary>What to tell the person once, such as that something was saved; null for nothing.</summary>
    public Notice? Notice { get; init; }

    /// <summary>How much news the person has not seen; null until it is counted, which is before a page is rendered.</summary>
    public int? Unseen { get; set; }

    /// <summary>Whether somebody has signed in.</summary>
    public bool IsSignedIn => Account is not null;

    /// <summary>Whether the person may run the campaign that the page is of.</summary>
    public bool Manages => Caller.Has(Scopes.Manage);

    /// <summary>Whether the person sees all scores and may export.</summary>
    public bool Exports => Caller.Has(Scopes.Export);

    /// <summary>Whether the person may do everything.</summary>
    public bool IsAdmin => Caller.Has(Scopes.Admin);

    /// <summary>The letter that stands for whoever has signed in; empty for a stranger.</summary>
    public string Initial { get => field ?? (Account is { } account ? StringInfo.GetNextTextElement(account.Name).ToUpperInvariant() : ""); init; }

    /// <summary>A text.</summary>
    public string this[string key] => Language[key];

    /// <summary>An address on this server.</summary>
    /// <param name="path">Its path, from the root.</param>
    public string Url(string path) => Root + path;

    /// <summary>The same visit of nobody in particular, to render a template with: what the visitor may do is left, and who they are is a gap.</summary>
    /// <param name="here">The page's own path with its query.</param>
    internal Visit Shared(string here) => new()
    {
        Caller = new Caller(Caller.Scopes, null, null, null, null),
        Account = Account is null ? null : new Account
        {
            Id = default,
            Email = "",
            PasswordHash = "",
            Person = default,
            Name = Template.Mark(Gap.Name),
            Created = default,
            Stamp = default,
        },
        Initial = Template.Mark(Gap.Initial),
        Unseen = Unseen,
        Language = Language,
        Languages = Languages,
        Theme = Theme,
        Here = here,
        Root = Root,
        Now = Now,
        Assets = Assets,
        FormToken = static () => Template.Mark(Gap.FormToken),
    };
}

/// <summary>Something told once, on the page after.</summary>
/// <param name="Key">The text's key.</param>
/// <param name="IsProblem">Whether something went wrong.</param>
/// <param name="Value">What stands in its place <c>{0}</c>; null for nothing.</param>
public sealed record Notice(string Key, bool IsProblem = false, string? Value = null);
