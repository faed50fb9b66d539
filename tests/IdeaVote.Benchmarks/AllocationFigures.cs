using System.Diagnostics;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Benchmarks;

/// <summary>How long it takes to decide what a fund pays for, on generated elections as skewed as real ones.</summary>
internal static class AllocationFigures
{
    private const int Rounds = 5;

    private static readonly FundingMethod Shares = new(FundingRule.EqualShares, Utility.Cost, Completion.None);
    private static readonly FundingMethod AddUnits = Shares with { Completion = Completion.Add1U };

    public static Task RunAsync(Report report)
    {
        report.Title("Allocation: equal shares, utility cost");
        var city = Generate(voters: 131_778, projects: 257, approvals: 10, share: 230);
        Line(report, $"131,778 voters × 257 projects ({city.DistinctBallots:N0} different ballots)", city, Shares, "aim: 3,000 ms; ");
        var district = Generate(voters: 11_402, projects: 14, approvals: 2, share: 115);
        Line(report, $"11,402 × 14 ({district.DistinctBallots:N0} different ballots)", district, Shares, "aim: 50 ms; ");
        var quarter = Generate(voters: 1_006, projects: 25, approvals: 5, share: 823);
        Line(report, "1,006 × 25, completed by units", quarter, AddUnits, "aim: 100 ms; ");
        Line(report, "11,402 × 14, completed by units", district, AddUnits, "");
        report.Title("Allocation: by score");
        Line(report, "131,778 × 257, greedy", city, new FundingMethod(FundingRule.Greedy), "");
        Line(report, "131,778 × 257, knapsack", city, new FundingMethod(FundingRule.Knapsack), "");
        return Task.CompletedTask;
    }

    /// <summary>
    /// Projects as popular as one over the root of their rank, costs over one and a half powers of ten and four times the fund together, and voters of ten
    /// neighbourhoods, each of which prefers its own projects.
    /// </summary>
    public static Election Generate(int voters, int projects, int approvals, int share)
    {
        const int Neighbourhoods = 10;
        const int TimesTheFund = 4;
        var random = new Random(projects);
        var fund = (decimal)share * voters;
        var sizes = Enumerable.Range(0, projects).Select(_ => (decimal)Math.Pow(10, -1.6 * random.NextDouble())).ToArray();
        var costs = Array.ConvertAll(sizes, size => Math.Ceiling(TimesTheFund * fund * size / sizes.Sum()));
        var popularity = Enumerable.Range(0, projects).Select(rank => 1 / Math.Sqrt(rank + 2.0)).ToArray();
        var builder = new ElectionBuilder(costs.Select((cost, p) => new FundProject($"P{p}", cost)), fund);
        var ballot = new List<BallotEntry>();
        for (var voter = 0; voter < voters; voter++)
        {
            ballot.Clear();
            var home = random.Next(Neighbourhoods);
            var wanted = 1 + random.Next(2 * approvals - 1);
            for (var tries = 0; ballot.Count < wanted && tries < 20 * wanted; tries++)
            {
                var project = random.Next(projects);
                var likes = popularity[project] * (project % Neighbourhoods == home ? 1.4 : 0.5);
                if (random.NextDouble() < likes && !ballot.Exists(entry => entry.Project == project))
                    ballot.Add(new BallotEntry(project, 1));
            }
            builder.Add(ballot.ToArray());
        }
        return builder.Build();
    }

    private static void Line(Report report, string name, Election election, FundingMethod method, string aim)
    {
        var times = new List<double>();
        Portfolio? portfolio = null;
        for (var round = 0; round <= Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            if (!Allocator.TryRun(election, method, out portfolio, out var refusal))
            {
                report.Note($"{name}: {refusal.Detail}");
                return;
            }
            // The first is for the compiler.
            if (round > 0)
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        report.Line(name, times, "ms");
        var runs = portfolio!.Shares is { Runs: > 1 } shares ? $", {shares.Runs} runs" : "";
        report.Note($"  {aim}{portfolio.Selected.Length} selected, {portfolio.Spent / portfolio.Fund:P0} spent{runs}");
    }
}
