using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Output;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote leaderboard CAMPAIGN</c>: shows a campaign's ranking.</summary>
internal static class LeaderboardCommand
{
    private const int MaxTop = 1_000;

    private static readonly string[] CsvHeader = ["rank", "idea", "reference", "title", "score", "votes"];

    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var campaign = new Argument<string>("CAMPAIGN") { Description = "The campaign's key." };
        var by = new Option<string>("--by") { Description = "What to rank by.", Required = true };
        by.AcceptOnlyFromAmong("approvals", "rating", "invested");
        var top = new Option<int>("--top") { Description = $"How many ideas, 1 to {MaxTop}.", HelpName = "N", DefaultValueFactory = _ => 100 }.AcceptOnlyFrom(1, MaxTop);
        var format = OutputFormat.Option(OutputFormat.Table, OutputFormat.Csv, OutputFormat.Json);
        var command = new ExampleCommand(
            "leaderboard",
            "Shows a campaign's ranking.",
            """
            While scores are hidden this needs a token with the scope export. The score is the number of approvals, the
            mean rating, or the credits invested. In CSV a cell that a spreadsheet would take for a formula starts with '.
            """,
            "ideavote leaderboard wola-2023 --by approvals --top 10",
            "ideavote leaderboard wola-2023 --by invested --format csv > ranking.csv")
        {
            campaign,
            by,
            top,
            format,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            var path = $"campaigns/{Uri.EscapeDataString(parsed.GetRequiredValue(campaign))}/leaderboard?by={parsed.GetRequiredValue(by)}&top={parsed.GetValue(top)}";
            var json = await connection.Connect(parsed).GetAsync<JsonElement>(path, cancel);
            Print(host, json, parsed.GetValue(format)!);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(CliHost host, JsonElement json, string format)
    {
        var rows = ApiJson.Read<Leaderboard>(json).Rows;
        if (format == OutputFormat.Json)
            JsonOutput.Write(host.Out, json);
        else if (format == OutputFormat.Csv)
            CsvCells.Write(host.Out, CsvHeader, rows.Select(row => CsvRow(row)));
        else
            TableOutput.Write(host.Out, host.OutWidth, [">rank", "reference", "title", ">score", ">votes"], rows.Select(row => TableRow(row)));
    }

    private static string[] CsvRow(LeaderboardRow row) =>
        [Text(row.Rank), row.Idea, row.Reference ?? "", row.Title ?? "", row.Score?.ToString(CultureInfo.InvariantCulture) ?? "", Text(row.Votes)];

    private static string[] TableRow(LeaderboardRow row) =>
        [Text(row.Rank), row.Reference ?? "", row.Title ?? row.Idea, row.Score?.ToString("0.##", CultureInfo.InvariantCulture) ?? "", Text(row.Votes)];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
