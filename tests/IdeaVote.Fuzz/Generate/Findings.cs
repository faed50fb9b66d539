using System.Collections.Concurrent;

namespace IdeaVote.Fuzz.Generate;

/// <summary>What was wrong: one example of each, since what is broken often is broken a thousand times.</summary>
internal sealed class Findings
{
    private const int Most = 40;

    private readonly ConcurrentDictionary<string, string> all = new(StringComparer.Ordinal);

    /// <summary>Whether there are so many that no more are looked for.</summary>
    public bool IsFull => all.Count >= Most;

    /// <summary>Notes one.</summary>
    /// <param name="seed">The seed of the input.</param>
    /// <param name="input">The whole input.</param>
    /// <param name="wrong">What was wrong with what came of it.</param>
    public void Add(int seed, string input, string wrong) => all.TryAdd(KindOf(wrong), $"seed {seed}: {wrong}\n{input}\n");

    /// <summary>Fails if there are any.</summary>
    public void ShouldBeNone() => Assert.True(all.IsEmpty, $"{all.Count} sorts of faults; IDEAVOTE_FUZZ=1 IDEAVOTE_FUZZ_SEED=n makes the input of seed n alone.\n\n{string.Join('\n', all.Values)}");

    // What it says before it comes to details, and for an exception where it was thrown.
    private static string KindOf(string wrong) =>
        wrong.Split(": ")[0] + wrong.Split('\n').FirstOrDefault(static line => line.Contains("   at IdeaVote.", StringComparison.Ordinal));
}
