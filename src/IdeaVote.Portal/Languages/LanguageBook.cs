using Microsoft.Net.Http.Headers;

namespace IdeaVote.Portal.Languages;

/// <summary>The languages that the portal speaks.</summary>
public sealed class LanguageBook
{
    private const int MaxWishes = 10;
    private static readonly string[] Codes = ["en", "de"];

    /// <summary>Reads the texts that are built into the program.</summary>
    public LanguageBook()
    {
        var assembly = typeof(LanguageBook).Assembly;
        All = [.. Codes.Select(code => Language.Read(code, assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"IdeaVote.Portal.Texts.{code}.", StringComparison.Ordinal))
            .Select(name => assembly.GetManifestResourceStream(name)!)))];
    }

    /// <summary>All of them; the first is spoken where none is wished for.</summary>
    public IReadOnlyList<Language> All { get; }

    /// <summary>The language of this code; null if it is not spoken.</summary>
    public Language? Find(string? code)
    {
        foreach (var language in All)
            if (string.Equals(language.Code, code, StringComparison.OrdinalIgnoreCase))
                return language;
        return null;
    }

    /// <summary>The language a browser asks for, best first; the portal's first if it asks for none of them.</summary>
    /// <param name="accepted">The header <c>Accept-Language</c>.</param>
    public Language Choose(IList<string?> accepted)
    {
        if (accepted.Count > 0 && StringWithQualityHeaderValue.TryParseList(accepted!, out var wishes))
        {
            foreach (var wish in wishes.Take(MaxWishes).OrderByDescending(wish => wish.Quality ?? 1))
                if (Find(wish.Value.Value?.Split('-')[0]) is { } language)
                    return language;
        }
        return All[0];
    }
}
