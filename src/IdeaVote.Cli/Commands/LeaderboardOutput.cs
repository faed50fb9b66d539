using System.Globalization;
using System.Text.Json;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Output;
using IdeaVote.Sheets;

namespace IdeaVote.Cli.Commands;

/// <summary>Prints a ranking.</summary>
internal static class LeaderboardOutput
{
    private static readonly string[] CsvHeader = ["rank", "idea", "reference", "title", "score", "votes", "weighted", "low", "high"];

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
            CsvCells.Write(host.Out, Counted.Header(CsvHeader, counted), Counted.Rows(rows.Select(row => CsvRow(row)), counted));
        else if (format == OutputFormat.Xlsx)
            WriteSheet(file!, rows, counted);
        else
            WriteTable(host, rows);
    }

    private static void WriteSheet(string file, IReadOnlyList<LeaderboardRow> rows, Counted? counted)
    {
        using var output = File.Create(file);
        using var sheet = new SheetWriter(output, "Leaderboard", CsvHeader) { About = Counted.About(counted) };
        foreach (var row in rows)
            sheet.Write(row.Rank, row.Idea, row.Reference, row.Title, row.Score, row.Votes, row.Weighted, row.Interval?.Low, row.Interval?.High);
    }

    // What no row has takes no room.
    private static void WriteTable(CliHost host, IReadOnlyList<LeaderboardRow> rows)
    {
        var weighted = rows.Any(row => row.Weighted is not null);
        var interval = rows.Any(row => row.Interval is not null);
        string[] header = [">rank", "reference", "title", ">score", .. weighted ? [">weighted"] : Array.Empty<string>(), .. interval ? ["interval"] : Array.Empty<string>(), ">votes"];
        TableOutput.Write(host.Out, host.OutWidth, header, rows.Select(row => (string[])
        [
            Text(row.Rank), row.Reference ?? "", row.Title ?? row.Idea, Short(row.Score),
            .. weighted ? [Short(row.Weighted)] : Array.Empty<string>(),
            .. interval ? [row.Interval is { } ends ? $"{Short(ends.Low)} – {Short(ends.High)}" : ""] : Array.Empty<string>(),
            Text(row.Votes),
        ]));
    }

    private static string[] CsvRow(LeaderboardRow row) =>
    [
        Text(row.Rank), row.Idea, row.Reference ?? "", row.Title ?? "", Whole(row.Score), Text(row.Votes), Whole(row.Weighted), Whole(row.Interval?.Low), Whole(row.Interval?.High),
    ];

    private static string Whole(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Short(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
