using System.Globalization;

namespace IdeaVote.Benchmarks.Load;

/// <summary>People arrive at a fixed rate, whatever the server does: votes alone at parts of what it can do, then a mix of all that people do.</summary>
internal static class ArrivalFigures
{
    private const int Connections = 512;
    private const int Listeners = 500;

    /// <summary>The share of what it can do that counts as its full load.</summary>
    private const double Full = 0.6;

    private static readonly double[] Steps = [0.1, 0.2, Full / 2, 0.4, 0.5, Full, 0.75];
    private static readonly string[] Kinds = ["vote", "leaderboard", "list of ideas", "idea", "ballot", "submission", "export"];

    private static readonly TimeSpan Duration =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("IDEAVOTE_LOAD_SECONDS") ?? "15", CultureInfo.InvariantCulture));

    /// <summary>Measures.</summary>
    /// <param name="report">Where to.</param>
    /// <param name="page">The same, to look at.</param>
    /// <param name="world">The server.</param>
    /// <param name="tokens">Tokens of voters.</param>
    /// <param name="closed">The votes a second that it can do when everybody waits for their answer.</param>
    public static async Task RunAsync(Report report, LoadPage page, LoadWorld world, string[] tokens, double closed)
    {
        var votes = Votes(world, tokens);
        var loop = new OpenLoop(world.Server.Address, Connections);
        var capacity = await MostAsync(loop, closed, number => (0, votes[number % votes.Length]));

        report.Title($"Votes at a fixed rate, {Duration.TotalSeconds:N0} s each; times from when each was due, in ms");
        Head(report);
        var half = 0.0;
        foreach (var step in Steps)
        {
            var (result, microseconds) = await MeasureAsync(world, () => loop.RunAsync(capacity * step, Duration, number => (0, votes[number % votes.Length])));
            Row(report, $"{step:P0} of {capacity:N0}/s", result.All, result, microseconds);
            page.Add(result.PerSecond, result.All);
            if (step == Full / 2)
                half = result.All.Percentile(.99);
            if (step == Full)
                report.Note($"{"  p99 ÷ p99 at half of it",-58} {result.All.Percentile(.99) / half,12:N2} ×          (aim: ≤ 3)");
        }

        using var listeners = await ListenersAsync(world);
        var mix = Mix(world, tokens);
        var most = await MostAsync(loop, closed, mix, Kinds.Length);
        var rate = most * Full;
        report.Title($"All that people do, at {rate:N0}/s ({Full:P0} of {most:N0}/s), with {Listeners:N0} open pages that listen; in ms");
        Head(report);
        var (all, perRequest) = await MeasureAsync(world, () => loop.RunAsync(rate, Duration, mix, Kinds.Length));
        Row(report, "all", all.All, all, perRequest);
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            Row(report, $"  {Kinds[kind]}", all.Of(kind), null, null);
            page.AddKind(Kinds[kind], all.Of(kind));
        }
    }

    /// <summary>How many a second it answers of those that come when more come than it can answer. Arrivals cost the machine, which it shares, more than turns do.</summary>
    private static async Task<double> MostAsync(OpenLoop loop, double tooMany, Func<long, (int Kind, ReadOnlyMemory<byte> Bytes)> request, int kinds = 1)
    {
        var warmUp = await loop.RunAsync(tooMany, TimeSpan.FromSeconds(3), request, kinds);
        return (await loop.RunAsync(Math.Min(tooMany, 1.3 * warmUp.PerSecond), TimeSpan.FromSeconds(5), request, kinds)).PerSecond;
    }

    private static async Task<(OpenLoopResult Result, double Microseconds)> MeasureAsync(LoadWorld world, Func<Task<OpenLoopResult>> run)
    {
        var before = world.Server.ProcessorMicroseconds;
        var result = await run();
        return (result, (world.Server.ProcessorMicroseconds - before) / Math.Max(1, result.All.Count));
    }

    private static void Head(Report report) =>
        report.Note($"{"",-24}{"/s",10}{"p50",9}{"p99",9}{"p99.9",9}{"most",9}{"µs cpu",9}{"shed",8}{"failed",8}{"generator late p99",20}");

    private static void Row(Report report, string name, LatencyHistogram times, OpenLoopResult? result, double? microseconds)
    {
        var row = $"{name,-24}{(result is null ? $"{times.Count:N0}×" : $"{result.PerSecond:N0}"),10}{times.Percentile(.5),9:N2}{times.Percentile(.99),9:N2}{times.Percentile(.999),9:N2}{times.MostMilliseconds,9:N1}";
        report.Note(result is null ? row : $"{row}{microseconds,9:N1}{result.Shed,8:N0}{result.Failed,8:N0}{result.Late.Percentile(.99),20:N2}");
    }

    private static byte[][] Votes(LoadWorld world, string[] tokens) =>
        [.. Enumerable.Range(0, 20_000).Select(i => LoadWorld.Rating(tokens[i % tokens.Length], (int)(i * 7_919L % world.Ideas), 1 + i * 31 % 5))];

    /// <summary>Of a thousand: 700 votes, 150 leaderboards, 80 lists, 45 ideas, 20 ballots, 4 submissions, 1 export.</summary>
    private static Func<long, (int Kind, ReadOnlyMemory<byte> Bytes)> Mix(LoadWorld world, string[] tokens)
    {
        const string Campaign = "api/v1/campaigns/bench";
        var votes = Votes(world, tokens);
        byte[][] boards = [.. new[] { "rating", "approvals", "wilson", "trending" }.Select(by => LoadWorld.Read($"{Campaign}/leaderboard?by={by}&top=100"))];
        byte[][] lists = [.. new[] { "ideas?limit=50", "ideas?sort=rating&limit=50", "ideas?q=words" }.Select(path => LoadWorld.Read($"{Campaign}/{path}"))];
        byte[][] ideas = [.. Enumerable.Range(0, 500).Select(i => LoadWorld.Read($"{Campaign}/ideas/ref:{i % world.Ideas}"))];
        byte[][] ballots = [.. tokens.Select(token => LoadWorld.Read($"{Campaign}/ballot", token))];
        var export = LoadWorld.Read($"{Campaign}/leaderboard?format=csv&top=1000", ServerWorld.AdminToken);
        return number => (number * 617 % 1_000) switch
        {
            < 700 => (0, votes[number % votes.Length]),
            < 850 => (1, boards[number % boards.Length]),
            < 930 => (2, lists[number % lists.Length]),
            < 975 => (3, ideas[number % ideas.Length]),
            < 995 => (4, ballots[number % ballots.Length]),
            < 999 => (5, LoadWorld.Submission(tokens[number % tokens.Length], number)),
            _ => (6, export),
        };
    }

    private static async Task<Crowd> ListenersAsync(LoadWorld world)
    {
        var crowd = new Crowd();
        await crowd.JoinAsync(world.Server.Address, Listeners);
        return crowd;
    }
}
