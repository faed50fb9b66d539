using System.Text.Json;
using CsvHelper;
using IdeaVote.Cli.Commands;

namespace IdeaVote.Cli.Verify;

/// <summary>One row of a leaderboard as it was exported.</summary>
/// <param name="Idea">The idea's id.</param>
/// <param name="Numbers">Its numbers by name: rank, score, votes, and what else the file has; null for none. What made the score by <c>explain.</c> and its name.</param>
internal sealed record RankingRow(string Idea, IReadOnlyDictionary<string, decimal?> Numbers);

/// <summary>An exported leaderboard: JSON, JSON lines or CSV. Columns that are not known may be there or not.</summary>
/// <param name="By">What it ranks by; null if the file does not say.</param>
/// <param name="Told">What it says that it counts.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record RankingFile(string? By, Told Told, IReadOnlyList<RankingRow> Rows)
{
    private static readonly string[] Needed = ["rank", "score", "votes"];
    private static readonly string[] Columns = [.. Needed, "weighted", "low", "high"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It is no leaderboard.</exception>
    public static RankingFile Read(string path)
    {
        var text = File.ReadAllText(path);
        try
        {
            if (text.AsSpan().TrimStart() is not ['{', ..])
                return ReadCsv(text);
            return JsonLine.IsFirst(text, "rank") ? ReadLines(text) : ReadJson(text);
        }
        catch (Exception e) when (JsonLine.IsUnreadable(e))
        {
            throw new UsageException($"{path} is no leaderboard as JSON or CSV with the columns rank, idea, score and votes");
        }
    }

    private static RankingFile ReadJson(string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        return new RankingFile(JsonLine.Text(root, "by"), JsonLine.ToldBy(root), [.. root.GetProperty("rows").EnumerateArray().Select(Row)]);
    }

    private static RankingFile ReadLines(string text)
    {
        var rows = new List<RankingRow>();
        var (by, told) = ((string?)null, new Told());
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("counted", out var counted))
                (by, told) = (JsonLine.Text(counted, "by"), JsonLine.ToldBy(counted));
            else
                rows.Add(Row(json.RootElement));
        }
        return new RankingFile(by, told, rows);
    }

    private static RankingRow Row(JsonElement row)
    {
        var numbers = new Dictionary<string, decimal?>(StringComparer.Ordinal)
        {
            ["rank"] = row.GetProperty("rank").GetInt32(),
            ["score"] = JsonLine.Number(row, "score"),
            ["votes"] = row.GetProperty("votes").GetInt32(),
        };
        if (row.TryGetProperty("weighted", out _))
            numbers.Add("weighted", JsonLine.Number(row, "weighted"));
        if (row.TryGetProperty("interval", out var interval))
        {
            var isNone = interval.ValueKind == JsonValueKind.Null;
            numbers.Add("low", isNone ? null : interval.GetProperty("low").GetDecimal());
            numbers.Add("high", isNone ? null : interval.GetProperty("high").GetDecimal());
        }
        if (row.TryGetProperty("explain", out var explain))
        {
            foreach (var term in explain.EnumerateObject())
                numbers.Add("explain." + term.Name, term.Value.GetDecimal());
        }
        return new RankingRow(row.GetProperty("idea").GetString()!, numbers);
    }

    private static RankingFile ReadCsv(string text)
    {
        using var csv = new CsvReader(new StringReader(text), CsvFile.Configuration);
        csv.Read();
        csv.ReadHeader();
        if (Needed.Any(name => !csv.HeaderRecord!.Contains(name, StringComparer.Ordinal)))
            throw new FormatException();
        var rows = new List<RankingRow>();
        var told = new Told();
        while (csv.Read())
        {
            if (rows.Count == 0)
                told = CsvFile.ToldBy(csv);
            rows.Add(new RankingRow(
                csv.GetField("idea")!,
                Columns.Where(name => csv.HeaderRecord!.Contains(name, StringComparer.Ordinal)).ToDictionary(name => name, name => CsvFile.Number(csv, name), StringComparer.Ordinal)));
        }
        return new RankingFile(told.Parameters?.GetValueOrDefault("by"), told, rows);
    }
}
