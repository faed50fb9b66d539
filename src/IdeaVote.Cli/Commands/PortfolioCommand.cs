using System.CommandLine;
using IdeaVote.Cli.Allocation;
using IdeaVote.Cli.Pabulib;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Cli.Commands;

/// <summary><c>ideavote portfolio FILE.pb</c>: what a fund pays for.</summary>
internal static class PortfolioCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CliHost host)
    {
        var election = new Argument<string>("FILE.pb") { Description = "The election, in the .pb format of Pabulib." };
        var rule = Names("--rule", "How it is decided what is funded.", MethodNames.Rules);
        var utility = Names("--utility", "Equal shares: what a project is worth to who votes for it, its cost or 1.", MethodNames.Utilities);
        var completion = Names("--completion", "Equal shares: what becomes of the money left.", MethodNames.Completions);
        var fund = new Option<string>("--fund") { Description = "The money to spend. Without it the file's budget.", HelpName = "AMOUNT" };
        var payments = new Option<bool>("--payments") { Description = "With --format json: also list every payment, exactly. There can be thousands." };
        var format = OutputFormat.Option(OutputFormat.Table, OutputFormat.Json, OutputFormat.Csv);
        var command = new ExampleCommand(
            "portfolio",
            "Shows which projects a fund pays for, and why.",
            """
            Needs no server. equal-shares divides the fund equally among the voters, who buy together what they want:
            every group decides on its part. It leaves money; --completion add1u gives every voter one more unit again
            and again while something would still fit, greedy spends the rest by score. greedy funds by score and passes
            over what does not fit, greedy-stop ends there, knapsack finds the largest score the fund can pay.
            Ties: by score, the lower cost and then the id decide; in equal shares the id.
            """,
            "ideavote portfolio election.pb",
            "ideavote portfolio election.pb --rule greedy --fund 250000 --format csv > funded.csv",
            "ideavote portfolio election.pb --utility cardinality --completion none --format json --payments")
        {
            election,
            rule,
            utility,
            completion,
            fund,
            payments,
            format,
        };
        IPortfolioSource[] sources = [new FilePortfolios(host)];
        command.Runs(host, async (parsed, cancel) =>
        {
            var method = new FundingMethod(
                MethodNames.Rules[parsed.GetValue(rule)!], MethodNames.Utilities[parsed.GetValue(utility)!], MethodNames.Completions[parsed.GetValue(completion)!]);
            var query = new PortfolioQuery(parsed.GetRequiredValue(election), method, Fund(parsed.GetValue(fund)), parsed.GetValue(payments));
            var source = Array.Find(sources, each => each.Takes(query.Election)) ?? throw new UsageException($"there is no file '{query.Election}'; give a .pb file");
            if (await source.GetAsync(query, cancel) is not { } portfolio)
                return ExitCodes.File;
            PortfolioOutput.Write(host, portfolio, parsed.GetValue(format)!);
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
