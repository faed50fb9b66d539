using System.CommandLine;
using IdeaVote.Cli.Allocation;
using IdeaVote.Cli.Output;
using IdeaVote.Cli.Pabulib;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote portfolio CAMPAIGN</c>: what a fund pays for, a campaign's or a file's.</summary>
internal static class PortfolioCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host, ConnectionOptions connection)
    {
        var election = new Argument<string>("CAMPAIGN|FILE.pb") { Description = "The campaign's key, or an election in the .pb format of Pabulib." };
        var rule = Names("--rule", "How it is decided what is funded.", MethodNames.Rules);
        var utility = Names("--utility", "Equal shares: what a project is worth to who votes for it, its cost or 1.", MethodNames.Utilities);
        var completion = Names("--completion", "Equal shares: what becomes of the money left.", MethodNames.Completions);
        var fund = new Option<string>("--fund") { Description = "The money to spend. Without it the campaign's fund or the file's budget.", HelpName = "AMOUNT" };
        var from = new Option<string>("--from") { Description = "A campaign's votes to count. Without it those of the first method that is on." };
        from.AcceptOnlyFromAmong("approvals", "ratings", "investments", "ranks");
        var asOf = new Option<string>("--as-of") { Description = "A campaign as it was at this time or position. Needs the scope export.", HelpName = "TIME|POSITION" };
        var payments = new Option<bool>("--payments") { Description = "With --format json: also list every payment, exactly. There can be thousands. Of a campaign it needs the scope export." };
        var format = OutputFormat.Option(OutputFormat.Table, OutputFormat.Json, OutputFormat.Csv, OutputFormat.Xlsx);
        var output = OutputFormat.File();
        var command = new ExampleCommand(
            "portfolio",
            "Shows which projects a fund pays for, and why.",
            """
            A .pb file needs no server. While a campaign's scores are hidden this needs a token with the scope export.
            equal-shares divides the fund equally among the voters, who buy together what they want:
            every group decides on its part. It leaves money; --completion add1u gives every voter one more unit again
            and again while something would still fit, greedy spends the rest by score. greedy funds by score and passes
            over what does not fit, greedy-stop ends there, knapsack finds the largest score the fund can pay.
            Ties: by score, the lower cost and then the id decide; in equal shares the id.
            CSV, JSON and spreadsheets name what was counted: campaign or file, position, parameters, and the SHA-256 of the
            ballots (of a file, that of its bytes), in CSV in four columns at the end, on the first row. Of a campaign this needs
            the scope export.
            """,
            "ideavote portfolio wola-2023",
            "ideavote portfolio wola-2023 --from ratings --as-of 2026-09-01T08:00:00Z",
            "ideavote portfolio election.pb",
            "ideavote portfolio election.pb --rule greedy --fund 250000 --format csv > funded.csv",
            "ideavote portfolio election.pb --utility cardinality --completion none --format json --payments")
        {
            election,
            rule,
            utility,
            completion,
            fund,
            from,
            asOf,
            payments,
            format,
            output,
        };
        command.Runs(host, async (parsed, cancel) =>
        {
            OutputFormat.Check(parsed.GetValue(format)!, parsed.GetValue(output));
            var method = new FundingMethod(
                MethodNames.Rules[parsed.GetValue(rule)!], MethodNames.Utilities[parsed.GetValue(utility)!], MethodNames.Completions[parsed.GetValue(completion)!]);
            var query = new PortfolioQuery(parsed.GetRequiredValue(election), method, Fund(parsed.GetValue(fund)), parsed.GetValue(payments), parsed.GetValue(from), parsed.GetValue(asOf));
            IPortfolioSource source = FileElection.IsMeant(query.Election) ? new FilePortfolios(host) : new ServerPortfolios(host, connection.Connect(parsed), parsed.GetValue(format) != OutputFormat.Table);
            if (await Waiting.ForAsync(host, () => "dividing the fund", () => source.GetAsync(query, cancel)) is not { } portfolio)
                return ExitCodes.File;
            PortfolioOutput.Write(host, portfolio, parsed.GetValue(format)!, parsed.GetValue(output));
            return ExitCodes.Done;
        });
        return command;
    }

    private static decimal? Fund(string? text)
    {
        if (text is null)
            return null;
        return PbNumber.TryParseMoney(text, out var fund) ? fund : throw new UsageException($"'{text}' is no amount of money; --fund takes 0 or more");
    }

    private static Option<string> Names<T>(string name, string description, IReadOnlyDictionary<string, T> names)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => names.Keys.First() };
        option.AcceptOnlyFromAmong([.. names.Keys]);
        return option;
    }
}
