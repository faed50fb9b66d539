using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;

namespace IdeaVote.Cluster.Benchmarks;

/// <summary>
/// Durable votes through the grains, whose events share a commit, next to the same grain with a commit for each vote. Both in one
/// run, by turns, on one server that syncs.
/// </summary>
internal static class VoteFigures
{
    private const int Ideas = 100;
    private const int Callers = 1_024;
    private const int Voters = 10_000;
    private const int WarmUpVoters = 2_000;
    private const int Rounds = 5;

    // The faster of the two is given more to do, so that what is measured lasts seconds.
    private const int MoreOfGrains = 6;
    private const int MoreOfBaseline = 2;

    // As many as the server lets in by default leave room for the journal: more of them share more syncs.
    private const int Connections = 64;

    public static async Task RunAsync(Report report)
    {
        await using var world = await ClusterWorld.StartAsync(Ideas, Connections);
        await using var meter = await ServerMeter.ConnectAsync(world.Address);
        var crowd = new Crowd([.. Enumerable.Range(0, Ideas).Select(ClusterWorld.Idea)], Callers);
        var grains = new Side(world.Grains, MoreOfGrains, meter, crowd);
        var baseline = new Side(world.Baseline, MoreOfBaseline, meter, crowd);

        // Once to warm up; then PostgreSQL is to know its tables, as it does by itself within a minute.
        var early = ClusterWorld.Voters(0, WarmUpVoters);
        await grains.RoundAsync(early, isMeasured: false);
        await baseline.RoundAsync(early, isMeasured: false);
        await world.AnalyzeAsync();
        for (var round = 1; round <= Rounds; round++)
        {
            // Each with voters of its own, and each side first in turn.
            var voters = ClusterWorld.Voters(round * Voters, Voters);
            foreach (var side in round % 2 == 0 ? new[] { grains, baseline } : [baseline, grains])
                await side.RoundAsync(voters, isMeasured: true);
        }

        report.Title($"One silo on PostgreSQL, fsync and synchronous_commit on: {Callers:N0} ratings under way, {Voters:N0} new voters each round");
        Print(report, "votes of voters in memory", grains.Known, baseline.Known, "≥ 10");
        Print(report, "first votes, whose voters are loaded", grains.First, baseline.First, "none");
    }

    private static void Print(Report report, string what, Figures grains, Figures baseline, string aim)
    {
        report.Note(what);
        report.Line("  through the grains", grains.Speeds, "/s");
        report.Line($"  one WriteStateAsync each, {Connections} connections", baseline.Speeds, "/s");
        report.Ratio("  grains ÷ one write each", grains.Speeds, baseline.Speeds, aim);
        report.Note(Pair("  processor time per vote, callers included", grains.PerVote(s => s.Cpu.TotalMicroseconds), baseline.PerVote(s => s.Cpu.TotalMicroseconds), "µs"));
        report.Note(Pair("  PostgreSQL's processor time per vote", grains.PerVote(s => s.ServerCpu.TotalMicroseconds), baseline.PerVote(s => s.ServerCpu.TotalMicroseconds), "µs"));
        report.Note(Pair("  commits per vote", grains.PerVote(s => s.Commits), baseline.PerVote(s => s.Commits), ""));
        report.Note(Pair("  PostgreSQL's log per vote", grains.PerVote(s => s.WalBytes), baseline.PerVote(s => s.WalBytes), "bytes"));
    }

    private static string Pair(string name, double grains, double baseline, string unit) =>
        $"{name,-58} {grains,12:N3} | {baseline:N3} {unit}";

    /// <summary>What came of one kind of votes on one side.</summary>
    private sealed class Figures
    {
        private long votes;
        private Spent spent;

        public List<double> Speeds { get; } = [];

        public void Add(int count, double seconds, Spent cost)
        {
            Speeds.Add(count / seconds);
            votes += count;
            spent += cost;
        }

        public double PerVote(Func<Spent, double> take) => take(spent) / votes;
    }

    /// <summary>One of the two ways.</summary>
    private sealed class Side(IEngine engine, int more, ServerMeter meter, Crowd crowd)
    {
        public Figures First { get; } = new();

        public Figures Known { get; } = new();

        public async Task RoundAsync(StreamId[] voters, bool isMeasured)
        {
            await CastAsync(voters, 0, 1, isMeasured ? First : null);
            await CastAsync(voters, 1, more, isMeasured ? Known : null);
        }

        private async Task CastAsync(StreamId[] voters, int from, int each, Figures? figures)
        {
            GC.Collect();
            var before = await meter.ReadAsync();
            var (seconds, upTo) = await crowd.RateAsync(engine, voters, from, each);
            // The board is counted behind the answers: that too is the price of these votes, and not of the next ones'.
            if (!await engine.WaitAsync(upTo, TimeSpan.FromMinutes(1)))
                throw new InvalidOperationException("The board did not follow within a minute.");
            figures?.Add(voters.Length * each, seconds, await meter.ReadAsync() - before);
        }
    }
}
