using System.Globalization;
using System.Text.Json;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Output;
using IdeaVote.Domain.Ranking.Charts;
using IdeaVote.Sheets;

namespace IdeaVote.Cli.Commands;

/// <summary>Prints a ranking.</summary>
internal static class LeaderboardOutput
{
    private static readonly string[] CsvHeader = ["rank", "idea", "reference", "title", "score", "votes", "weighted", "low", "high"];

    // What an idea gets of a pool; a column only where there is a pool.
    private const string Match = "match";

    /// <summary>Prints it in the format asked for.</summary>
    /// <param name="host">Where to.</param>
    /// <param name="json">The ranking as the server gives it.</param>
    /// <param name="format">One of <see cref="OutputFormat"/>.</param>
    /// <param name="file">Where a spreadsheet goes.</param>
    public static void Write(CliHost host, JsonElement json, string format, string? file)
    {
        var ranking = ApiJson.Read<Leaderboard>(json);
        var rows = ranking.Rows;
        var counted = Counted.Of(ranking.Campaign ?? ranking.File, ranking.Position, ranking.Parameters, ranking.Ballots);
        if (format == OutputFormat.Json)
            JsonOutput.Write(host.Out, json);
        else if (format == OutputFormat.Csv)
            CsvCells.Write(host.Out, Counted.Header(Header(rows), counted), Counted.Rows(rows.Select(row => CsvRow(row, HasMatch(rows))), counted));
        else if (format == OutputFormat.Xlsx)
            WriteSheet(file!, rows, counted);
        else
            WriteTable(host, rows);
    }

    /// <summary>Draws it.</summary>
    /// <param name="file">The picture; replaced if it is there.</param>
    /// <param name="of">What is ranked.</param>
    /// <param name="by">What it is ranked by.</param>
    /// <param name="json">The ranking as the server gives it.</param>
    public static void Draw(string file, string of, string by, JsonElement json) => File.WriteAllText(
        file,
        RankingChart.Draw(of, by, ApiJson.Read<Leaderboard>(json).Rows.Select(row => new RankingDot(
            row.Rank, row.Title ?? row.Reference ?? row.Idea, row.Weighted ?? row.Score, row.Interval?.Low, row.Interval?.High, row.Term("voters")))));

    private static void WriteSheet(string file, IReadOnlyList<LeaderboardRow> rows, Counted? counted)
    {
        using var output = File.Create(file);
        using var sheet = new SheetWriter(output, "Leaderboard", Header(rows)) { About = Counted.About(counted) };
        var match = HasMatch(rows);
        foreach (var row in rows)
        {
            object?[] cells = [row.Rank, row.Idea, row.Reference, row.Title, row.Score, row.Votes, row.Weighted, row.Interval?.Low, row.Interval?.High];
            sheet.Write(match ? [.. cells, row.Term(Match)] : cells);
        }
    }

    // What no row has takes no room.
    private static void WriteTable(CliHost host, IReadOnlyList<LeaderboardRow> rows)
    {
        var weighted = rows.Any(row => row.Weighted is not null);
        var interval = rows.Any(row => row.Interval is not null);
        var match = HasMatch(rows);
        string[] header =
        [
            ">rank", "reference", "title", ">score", .. weighted ? [">weighted"] : Array.Empty<string>(), .. interval ? ["interval"] : Array.Empty<string>(),
            .. match ? [">match"] : Array.Empty<string>(), ">votes",
        ];
        TableOutput.Write(host.Out, host.OutWidth, header, rows.Select(row => (string[])
        [
            Text(row.Rank), row.Reference ?? "", row.Title ?? row.Idea, Short(row.Score),
            .. weighted ? [Short(row.Weighted)] : Array.Empty<string>(),
            .. interval ? [row.Interval is { } ends ? $"{Short(ends.Low)} – {Short(ends.High)}" : ""] : Array.Empty<string>(),
            .. match ? [Short(row.Term(Match))] : Array.Empty<string>(),
            Text(row.Votes),
        ]));
    }

    private static bool HasMatch(IReadOnlyList<LeaderboardRow> rows) => rows.Any(row => row.Term(Match) is not null);

    private static string[] Header(IReadOnlyList<LeaderboardRow> rows) => HasMatch(rows) ? [.. CsvHeader, Match] : CsvHeader;

    private static string[] CsvRow(LeaderboardRow row, bool match) =>
    [
        Text(row.Rank), row.Idea, row.Reference ?? "", row.Title ?? "", Whole(row.Score), Text(row.Votes), Whole(row.Weighted), Whole(row.Interval?.Low), Whole(row.Interval?.High),
        .. match ? [Whole(row.Term(Match))] : Array.Empty<string>(),
    ];

    private static string Whole(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Short(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
