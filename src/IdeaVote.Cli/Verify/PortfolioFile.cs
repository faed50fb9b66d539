using System.Text.Json;
using CsvHelper;
using IdeaVote.Cli.Allocation;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Commands;

namespace IdeaVote.Cli.Verify;

/// <summary>An exported portfolio, JSON or CSV, as a list of statements that can be compared one by one.</summary>
/// <param name="Told">What it says that it counts.</param>
/// <param name="References">What ideas are called there, by their ids: ties are decided by that.</param>
/// <param name="Body">The whole of it; null where it is CSV.</param>
/// <param name="Rows">Its rows, in words: selected or rejected, idea, cost, score and why.</param>
internal sealed record PortfolioFile(Told Told, IReadOnlyDictionary<string, string> References, PortfolioBody? Body, IReadOnlyList<string> Rows)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It is no portfolio of a campaign.</exception>
    public static PortfolioFile Read(string path)
    {
        var text = File.ReadAllText(path);
        try
        {
            return text.AsSpan().TrimStart() is ['{', ..] ? ReadJson(text) : ReadCsv(text);
        }
        catch (Exception e) when (JsonLine.IsUnreadable(e) || e is ApiException)
        {
            throw new UsageException($"{path} is no portfolio as JSON or CSV with the columns selected, idea, cost, score and reason");
        }
    }

    /// <summary>The rows of a portfolio, in words.</summary>
    public static IReadOnlyList<string> RowsOf(PortfolioBody body) =>
    [
        .. body.Selected.Select(static each => Row(isSelected: true, each.Idea, each.Cost, each.Score, each.Why)),
        .. body.Rejected.Select(static each => Row(isSelected: false, each.Idea, each.Cost, each.Score, each.Lacked)),
    ];

    private static PortfolioFile ReadJson(string text)
    {
        using var json = JsonDocument.Parse(text);
        var body = ApiJson.Read<PortfolioBody>(json.RootElement);
        var ideas = body.Selected.Select(static each => (each.Idea, each.Reference))
            .Concat(body.Rejected.Select(static each => (each.Idea, each.Reference)));
        return new PortfolioFile(JsonLine.ToldBy(json.RootElement), ReferencesOf(ideas), body, RowsOf(body));
    }

    private static PortfolioFile ReadCsv(string text)
    {
        using var csv = new CsvReader(new StringReader(text), CsvFile.Configuration);
        csv.Read();
        csv.ReadHeader();
        var told = new Told();
        var (ideas, rows) = (new List<(string, string?)>(), new List<string>());
        while (csv.Read())
        {
            if (rows.Count == 0)
                told = CsvFile.ToldBy(csv);
            var idea = csv.GetField("idea")!;
            ideas.Add((idea, CsvFile.Text(csv, "reference")));
            rows.Add(Row(csv.GetField<int>("selected") == 1, idea, CsvFile.Number(csv, "cost") ?? throw new FormatException(), CsvFile.Number(csv, "score") ?? throw new FormatException(), csv.GetField("reason")!));
        }
        return new PortfolioFile(told, ReferencesOf(ideas), null, rows);
    }

    private static Dictionary<string, string> ReferencesOf(IEnumerable<(string Idea, string? Reference)> ideas) =>
        ideas.Where(static each => each.Reference is not null).ToDictionary(static each => each.Idea, static each => each.Reference!, StringComparer.Ordinal);

    private static string Row(bool isSelected, string idea, decimal cost, decimal score, string why) =>
        FormattableString.Invariant($"{(isSelected ? "selected" : "rejected")} idea {idea}, cost {PortfolioBody.Plain(cost)}, score {PortfolioBody.Plain(score)}, {why}");
}
