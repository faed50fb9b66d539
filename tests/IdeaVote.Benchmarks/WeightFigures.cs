using System.Diagnostics;
using System.Text;

namespace IdeaVote.Benchmarks;

/// <summary>What a leaderboard costs in which segments' votes have weights: 100,000 ideas, three segments, warm and after a vote.</summary>
internal static class WeightFigures
{
    private const int Ideas = 100_000;
    private const int Voters = 20_000;
    private const int VotesEach = 5;
    private const int Rounds = 15;

    private static readonly string[] Segments = ["north", "south", "east"];

    public static async Task RunAsync(Report report)
    {
        await using var world = await ServerWorld.StartAsync(Ideas);
        await CastAsync(world);
        report.Title($"Weighted leaderboards over HTTP: top 100 of {Ideas:N0} ideas, {Voters * VotesEach * 2:N0} votes, {Segments.Length} segments");
        foreach (var by in new[] { "approvals", "rating" })
        {
            await AskAsync(world, by, "2.5");
            report.Line($"{by}, asked again", await MeasureAsync(world, by, votes: false), "ms");
            report.Line($"{by}, after a vote", await MeasureAsync(world, by, votes: true), "ms");
        }
    }

    private static async Task CastAsync(ServerWorld world)
    {
        const int Lines = 2_000;
        for (var from = 0; from < Voters; from += Lines)
        {
            var body = new StringBuilder();
            for (var voter = from; voter < from + Lines; voter++)
            {
                var ideas = Enumerable.Range(0, VotesEach).Select(vote => (int)((voter * 7919L + vote * 104_729L + (long)voter * voter) % Ideas)).Distinct().ToArray();
                var approve = string.Join(',', ideas.Select(idea => $"\"ref:{idea}\""));
                var rate = string.Join(',', ideas.Select(idea => $"\"ref:{idea}\":{{\"overall\":{1 + (voter + idea) % 5}}}"));
                body.Append($"{{\"voter\":\"{voter}\",\"segment\":\"{Segments[voter % Segments.Length]}\",\"approve\":[{approve}],\"rate\":{{{rate}}}}}\n");
            }
            await world.PostAsync($"{ServerWorld.Campaign}/ballots", body.ToString(), "application/x-ndjson");
        }
    }

    private static async Task<List<double>> MeasureAsync(ServerWorld world, string by, bool votes)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            if (votes)
                await world.PostAsync($"{ServerWorld.Campaign}/ballots", $$"""{"voter":"late {{by}} {{round}}","segment":"south","approve":["ref:{{round}}"],"rate":{"ref:{{round}}":{"overall":5} } }""" + "\n", "application/x-ndjson");
            var started = Stopwatch.GetTimestamp();
            // Other weights than before: what is kept is what the segments say, not the answer.
            await AskAsync(world, by, $"{1 + round * 0.1m}");
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return times;
    }

    private static Task<byte[]> AskAsync(ServerWorld world, string by, string weight) => world.Client.GetByteArrayAsync(
        new Uri($"{ServerWorld.Campaign}/leaderboard?by={by}&weights={Segments[0]}:2,{Segments[1]}:{weight},{Segments[2]}:0.5", UriKind.Relative));
}
