using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using IdeaVote.Cli.Commands;

namespace IdeaVote.Cli.Verify;

/// <summary>One row of a leaderboard as it was exported.</summary>
/// <param name="Rank">Its rank.</param>
/// <param name="Idea">The idea's id.</param>
/// <param name="Score">Its score; null for none.</param>
/// <param name="Votes">How many voters that rests on.</param>
internal sealed record RankingRow(int Rank, string Idea, decimal? Score, int Votes);

/// <summary>An exported leaderboard, JSON or CSV; columns that are not compared may be there or not.</summary>
/// <param name="By">What it ranks by; null if the file does not say.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record RankingFile(string? By, IReadOnlyList<RankingRow> Rows)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It is no leaderboard.</exception>
    public static RankingFile Read(string path)
    {
        var text = File.ReadAllText(path);
        try
        {
            return text.AsSpan().TrimStart() is ['{', ..] ? ReadJson(text) : ReadCsv(text);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or CsvHelperException)
        {
            throw new UsageException($"{path} is no leaderboard as JSON or CSV with the columns rank, idea, score and votes");
        }
    }

    private static RankingFile ReadJson(string text)
    {
        using var json = JsonDocument.Parse(text);
        if (json.RootElement.GetProperty("rows").EnumerateArray().Any(row => row.TryGetProperty("weighted", out var weighted) && weighted.ValueKind == JsonValueKind.Number))
            throw Weighted();
        var by = json.RootElement.TryGetProperty("by", out var named) ? named.GetString() : null;
        return new RankingFile(by, [.. json.RootElement.GetProperty("rows").EnumerateArray().Select(row => new RankingRow(
            row.GetProperty("rank").GetInt32(),
            row.GetProperty("idea").GetString()!,
            row.TryGetProperty("score", out var score) && score.ValueKind != JsonValueKind.Null ? score.GetDecimal() : null,
            row.GetProperty("votes").GetInt32()))]);
    }

    private static RankingFile ReadCsv(string text)
    {
        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        var rows = new List<RankingRow>();
        while (csv.Read())
        {
            if (csv.TryGetField<string>("weighted", out var weighted) && !string.IsNullOrEmpty(weighted))
                throw Weighted();
            var score = csv.GetField("score");
            rows.Add(new RankingRow(
                csv.GetField<int>("rank"), csv.GetField("idea")!,
                string.IsNullOrEmpty(score) ? null : decimal.Parse(score, CultureInfo.InvariantCulture), csv.GetField<int>("votes")));
        }
        return new RankingFile(null, rows);
    }

    private static UsageException Weighted() => new("a leaderboard with weights of its own is not recomputed here; compare one without");
}
