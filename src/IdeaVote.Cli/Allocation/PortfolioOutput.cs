using System.Globalization;
using System.Text.Json;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Commands;
using IdeaVote.Cli.Output;
using IdeaVote.Sheets;

namespace IdeaVote.Cli.Allocation;

/// <summary>Prints a portfolio.</summary>
internal static class PortfolioOutput
{
    private static readonly string[] CsvHeader = ["selected", "idea", "reference", "title", "cost", "score", "reason"];

    /// <summary>Prints it in the format asked for.</summary>
    /// <param name="host">Where to.</param>
    /// <param name="portfolio">The portfolio.</param>
    /// <param name="format">One of <see cref="OutputFormat"/>.</param>
    /// <param name="file">Where a spreadsheet goes.</param>
    public static void Write(CliHost host, PortfolioBody portfolio, string format, string? file)
    {
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(host.Out, JsonSerializer.SerializeToElement(portfolio, ApiJson.Options));
            return;
        }
        var rows = Rows(portfolio);
        var counted = Counted.Of(portfolio.Campaign ?? portfolio.File, portfolio.Position, portfolio.Parameters, portfolio.Ballots);
        if (format == OutputFormat.Csv)
        {
            CsvCells.Write(host.Out, Counted.Header(CsvHeader, counted), Counted.Rows(rows.Select(row =>
                (string[])[row.Selected ? "1" : "0", row.Idea, row.Reference, row.Title, Text(row.Cost), Text(row.Score), row.Reason]), counted));
            return;
        }
        if (format == OutputFormat.Xlsx)
        {
            using var output = File.Create(file!);
            using var sheet = new SheetWriter(output, "Portfolio", CsvHeader) { About = Counted.About(counted) };
            foreach (var row in rows)
                sheet.Write(row.Selected ? 1 : 0, row.Idea, row.Reference, row.Title, row.Cost, row.Score, row.Reason);
            return;
        }
        TableOutput.Write(host.Out, host.OutWidth, ["funded", "reference", "title", ">cost", ">score", "why"], rows.Select(row =>
            (string[])[row.Selected ? "yes" : "no", row.Reference, row.Title, Text(row.Cost), Text(row.Score), row.Reason]));
        host.Out.WriteLine(TerminalText.Clean(Summary(portfolio)));
    }

    private static List<Row> Rows(PortfolioBody portfolio) =>
    [
        .. portfolio.Selected.Select(each => new Row(Selected: true, each.Idea, each.Reference ?? "", each.Title ?? "", each.Cost, each.Score, each.Why)),
        .. portfolio.Rejected.Select(each => new Row(Selected: false, each.Idea, each.Reference ?? "", each.Title ?? "", each.Cost, each.Score, each.Lacked)),
    ];

    private static string Summary(PortfolioBody portfolio)
    {
        var method = portfolio.Utility is null ? portfolio.Rule : $"{portfolio.Rule} (utility {portfolio.Utility}, completion {portfolio.Completion})";
        var all = portfolio.Selected.Count + portfolio.Rejected.Count;
        var unit = portfolio.Unit is null ? "" : " " + portfolio.Unit;
        var share = portfolio.Share is { } each ? $" Each voter had {each.About.ToString("0.##", CultureInfo.InvariantCulture)}." : "";
        return $"{method}: {portfolio.Selected.Count} of {all} projects, {Text(portfolio.Spent)} of {Text(portfolio.Fund)}{unit} spent; "
            + $"{portfolio.Unrepresented} of {portfolio.Voters} voters get nothing they voted for.{share}";
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(bool Selected, string Idea, string Reference, string Title, decimal Cost, decimal Score, string Reason);
}
