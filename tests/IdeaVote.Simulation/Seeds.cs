using IdeaVote.Simulation.Audit;
using IdeaVote.Simulation.Machine;

namespace IdeaVote.Simulation;

/// <summary>
/// Which seeds run. <c>IDEAVOTE_SIMULATION_SEEDS</c> says how many (2,000 unless given; a long run takes 100,000 or more),
/// <c>IDEAVOTE_SIMULATION_SEED</c> names the one to run alone.
/// </summary>
internal static class Seeds
{
    private const int Default = 2_000;
    private const int CatchWithin = 3_000;

    private static int Count => Number("IDEAVOTE_SIMULATION_SEEDS") ?? Default;

    /// <summary>Runs a share of the seeds, on all processors; every seed has a thread of its own.</summary>
    /// <param name="share">The share, in parts of 1.</param>
    /// <param name="run">Runs one.</param>
    public static void Run(double share, Action<int> run)
    {
        if (Number("IDEAVOTE_SIMULATION_SEED") is { } only)
        {
            run(only);
            return;
        }
        Parallel.For(0, (int)Math.Ceiling(Count * share), seed =>
        {
            try
            {
                run(seed);
            }
            catch (Exception e)
            {
                throw new ViolationException($"Seed {seed} (IDEAVOTE_SIMULATION_SEED={seed} runs it alone): {e.Message}", e);
            }
        });
    }

    /// <summary>Passes if some seed finds a violation, or that nothing goes on any more.</summary>
    public static void Catches(Action<int> run)
    {
        for (var seed = 0; seed < CatchWithin; seed++)
        {
            try
            {
                run(seed);
            }
            catch (Exception e) when (e is ViolationException or StuckException)
            {
                return;
            }
        }
        throw new ViolationException($"{CatchWithin} seeds ran and none noticed.");
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}
