using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IdeaVote.Cli.Allocation;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Output;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote leaderboard CAMPAIGN</c>: shows a campaign's ranking, or a file's.</summary>
internal static class LeaderboardCommand
{
    private const int MaxTop = 1_000;

    private static readonly string[] OfCampaign = ["approvals", "rating", "invested"];
    private static readonly string[] CsvHeader = ["rank", "idea", "reference", "title", "score", "votes"];

    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var campaign = new Argument<string>("CAMPAIGN|FILE.pb") { Description = "The campaign's key, or an election in the .pb format of Pabulib." };
        var by = new Option<string>("--by") { Description = "What to rank by.", Required = true };
        by.AcceptOnlyFromAmong([.. OfCampaign.Union(FileRanking.Names, StringComparer.Ordinal)]);
        var top = new Option<int>("--top") { Description = $"How many ideas, 1 to {MaxTop}.", HelpName = "N", DefaultValueFactory = _ => 100 }.AcceptOnlyFrom(1, MaxTop);
        var format = OutputFormat.Option(OutputFormat.Table, OutputFormat.Csv, OutputFormat.Json);
        var command = new ExampleCommand(
            "leaderboard",
            "Shows a campaign's ranking, or a file's.",
            """
            While scores are hidden this needs a token with the scope export. The score is the number of approvals, the
            mean rating, or the credits invested. In CSV a cell that a spreadsheet would take for a formula starts with '.
            A .pb file is counted here, without a server: by approvals (the ballots with a project), by score (the sum of
            its points), invested (the same, for cumulative files) or borda (the same, for ordinal files).
            """,
            "ideavote leaderboard wola-2023 --by approvals --top 10",
            "ideavote leaderboard wola-2023 --by invested --format csv > ranking.csv",
            "ideavote leaderboard election.pb --by score")
        {
            campaign,
            by,
            top,
            format,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            var (of, ranking) = (parsed.GetRequiredValue(campaign), parsed.GetRequiredValue(by));
            if (FileElection.IsMeant(of))
            {
                if (await FileElection.ReadAsync(host, of, cancel) is not { } file)
                    return ExitCodes.File;
                Print(host, JsonSerializer.SerializeToElement(FileRanking.Rank(file, ranking, parsed.GetValue(top)), ApiJson.Options), parsed.GetValue(format)!);
                return ExitCodes.Done;
            }
            if (!OfCampaign.Contains(ranking, StringComparer.Ordinal))
                throw new UsageException($"a campaign has no ranking by {ranking}; there are {string.Join(", ", OfCampaign)}");
            var path = $"campaigns/{Uri.EscapeDataString(of)}/leaderboard?by={ranking}&top={parsed.GetValue(top)}";
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
