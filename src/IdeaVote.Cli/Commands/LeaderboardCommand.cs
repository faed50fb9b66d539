using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IdeaVote.Cli.Allocation;
using IdeaVote.Cli.Api;
using IdeaVote.Cli.Output;
using IdeaVote.Domain.Ranking.Charts;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote leaderboard CAMPAIGN</c>: shows a campaign's ranking, or a file's.</summary>
internal static class LeaderboardCommand
{
    private const int MaxTop = 1_000;

    /// <summary>The rankings of a server.</summary>
    internal static readonly IReadOnlyList<string> OfCampaign = Domain.Ranking.RankByNames.All;

    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var campaign = new Argument<string>("CAMPAIGN|FILE.pb") { Description = "The campaign's key, or an election in the .pb format of Pabulib." };
        var by = new Option<string>("--by") { Description = "What to rank by.", Required = true };
        by.AcceptOnlyFromAmong([.. OfCampaign.Union(FileRanking.Names, StringComparer.Ordinal)]);
        var top = new Option<int>("--top") { Description = $"How many ideas, 1 to {MaxTop}.", HelpName = "N", DefaultValueFactory = _ => 100 }.AcceptOnlyFrom(1, MaxTop);
        var more = new RankingOptions();
        var chart = new Option<string>("--chart")
        {
            Description = $"Also draw the first {RankingChart.MaxRows} rows with their intervals, as an SVG file for light and dark; replaced if it is there.",
            HelpName = "FILE.svg",
        };
        var format = OutputFormat.Option(OutputFormat.Table, OutputFormat.Csv, OutputFormat.Json, OutputFormat.Xlsx);
        var output = OutputFormat.File();
        var command = new ExampleCommand(
            "leaderboard",
            "Shows a campaign's ranking, or a file's.",
            """
            While scores are hidden this needs a token with the scope export. The score is the number of approvals, the
            mean rating, the credits invested, or what else it ranks by; the interval says within what it lies with 95 %
            certainty. In CSV a cell that a spreadsheet would take for a formula starts with '.
            Every parameter of the API's leaderboard is an option here. How fast trending forgets is the campaign's own rule.
            A .pb file is counted here, without a server: by approvals (the ballots with a project), by score (the sum of
            its points), invested (the same, for cumulative files), borda (the same, for ordinal files), or quadratic (the sum of
            the roots of the points, for cumulative files); of the options it takes --top, --pool, --chart, --format and --output.
            CSV, JSON and spreadsheets name what was counted: campaign or file, position, parameters, and the SHA-256 of the
            ballots (of a file, that of its bytes), in CSV in four columns at the end, on the first row. Of a campaign this needs
            the scope export.
            """,
            "ideavote leaderboard wola-2023 --by approvals --top 10",
            "ideavote leaderboard wola-2023 --by invested --format csv > ranking.csv",
            "ideavote leaderboard wola-2023 --by rating --criterion effort --segment north --as-of 2026-09-01T08:00:00Z",
            "ideavote leaderboard wola-2023 --by quadratic --pool 100000",
            "ideavote leaderboard election.pb --by approvals --chart ranking.svg")
        {
            campaign,
            by,
            top,
        };
        more.AddTo(command);
        command.Add(chart);
        command.Add(format);
        command.Add(output);
        command.Runs(host, async (parsed, cancel) =>
        {
            var (of, ranking) = (parsed.GetRequiredValue(campaign), parsed.GetRequiredValue(by));
            OutputFormat.Check(parsed.GetValue(format)!, parsed.GetValue(output));
            JsonElement json;
            if (FileElection.IsMeant(of))
            {
                if (more.FirstOfCampaigns(parsed) is { } option)
                    throw new UsageException($"{option} is for campaigns; a file's projects are ranked by all of its ballots");
                if (await FileElection.ReadAsync(host, of, cancel) is not { } file)
                    return ExitCodes.File;
                var pool = Pool(ranking, parsed.GetValue(more.Pool));
                json = JsonSerializer.SerializeToElement(
                    FileRanking.Rank(file.Election, ranking, parsed.GetValue(top), pool) with
                    {
                        File = file.Name,
                        By = ranking,
                        Parameters = CountedFile.Terms(ranking, parsed.GetValue(top), pool),
                        Ballots = file.Sha256,
                    },
                    ApiJson.Options);
            }
            else
            {
                if (!OfCampaign.Contains(ranking, StringComparer.Ordinal))
                    throw new UsageException($"a campaign has no ranking by {ranking}; there are {string.Join(", ", OfCampaign)}");
                var client = connection.Connect(parsed);
                var path = more.Path(parsed, of, ranking, parsed.GetValue(top));
                json = await Waiting.ForAsync(host, () => "counting votes", () => NamedBallots.GetAsync<JsonElement>(host, client, path, parsed.GetValue(format) != OutputFormat.Table, cancel));
            }
            if (parsed.GetValue(chart) is { } picture)
                LeaderboardOutput.Draw(picture, FileElection.IsMeant(of) ? Path.GetFileName(of) : of, ranking, json);
            LeaderboardOutput.Write(host, json, parsed.GetValue(format)!, parsed.GetValue(output));
            return ExitCodes.Done;
        });
        return command;
    }

    // As the server judges it of a campaign.
    private static decimal? Pool(string ranking, string? text)
    {
        const decimal Most = 1_000_000_000_000_000m;
        if (text is null)
            return null;
        if (ranking != "quadratic")
            throw new UsageException("--pool is for --by quadratic");
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pool) && pool <= Most && decimal.Round(pool, 2) == pool
            ? pool
            : throw new UsageException($"'{text}' is no pool: it is a number from 0 to {Most} with at most 2 decimals");
    }
}
