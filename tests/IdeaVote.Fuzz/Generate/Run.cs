using System.Globalization;

namespace IdeaVote.Fuzz.Generate;

/// <summary>
/// How much is tried, and from which seed on. <c>IDEAVOTE_FUZZ</c> says how many inputs there are of all kinds together, each kind taking its share;
/// <c>IDEAVOTE_FUZZ_SEED</c> is the seed of the first of each kind, the next has the next. An input depends on its own seed alone, so
/// <c>IDEAVOTE_FUZZ=1 IDEAVOTE_FUZZ_SEED=n</c> makes the one of seed n again, as the first of its kind.
/// </summary>
internal static class Run
{
    private const int Usual = 2_500;
    private const int Long = 20_000;

    /// <summary>How many inputs there are of all kinds together.</summary>
    public static int Inputs { get; } = Number("IDEAVOTE_FUZZ") ?? Usual;

    /// <summary>Whether there are enough for what is expected of many: that everything was reached, and much of it taken.</summary>
    public static bool IsWhole => Inputs >= Usual;

    /// <summary>Whether there are so many that everything was taken.</summary>
    public static bool IsLong => Inputs >= Long;

    /// <summary>The seed of the first input of a kind.</summary>
    public static int FirstSeed { get; } = Number("IDEAVOTE_FUZZ_SEED") ?? 1;

    /// <summary>How many inputs a kind has.</summary>
    /// <param name="permille">Its share of all, in thousandths.</param>
    public static int Share(int permille) => Math.Max(1, (int)((long)Inputs * permille / 1_000));

    /// <summary>The chance of one input, the same at each run.</summary>
    public static Random Of(int seed) => new(unchecked(seed * (int)2_654_435_761));

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
