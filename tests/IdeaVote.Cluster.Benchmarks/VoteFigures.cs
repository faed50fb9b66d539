using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;

namespace IdeaVote.Cluster.Benchmarks;

/// <summary>
/// Durable votes through the grains, whose events share a commit, next to the same grain with a commit for each vote: to the storage that
/// Orleans has for PostgreSQL, and to one that does nothing that need not be. All in one run, by turns, on one server that syncs.
/// </summary>
internal static class VoteFigures
{
    private const int Ideas = 100;
    private const int Callers = 2_048;
    private const int Voters = 10_000;
    private const int Rounds = 5;

    // On all sides alike: the longer a ballot, the longer it takes to write it whole.
    private const int More = 6;

    // The runtime compiles what runs often more than once, and a round through the grains is short.
    private const int WarmUps = 4;

    // For each of the two storages. More of them share more syncs.
    private const int Connections = 64;

    public static async Task RunAsync(Report report)
    {
        await using var world = await ClusterWorld.StartAsync(Ideas, Connections);
        await using var meter = await ServerMeter.ConnectAsync(world.Address);
        var crowd = new Crowd([.. Enumerable.Range(0, Ideas).Select(ClusterWorld.Idea)], Callers);
        var grains = new Side("through the grains", world.Grains, meter, crowd);
        var usual = new Side($"one WriteStateAsync each, {Connections} connections", world.Usual, meter, crowd);
        var lean = new Side("the same, in a storage made for it", world.Lean, meter, crowd);
        Side[] sides = [grains, usual, lean];

        // To warm up; then PostgreSQL is to know its tables, as it does by itself within a minute.
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
            await grains.RoundAsync(ClusterWorld.Voters(-warmUp * Voters, Voters), isMeasured: false);
        await usual.RoundAsync(ClusterWorld.Voters(0, Voters), isMeasured: false);
        await lean.RoundAsync(ClusterWorld.Voters(0, Voters), isMeasured: false);
        await world.AnalyzeAsync();
        for (var round = 1; round <= Rounds; round++)
        {
            // Each with voters of its own, and each side first in turn.
            for (var turn = 0; turn < sides.Length; turn++)
                await sides[(round + turn) % sides.Length].RoundAsync(ClusterWorld.Voters(round * Voters, Voters), isMeasured: true);
        }

        report.Title($"One silo on PostgreSQL, fsync and synchronous_commit on: {Callers:N0} ratings under way, {Voters:N0} new voters each round");
        report.Note("votes of voters in memory");
        Print(report, sides, side => side.Known);
        report.Ratio("  grains ÷ one write each", grains.Known.Speeds, usual.Known.Speeds, "≥ 10");
        report.Ratio("  grains ÷ one write each, in a storage made for it", grains.Known.Speeds, lean.Known.Speeds, "none");
        report.Note("first votes, whose voters are loaded");
        Print(report, sides, side => side.First);
        report.Ratio("  grains ÷ one write each", grains.First.Speeds, usual.First.Speeds, "none");
        report.Ratio("  grains ÷ one write each, in a storage made for it", grains.First.Speeds, lean.First.Speeds, "none");
    }

    private static void Print(Report report, Side[] sides, Func<Side, Figures> figures)
    {
        foreach (var side in sides)
            report.Line($"  {side.Name}", figures(side).Speeds, "/s");
        Row("processor time per vote, callers included", spent => spent.Cpu.TotalMicroseconds, "µs");
        Row("PostgreSQL's processor time per vote", spent => spent.ServerCpu.TotalMicroseconds, "µs");
        Row("commits per vote", spent => spent.Commits, "");
        Row("PostgreSQL's log per vote", spent => spent.WalBytes, "bytes");

        void Row(string name, Func<Spent, double> take, string unit) =>
            report.Note($"  {name,-56} {string.Join(" | ", sides.Select(side => $"{figures(side).PerVote(take),12:N3}"))} {unit}");
    }

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

    /// <summary>One of the ways.</summary>
    private sealed class Side(string name, IEngine engine, ServerMeter meter, Crowd crowd)
    {
        public string Name => name;

        public Figures First { get; } = new();

        public Figures Known { get; } = new();

        public async Task RoundAsync(StreamId[] voters, bool isMeasured)
        {
            await CastAsync(voters, 0, 1, isMeasured ? First : null);
            await CastAsync(voters, 1, More, isMeasured ? Known : null);
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
