using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Verify;

/// <summary>Reads cells of exported CSV.</summary>
internal static class CsvFile
{
    /// <summary>How it is read.</summary>
    public static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture);

    /// <summary>A number; null for an empty cell.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static decimal? Number(CsvReader csv, string name) =>
        csv.GetField(name) is { Length: > 0 } text ? decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;

    /// <summary>A text; null for an empty cell or none. The apostrophe before what a spreadsheet would take for a formula is left out.</summary>
    public static string? Text(CsvReader csv, string name)
    {
        if (!csv.TryGetField<string>(name, out var text) || string.IsNullOrEmpty(text))
            return null;
        return text is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? text[1..] : text;
    }

    /// <summary>What the first row says that the file counts.</summary>
    /// <exception cref="FormatException">The parameters can't be read.</exception>
    public static Told ToldBy(CsvReader csv) => new(
        Text(csv, "campaign"), Text(csv, "position"), Text(csv, "parameters") is { } parameters ? TermsText.Read(parameters) : null, Text(csv, "ballots"));
}
