using System.Globalization;
using System.Text;

namespace IdeaVote.Cli.Output;

/// <summary>
/// Makes text that others wrote safe to print: without control characters a title cannot move the cursor, change
/// colours or set the window's name, and without direction overrides it cannot show the line in another order.
/// </summary>
internal static class TerminalText
{
    // Joiners shape emoji and several scripts; they move nothing.
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>The text on one line: breaks and tabs become blanks, other control and format characters go.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.All(IsPlain))
            return text ?? "";
        var clean = new StringBuilder(text.Length);
        // Enumerating runes also replaces lone surrogates, which no terminal can show.
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' or '\u0085' or '\u2028' or '\u2029')
                clean.Append(' ');
            else if (!IsControl(rune))
                clean.Append(rune.ToString());
        }
        return clean.ToString();
    }

    private static bool IsPlain(char c) => c is >= ' ' and <= '~';

    private static bool IsControl(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => true,
            UnicodeCategory.Format => rune.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner),
            _ => false,
        };
}
