using System.Security.Cryptography;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Output;

/// <summary>What a ranking or portfolio counts, so that whoever has it can count again.</summary>
/// <param name="Source">The campaign's key, or the file's name.</param>
/// <param name="Position">The position of the last event included; null for a file.</param>
/// <param name="Parameters">What was asked for, by name.</param>
/// <param name="Ballots">SHA-256 of a campaign's ballots in their canonical form; of a file, of its bytes, as <c>sha256sum</c> says it.</param>
internal sealed record Counted(string Source, string? Position, IReadOnlyDictionary<string, string> Parameters, string Ballots)
{
    /// <summary>The columns of CSV that say it, with values on the first row.</summary>
    public static readonly string[] Columns = ["campaign", "position", "parameters", "ballots"];

    private static readonly string[] Empty = ["", "", "", ""];

    /// <summary>What an answer names; null if the server named no ballots.</summary>
    public static Counted? Of(string? source, string? position, IReadOnlyDictionary<string, string>? parameters, string? ballots) =>
        ballots is null ? null : new Counted(source ?? "", position, parameters ?? new Dictionary<string, string>(StringComparer.Ordinal), ballots);

    /// <summary>SHA-256 of bytes, in hexadecimal.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The names of all columns.</summary>
    public static string[] Header(string[] columns, Counted? counted) => counted is null ? columns : [.. columns, .. Columns];

    /// <summary>All rows, the first with what is counted.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(IEnumerable<string[]> rows, Counted? counted)
    {
        var cells = counted is null ? [] : (string[])[counted.Source, counted.Position ?? "", TermsText.Write(counted.Parameters), counted.Ballots];
        foreach (var row in rows)
        {
            yield return [.. row, .. cells];
            cells = counted is null ? cells : Empty;
        }
    }

    /// <summary>The same for the second sheet of a spreadsheet.</summary>
    public static IReadOnlyList<(string Name, string Value)> About(Counted? counted) => counted is null
        ? []
        :
        [
            ("campaign", counted.Source),
            .. counted.Position is { } position ? [("position", position)] : Array.Empty<(string, string)>(),
            .. counted.Parameters.Select(static term => (term.Key, term.Value)),
            ("ballots", counted.Ballots),
        ];
}
