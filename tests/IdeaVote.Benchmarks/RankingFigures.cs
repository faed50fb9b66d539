using System.Diagnostics;
using System.Text;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Benchmarks;

/// <summary>
/// The top 100 of 100,000 ideas over HTTP, next to a bare Kestrel that answers the same bytes; and what a read costs that comes after a
/// vote, when the answer must be written anew.
/// </summary>
internal static class RankingFigures
{
    private const int Ideas = 100_000;
    private const int Voters = 20_000;
    private const int VotesEach = 5;
    private const int Connections = 16;
    private const int Requests = 4_000;
    private const int Rounds = 5;
    private const int Votes = 200;

    private static readonly string[] Local = ["approvals", "wilson", "rating", "invested", "trending"];

    public static async Task RunAsync(Report report)
    {
        await using var world = await ServerWorld.StartAsync(
            Ideas, """ "approve":{},"rate":{"criteria":[{"key":"overall","weight":1}]},"invest":{"budgetCredits":100},"duel":{} """);
        await CastAsync(world);
        report.Title($"Leaderboards over HTTP: top 100 of {Ideas:N0} ideas, {Voters * VotesEach * 3:N0} votes, {Connections} connections");
        foreach (var by in Local)
            await MeasureAsync(report, world, by);
        await AfterVotesAsync(report, world);
        Fit(report);
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
                var invest = string.Join(',', ideas.Select(idea => $"\"ref:{idea}\":{1 + (voter + idea) % 20}"));
                body.Append($"{{\"voter\":\"{voter}\",\"approve\":[{approve}],\"rate\":{{{rate}}},\"invest\":{{{invest}}}}}\n");
            }
            await world.PostAsync($"{ServerWorld.Campaign}/ballots", body.ToString(), "application/x-ndjson");
        }
    }

    private static async Task MeasureAsync(Report report, ServerWorld world, string by)
    {
        var bytes = (await world.Client.GetByteArrayAsync(new Uri($"{ServerWorld.Campaign}/leaderboard?by={by}", UriKind.Relative))).Length;
        await using var bare = await BareKestrel.StartAsync(bytes);
        var ours = Encoding.ASCII.GetBytes($"GET /{ServerWorld.Campaign}/leaderboard?by={by} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var bares = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray();
        List<double> our = [], their = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var mine = await LoadClient.RunAsync(world.Address, Connections, Requests, (_, _) => ours);
            var limit = await LoadClient.RunAsync(bare.Address, Connections, Requests, (_, _) => bares);
            // The first round warms up.
            if (round == 0)
                continue;
            our.Add(1e6 / mine);
            their.Add(1e6 / limit);
        }
        report.Note($"by {by}, {bytes:N0} bytes");
        report.Line("  IdeaVote, time per request", our, "µs");
        report.Line("  bare Kestrel, same bytes", their, "µs");
        report.Ratio("  IdeaVote ÷ bare Kestrel", our, their, "≤ 2");
    }

    private static async Task AfterVotesAsync(Report report, ServerWorld world)
    {
        foreach (var by in Local)
        {
            var reads = new List<double>();
            for (var vote = 0; vote < Votes; vote++)
            {
                await world.PostAsync(
                    $"{ServerWorld.Campaign}/ballots",
                    $"{{\"voter\":\"late {by} {vote}\",\"approve\":[\"ref:{vote}\"],\"rate\":{{\"ref:{vote}\":{{\"overall\":5}}}},\"invest\":{{\"ref:{vote}\":9}}}}\n",
                    "application/x-ndjson");
                var began = Stopwatch.GetTimestamp();
                await world.Client.GetByteArrayAsync(new Uri($"{ServerWorld.Campaign}/leaderboard?by={by}", UriKind.Relative));
                reads.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            }
            report.Line($"  by {by}: one read just after a vote", reads, "µs");
        }
    }

    private static void Fit(Report report)
    {
        const int Duelists = 1_000;
        const int Comparisons = 100_000;
        var random = new Random(1);
        var pairs = new Dictionary<(int, int), (int One, int Other)>();
        for (var i = 0; i < Comparisons; i++)
        {
            var (one, other) = (random.Next(Duelists), random.Next(Duelists));
            if (one == other)
                other = (one + 1) % Duelists;
            var key = one < other ? (one, other) : (other, one);
            var counts = pairs.GetValueOrDefault(key);
            var isFirst = random.NextDouble() < 1 / (1 + Math.Exp((key.Item1 - key.Item2) / 300.0));
            pairs[key] = isFirst ? (counts.One + 1, counts.Other) : (counts.One, counts.Other + 1);
        }
        Duel[] duels = [.. pairs.Select(pair => new Duel(pair.Key.Item1, pair.Key.Item2, pair.Value.One, pair.Value.Other))];
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            BradleyTerry.Fit(Duelists, duels);
            if (round > 0)
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        report.Line($"duels: {Comparisons:N0} comparisons over {Duelists:N0} ideas fitted, with intervals (aim: ≤ 1,000)", times, "ms");
    }
}
