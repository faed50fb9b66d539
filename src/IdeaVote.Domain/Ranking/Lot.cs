namespace IdeaVote.Domain.Ranking;

/// <summary>
/// Numbers that look random and follow from a seed alone: SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014, doi 10.1145/2660193.2660195).
/// </summary>
/// <param name="seed">Any number.</param>
internal sealed class Lot(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next number, above 0 and not above 1.</summary>
    public double Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return ((mixed >> 11) + 1) * (1.0 / (1UL << 53));
    }

    /// <summary>
    /// How long one waits for what comes with this rate: of several, each comes first with a probability in proportion to its rate.
    /// </summary>
    /// <param name="rate">0 or more; what has the rate 0 comes after all else, but comes.</param>
    public double Wait(double rate) => -Math.Log(Next()) / Math.Max(rate, 1e-300);
}
