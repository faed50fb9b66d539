namespace IdeaVote.Benchmarks;

/// <summary>Durable rating commands through the engine alone: spread over 10,000 ideas, and all on one.</summary>
internal static class EngineFigures
{
    private const int Ideas = 10_000;
    private const int Callers = 4_000;
    private const int Voters = 50_000;
    private const int RatingsEach = 6;
    private const int Rounds = 5;

    public static async Task RunAsync(Report report)
    {
        using var folder = new TempFolder();
        await using var world = await EngineWorld.OpenAsync(folder.Path);
        await world.PrepareAsync(Ideas);
        var ideas = Enumerable.Range(0, Ideas).Select(EngineWorld.Idea).ToArray();

        // Once to warm up, in a world of its own voters, as every round.
        await world.RateAsync(Callers, EngineWorld.Voters(0, 20_000), ideas, RatingsEach, (voter, round) => (voter + round) % Ideas);
        List<double> spread = [], one = [];
        var cpu = Environment.CpuUsage.TotalTime;
        for (var i = 1; i <= Rounds; i++)
        {
            spread.Add(await RoundAsync(world, ideas, i * 2, (voter, round) => (voter * 7 + round * 1_009) % Ideas));
            one.Add(await RoundAsync(world, ideas, i * 2 + 1, (_, _) => 1));
        }
        report.Title($"Engine alone: durable ratings, {Callers:N0} waiting callers, {Voters:N0} new voters × {RatingsEach} each round");
        report.Line($"over {Ideas:N0} ideas", spread, "/s");
        report.Line("all on one idea", one, "/s");
        report.Note($"{"the first, of 100,000/s",-58} {Report.Median(spread) / 100_000,12:N2} ×          (aim: ≥ 1)");
        var perVote = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / (2.0 * Rounds * Voters * RatingsEach);
        report.Note($"{"processor time per vote, callers included",-58} {perVote,12:N1} µs");
        report.Ratio("one idea ÷ many", one, spread, "≥ 0.8");
    }

    private static async Task<double> RoundAsync(EngineWorld world, Domain.Kernel.IdeaId[] ideas, int number, Func<int, int, int> ideaOf)
    {
        var voters = EngineWorld.Voters(number * 1_000_000, Voters);
        GC.Collect();
        return Voters * RatingsEach / await world.RateAsync(Callers, voters, ideas, RatingsEach, ideaOf);
    }
}
