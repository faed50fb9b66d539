namespace IdeaVote.Engine.Audit;

/// <summary>Parameters on one line, for a cell or a comment: <c>by=rating&amp;top=100</c>, names and values escaped as in an address (RFC 3986).</summary>
public static class TermsText
{
    /// <summary>Writes them.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> terms) =>
        string.Join('&', terms.Select(static term => $"{Uri.EscapeDataString(term.Key)}={Uri.EscapeDataString(term.Value)}"));

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">They are not of that form, or one is named twice.</exception>
    public static Dictionary<string, string> Read(string text)
    {
        var terms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=') is not [var name, var value] || !terms.TryAdd(Uri.UnescapeDataString(name), Uri.UnescapeDataString(value)))
                throw new FormatException("This is no list of parameters.");
        }
        return terms;
    }
}
