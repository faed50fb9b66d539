namespace IdeaVote.Cli.Import;

/// <summary>Fits text from files into the server's limits.</summary>
internal static class Shorten
{
    /// <summary>
    /// The text on one line, ended by an ellipsis where something is cut off. What is one line already stays as it is but for blanks
    /// around it; else each stretch of blanks and breaks becomes one blank.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="limit">The most UTF-16 units, 1 or more.</param>
    public static string ToLine(string text, int limit)
    {
        var line = text.Any(IsBreak) ? OnOneLine(text) : text.Trim();
        if (line.Length <= limit)
            return line;
        // Half of a surrogate pair would be no character at all.
        var end = char.IsHighSurrogate(line[limit - 2]) ? limit - 2 : limit - 1;
        return line[..end].TrimEnd() + "…";
    }

    private static string OnOneLine(string text) =>
        string.Concat(string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Where(c => !char.IsControl(c)));

    private static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
