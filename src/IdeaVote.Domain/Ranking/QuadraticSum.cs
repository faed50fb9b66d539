using System.Numerics;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// What voters gave to an idea, summed for quadratic voting and matching: the credits, and their square roots. A root is kept in whole
/// steps of 2^-20 (a millionth), rounded down, so that adding and taking out is exact and no order of votes gives another sum. Roots of
/// squares are exact: who buys v votes for v² credits adds v.
/// </summary>
/// <param name="Steps">The sum of the roots, in steps of 2^-20.</param>
/// <param name="Credits">The sum of the credits.</param>
public readonly record struct QuadraticSum(long Steps, long Credits)
{
    /// <summary>A root is kept in so many parts of 1.</summary>
    public const int StepsOfOne = 1 << 20;

    /// <summary>The most credits of one contribution: 2^40. The roots of eight million such contributions still fit.</summary>
    public const long MaxCredits = 1L << 40;

    /// <summary>The sum of the roots: with credits bought for votes, the number of votes.</summary>
    public decimal Roots => (decimal)Steps / StepsOfOne;

    /// <summary>The sum with one voter's credits.</summary>
    /// <param name="credits">0 to <see cref="MaxCredits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are out of that range.</exception>
    /// <exception cref="OverflowException">The sum is out of its range.</exception>
    public QuadraticSum Add(long credits) => new(checked(Steps + StepsOf(credits)), checked(Credits + credits));

    /// <summary>The sum without one voter's credits.</summary>
    /// <param name="credits">What was added, 0 to <see cref="MaxCredits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are out of that range, or more than the sum holds.</exception>
    public QuadraticSum Remove(long credits)
    {
        var steps = StepsOf(credits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(credits, Credits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Steps, nameof(credits));
        return new QuadraticSum(Steps - steps, Credits - credits);
    }

    /// <summary>The square of the sum of roots less the sum of credits, in parts of 2^-40; 0 or more.</summary>
    internal BigInteger Match
    {
        get
        {
            // A single contribution matches nothing; its rounded root would make it less.
            var match = (BigInteger)Steps * Steps - (BigInteger)Credits * StepsOfOne * StepsOfOne;
            return match.Sign < 0 ? BigInteger.Zero : match;
        }
    }

    /// <summary>⌊√credits · 2^20⌋. The machine's root is within a step of it, and whole numbers settle which.</summary>
    private static long StepsOf(long credits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(credits, MaxCredits);
        var square = (UInt128)(ulong)credits << 40;
        var root = (ulong)(Math.Sqrt((double)credits) * StepsOfOne);
        while ((UInt128)root * root > square)
            root--;
        while ((UInt128)(root + 1) * (root + 1) <= square)
            root++;
        return (long)root;
    }
}
