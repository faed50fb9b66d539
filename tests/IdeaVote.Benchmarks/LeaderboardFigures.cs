using System.Diagnostics;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Benchmarks;

/// <summary>What the top 100 of 10,000 ideas costs after 10,000 votes and after 1,000,000: it must not grow with the votes.</summary>
internal static class LeaderboardFigures
{
    private const int Ideas = 10_000;
    private const int Reads = 200;
    private const int Rounds = 7;

    public static async Task RunAsync(Report report)
    {
        using var folder = new TempFolder();
        await using var world = await EngineWorld.OpenAsync(folder.Path);
        await world.PrepareAsync(Ideas);
        var ideas = Enumerable.Range(0, Ideas).Select(EngineWorld.Idea).ToArray();

        await world.RateAsync(1_000, EngineWorld.Voters(0, 1_000), ideas, 10, (voter, round) => (voter * 31 + round * 977) % Ideas);
        Measure(world);
        var few = Measure(world);
        await world.RateAsync(4_000, EngineWorld.Voters(1_000, 99_000), ideas, 10, (voter, round) => (voter * 31 + round * 977) % Ideas);
        GC.Collect();
        var many = Measure(world);
        report.Title($"Leaderboard by rating: top 100 of {Ideas:N0} ideas, read from an order that is kept up");
        report.Line("after 10,000 votes", few, "µs");
        report.Line("after 1,000,000 votes", many, "µs");
        report.Ratio("1,000,000 ÷ 10,000", many, few, "≤ 1.3");
    }

    private static List<double> Measure(EngineWorld world)
    {
        var rounds = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var read = 0; read < Reads; read++)
                world.Engine.QueryAsync(EngineWorld.Campaign, static (board, _) => Leaderboard.Top(board, RankBy.Rating, 100).Count).AsTask().Wait();
            rounds.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / Reads);
        }
        return rounds;
    }
}
