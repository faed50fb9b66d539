using IdeaVote.Faults.Damage;

namespace IdeaVote.Faults.Scenarios;

/// <summary>
/// The journal's files are cut off and their bits flipped, byte for byte where the newest record and the snapshots lie: a server then serves exactly
/// what was there or says in one line why not. Opened in this process, because there are thousands of them.
/// </summary>
internal static class DamageScenario
{
    public static async Task RunAsync(Report report, int cycles, int seed)
    {
        using var sample = await DamageSample.MakeAsync(report, seed);
        // The long run does it to every byte.
        var stride = cycles >= 200 ? 1 : 2_000 / cycles;
        foreach (var (what, wasKilled, damages) in sample.Targets())
        {
            var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var number = 0;
            foreach (var damage in damages)
            {
                if (number++ % stride != 0)
                    continue;
                report.NextCycle();
                var outcome = await sample.TryAsync(wasKilled, damage);
                if (outcome.Wrong is { } wrong)
                    report.Find(wrong, $"{what}, {damage}: {outcome.What}");
                outcomes[outcome.Kind] = outcomes.GetValueOrDefault(outcome.Kind) + 1;
            }
            report.Notes.Add($"{what}: {string.Join(", ", outcomes.Select(o => $"{o.Value} {o.Key}"))}");
        }
    }
}
