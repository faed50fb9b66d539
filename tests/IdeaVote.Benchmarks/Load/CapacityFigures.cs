using System.Globalization;

namespace IdeaVote.Benchmarks.Load;

/// <summary>As much as goes over 64 connections that each wait for their answers, in turn with a bare Kestrel in a process of its own that is sent the same bytes.</summary>
internal static class CapacityFigures
{
    private const int Connections = 64;
    private const int Rounds = 9;
    private const int WarmUps = 3;
    private const string Top = "api/v1/campaigns/bench/leaderboard?by=rating&top=100";

    /// <summary>Measures votes and reads.</summary>
    /// <returns>The votes a second, for what is measured at parts of them.</returns>
    public static async Task<double> RunAsync(Report report, LoadWorld world, string[] tokens)
    {
        report.Title($"As fast as it goes: {Connections} connections, each waits for its answer; server, bare Kestrel and generator share the machine");
        var votes = Enumerable.Range(0, tokens.Length).Select(voter => Enumerable.Range(0, 100).Select(turn => LoadWorld.Rating(tokens[voter], (voter * 37 + turn * 11) % world.Ideas, 1 + (voter + turn) % 5)).ToArray()).ToArray();
        var answer = await world.BytesAsync(HttpMethod.Put, "api/v1/campaigns/bench/ideas/ref:0/rating", """{"scores":{"overall":4}}""");
        var perSecond = await CompareAsync(report, world, "single-rating PUT, durable", answer, 48_000, "≥ 0.6", (connection, turn) => votes[connection % votes.Length][turn % 100]);
        var read = LoadWorld.Read(Top);
        await CompareAsync(report, world, "leaderboard, top 100", await world.BytesAsync(HttpMethod.Get, Top), 48_000, "≥ 0.7", (_, _) => read);
        return perSecond;
    }

    private static async Task<double> CompareAsync(Report report, LoadWorld world, string name, int bytes, int requests, string aim, Func<int, int, ReadOnlyMemory<byte>> request)
    {
        await using var bare = await ServerProcess.StartAsync("IdeaVote.Benchmarks.dll", [BareKestrel.Command, bytes.ToString(CultureInfo.InvariantCulture)]);
        List<double> ours = [], bares = [], ourTime = [], bareTime = [];
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var (one, oneTime) = await RoundAsync(world.Server, requests, request);
            var (other, otherTime) = await RoundAsync(bare, requests, request);
            // The first few warm up: until then the compiler takes a part of the machine, and of both by turns.
            if (round < 0)
                continue;
            ours.Add(one);
            ourTime.Add(oneTime);
            bares.Add(other);
            bareTime.Add(otherTime);
        }
        report.Line($"{name}, {bytes:N0} bytes", ours, "/s");
        report.Line("  bare Kestrel, same bytes", bares, "/s");
        report.Line("  processor time of the server", ourTime, "µs each");
        report.Line("  processor time of bare Kestrel", bareTime, "µs each");
        report.Ratio("  IdeaVote ÷ bare Kestrel", ours, bares, aim);
        return Report.Median(ours);
    }

    private static async Task<(double PerSecond, double Microseconds)> RoundAsync(ServerProcess server, int requests, Func<int, int, ReadOnlyMemory<byte>> request)
    {
        var before = server.ProcessorMicroseconds;
        var perSecond = await LoadClient.RunAsync(server.Address, Connections, requests, request);
        return (perSecond, (server.ProcessorMicroseconds - before) / requests);
    }
}
