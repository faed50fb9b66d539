using System.Text.RegularExpressions;
using IdeaVote.Portal.Languages;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests.Hostile;

/// <summary>Says what is wrong with an answer to somebody hostile.</summary>
internal static partial class Verdict
{
    private static readonly string[] OfProblems = ["problem.", "account.", "me.", "notice.", "talk.", "ranking.", "portfolio.", "analysis."];

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // What the portal's pages are made of. A new element or attribute is added here by whoever uses it.
    private static readonly HashSet<string> Elements =
    [
        "html", "head", "meta", "title", "link", "script", "body", "header", "nav", "main", "footer", "section", "article", "aside", "div", "p", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "a", "b", "strong", "em", "del", "code", "pre", "blockquote", "br",
        "hr", "time", "form", "fieldset", "legend", "label", "input", "select", "option", "textarea", "button", "progress", "details", "summary", "figure", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "path", "circle", "rect", "line", "text", "g", "polyline", "datalist", "small", "i", "kbd", "output",
    ];

    private static readonly HashSet<string> Attributes =
    [
        "lang", "dir", "class", "id", "charset", "name", "content", "rel", "href", "hreflang", "type", "src", "tabindex", "role", "method", "action", "value", "for", "checked", "selected", "disabled", "required", "readonly", "multiple", "maxlength", "minlength", "min", "max", "step", "rows", "placeholder", "autocomplete", "inputmode",
        "spellcheck", "datetime", "title", "scope", "colspan", "rowspan", "open", "start", "download", "formaction", "formnovalidate", "list", "accept", "enctype", "viewbox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "transform", "preserveaspectratio", "focusable", "media", "accesskey", "headers", "dominant-baseline", "text-anchor", "pathlength", "key",
    ];

    // The portal's own words of what is wrong, each cut where values stand in it.
    private static readonly string[][] Texts = [.. German().Select(static text => Places().Split(text))];

    /// <summary>What is wrong with an answer; null if nothing is.</summary>
    /// <param name="answer">The answer.</param>
    public static string? Of(PageView answer)
    {
        if (answer.Status >= 500)
            return $"answered {answer.Status}";
        if (!answer.Headers.TryGetValue("Content-Security-Policy", out var policy) || policy != Policy)
            return $"the policy is {policy}";
        if (answer.Headers.ContainsKey("X-Attack") || answer.Cookies.Any(static cookie => !cookie.StartsWith("ideavote-", StringComparison.Ordinal) || cookie.Contains("stolen", StringComparison.Ordinal)))
            return "a header was smuggled in";
        if (answer.Location is { } location)
            return IsAway(location) || location.Any(static c => c is < ' ' or > '~') ? $"leads to {location}" : null;
        if (answer.Headers.GetValueOrDefault("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) == true && OfHtml(answer) is { } wrong)
            return wrong;
        return answer.Status >= 400 ? OfRefusal(answer) : null;
    }

    /// <summary>What is wrong with a page; null if nothing is.</summary>
    private static string? OfHtml(PageView page)
    {
        Markup markup;
        try
        {
            markup = page.Markup;
        }
        catch (FormatException e)
        {
            return $"does not parse: {e.Message}";
        }
        foreach (var element in markup.Elements)
        {
            if (!Elements.Contains(element.Name))
                return $"has an element {element.Name}";
            if (element.Name == "script" && (element.Text.Length > 0 || element["src"]?.StartsWith("/assets/", StringComparison.Ordinal) != true))
                return "has a script of its own";
            if (element.Attributes.Keys.FirstOrDefault(static name => !Attributes.Contains(name) && !name.StartsWith("aria-", StringComparison.Ordinal) && !name.StartsWith("data-", StringComparison.Ordinal)) is { } attribute)
                return $"has an attribute {attribute} on {element.Name}";
            if (new[] { element["href"], element["src"], element["action"], element["formaction"], element["data-live"] }.OfType<string>().FirstOrDefault(Astray) is { } address)
                return $"leads to {address}";
        }
        return null;
    }

    /// <summary>What is wrong with an error page; null if it says what is wrong, in words of ours, on a page of ours.</summary>
    private static string? OfRefusal(PageView page)
    {
        if (page.Headers.GetValueOrDefault("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) != true)
            return $"an error as {page.Headers.GetValueOrDefault("Content-Type")}";
        if (page.Markup.Of("main").Count() != 1 || page.Markup.Of("h1").Count() != 1)
            return "an error that is no page";
        var paragraphs = page.Markup.Of("p").ToList();
        var said = paragraphs.Where(static element => (element["class"] ?? "").Split(' ').Contains("problem"))
            .Concat(paragraphs.Where(static element => element.Path.Contains("section")))
            .Select(static element => element.Text.Trim()).Where(static text => text.Length > 0).ToList();
        return said.Exists(IsOurs) ? null : $"an error {page.Status} without a text of ours: {string.Join(" | ", said)}";
    }

    private static IEnumerable<string> German()
    {
        var german = new LanguageBook().Find("de")!;
        return german.Keys.Where(static key => OfProblems.Any(start => key.StartsWith(start, StringComparison.Ordinal))).Select(key => german[key]);
    }

    private static bool IsOurs(string said) => Array.Exists(Texts, pieces =>
    {
        var at = 0;
        foreach (var piece in pieces)
        {
            at = said.IndexOf(piece, at, StringComparison.Ordinal);
            if (at < 0)
                return false;
            at += piece.Length;
        }
        return said.StartsWith(pieces[0], StringComparison.Ordinal) && said.EndsWith(pieces[^1], StringComparison.Ordinal);
    });

    /// <summary>Whether an address leads away from here, other than a text may.</summary>
    private static bool Astray(string address) =>
        IsAway(address) && !address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        && !address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) && !address.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');

    // Browsers pass over control characters and take a backslash for a slash.
    private static bool IsAway(string address) =>
        !(address == "/" || address.StartsWith('#') || address.StartsWith('?') || (address.Length > 1 && address[0] == '/' && address[1] is not ('/' or '\\' or '\t' or '\r' or '\n')));

    [GeneratedRegex(@"\{\d(?::[^}]*)?\}", RegexOptions.NonBacktracking)]
    private static partial Regex Places();
}
