using System.Buffers;
using System.Text;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>Writes cells of CSV (RFC 4180) that a spreadsheet shows as text, whatever people wrote into them.</summary>
internal static class CsvCells
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>Writes a text. One that a spreadsheet could take for a formula gets an apostrophe in front.</summary>
    public static void WriteText(IBufferWriter<byte> output, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;
        if (safe.AsSpan().ContainsAny(Quoted))
            safe = "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        Encoding.UTF8.GetBytes(safe, output);
    }

    /// <summary>Writes a number; nothing for none.</summary>
    public static void WriteNumber<T>(IBufferWriter<byte> output, T? number)
        where T : struct, IUtf8SpanFormattable
    {
        if (number is not { } value)
            return;
        Span<byte> text = stackalloc byte[40];
        if (value.TryFormat(text, out var length, default, null))
            output.Write(text[..length]);
    }
}
