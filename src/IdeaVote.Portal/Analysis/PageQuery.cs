using System.Text;
using IdeaVote.Gateway.Audit;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Analysis;

/// <summary>What a form of choices asks for: the fields that are filled in, in one order, so that the same view has the same address.</summary>
/// <param name="names">The fields there are, in their order.</param>
/// <param name="query">The request's.</param>
internal sealed class PageQuery(IReadOnlyList<string> names, IQueryCollection query)
{
    private const int MaxChars = 4_000;

    private readonly Dictionary<string, string> fields = names
        .Select(name => (name, text: query[name].ToString().Trim()))
        .Where(field => field.text.Length is > 0 and <= MaxChars)
        .ToDictionary(field => field.name, field => field.text, StringComparer.Ordinal);

    /// <summary>A field's text; null if it is empty.</summary>
    public string? this[string name] => fields.GetValueOrDefault(name);

    /// <summary>Whether the address names fields that are empty, as forms without scripts send them.</summary>
    public bool IsUntidy => names.Any(name => query.TryGetValue(name, out var texts) && texts.ToString().Trim().Length == 0);

    /// <summary>The address of a view.</summary>
    /// <param name="path">The page's path.</param>
    /// <param name="changes">Fields that are other than here; null for empty.</param>
    public string Url(string path, params ReadOnlySpan<(string Name, string? Text)> changes)
    {
        var changed = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        foreach (var (name, text) in changes)
        {
            changed.Remove(name);
            if (text is not null)
                changed.Add(name, text);
        }
        return Url(path, names.Where(changed.ContainsKey).Select(name => KeyValuePair.Create(name, changed[name])));
    }

    /// <summary>The fields of a file that is kept: for who may know, it names the ballots it counts.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Counted(IEnumerable<KeyValuePair<string, string>> fields, bool exports) =>
        exports ? fields.Append(new(NamedBallots.Parameter, "sha256")) : fields;

    /// <summary>An address with a query.</summary>
    public static string Url(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var url = new StringBuilder(path);
        var mark = '?';
        foreach (var (name, text) in fields)
        {
            url.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(text));
            mark = '&';
        }
        return url.ToString();
    }
}
