using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace IdeaVote.Cli.Output;

/// <summary>Writes CSV that a spreadsheet shows as text, whatever the cells contain.</summary>
internal static class CsvCells
{
    /// <summary>
    /// A cell on one line that no spreadsheet takes for a formula: one that starts with <c>= + - @</c>, also after
    /// blanks, or with a tab or a line break gets an apostrophe in front, unless all of it is a number.
    /// </summary>
    public static string Safe(string cell)
    {
        const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        // First without controls: taking one out may leave a formula.
        var clean = TerminalText.Clean(cell);
        var risky = clean.AsSpan().TrimStart() is ['=' or '+' or '-' or '@', ..] || cell is ['\t' or '\r' or '\n', ..];
        return risky && !decimal.TryParse(clean, Number, CultureInfo.InvariantCulture, out _) ? "'" + clean : clean;
    }

    /// <summary>Writes a header and rows, quoted as RFC 4180 asks, each line ended by LF.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var csv = new CsvWriter(output, configuration, leaveOpen: true);
        WriteRow(csv, header);
        foreach (var row in rows)
            WriteRow(csv, row);
    }

    private static void WriteRow(CsvWriter csv, IReadOnlyList<string> row)
    {
        foreach (var cell in row)
            csv.WriteField(Safe(cell));
        csv.NextRecord();
    }
}
