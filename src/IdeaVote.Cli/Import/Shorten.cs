namespace IdeaVote.Cli.Import;

/// <summary>Fits text from files into the server's limits.</summary>
internal static class Shorten
{
    /// <summary>The text on one line with single blanks, ended by an ellipsis where something is cut off.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="limit">The most UTF-16 units, 1 or more.</param>
    public static string ToLine(string text, int limit)
    {
        var line = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        line = string.Concat(line.Where(c => !char.IsControl(c)));
        if (line.Length <= limit)
            return line;
        // Half of a surrogate pair would be no character at all.
        var end = char.IsHighSurrogate(line[limit - 2]) ? limit - 2 : limit - 1;
        return line[..end].TrimEnd() + "…";
    }
}
