using System.Numerics;
using System.Runtime.InteropServices;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// Ranks ideas by duels of ballots: an idea that more prefer to each other one comes first, and where preferences run in a circle the
/// strongest paths decide. Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
/// single-winner election method", Social Choice and Welfare 36 (2011), doi 10.1007/s00355-010-0475-4, section 2.3; a link is as
/// strong as the votes of the side that wins it ("winning votes").
/// </summary>
/// <remarks>Whole numbers throughout, so the result is the same on every machine. The work grows with the cube of the ideas.</remarks>
public static class Schulze
{
    /// <summary>The most ideas that can be ranked: at 4 bytes a pair, 64 MiB.</summary>
    public const int MaxIdeas = 4_096;

    /// <summary>The rank of each idea.</summary>
    /// <param name="prefer">
    /// Row by row, how many ballots prefer the row's idea to the column's: n·n numbers of 0 or more (see
    /// <see cref="PairwiseCounts.Matrix"/>). What is on the diagonal does not matter.
    /// </param>
    /// <param name="ideas">How many ideas there are, n.</param>
    /// <returns>
    /// For each idea, 1 and the number of ideas that beat it. Schulze's order leaves some pairs undecided; each idea so stands
    /// behind all that beat it, and those that as many beat share a rank (1, 2, 2, 4).
    /// </returns>
    /// <exception cref="ArgumentException">There are not n·n numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="MaxIdeas"/> ideas.</exception>
    public static int[] Ranks(ReadOnlySpan<int> prefer, int ideas)
    {
        var paths = Paths(prefer, ideas);
        var ranks = new int[ideas];
        for (var i = 0; i < ideas; i++)
        {
            ranks[i] = 1;
            for (var j = 0; j < ideas; j++)
                if (paths[j * ideas + i] > paths[i * ideas + j])
                    ranks[i]++;
        }
        return ranks;
    }

    /// <summary>The strength of the strongest path from each idea to each other; the idea with the stronger path beats the other.</summary>
    /// <param name="prefer">As for <see cref="Ranks"/>.</param>
    /// <param name="ideas">How many ideas there are, n.</param>
    /// <returns>Row by row; 0 where there is no path, and on the diagonal.</returns>
    /// <exception cref="ArgumentException">There are not n·n numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="MaxIdeas"/> ideas.</exception>
    public static int[] Paths(ReadOnlySpan<int> prefer, int ideas)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ideas);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ideas, MaxIdeas);
        if (prefer.Length != ideas * ideas)
            throw new ArgumentException("There must be a number for each pair.", nameof(prefer));
        var paths = new int[prefer.Length];
        for (var i = 0; i < ideas; i++)
            for (var j = 0; j < ideas; j++)
                if (i != j && prefer[i * ideas + j] > prefer[j * ideas + i])
                    paths[i * ideas + j] = prefer[i * ideas + j];
        for (var over = 0; over < ideas; over++)
        {
            var onward = paths.AsSpan(over * ideas, ideas);
            for (var from = 0; from < ideas; from++)
                if (from != over && paths[from * ideas + over] is > 0 and var strength)
                    Widen(paths.AsSpan(from * ideas, ideas), onward, strength);
        }
        for (var i = 0; i < ideas; i++)
            paths[i * ideas + i] = 0;
        return paths;
    }

    /// <summary>Floyd and Warshall's inner loop, several ideas at a time: direct[j] = max(direct[j], min(strength, onward[j])).</summary>
    private static void Widen(Span<int> direct, ReadOnlySpan<int> onward, int strength)
    {
        var wide = MemoryMarshal.Cast<int, Vector<int>>(direct);
        var wideOnward = MemoryMarshal.Cast<int, Vector<int>>(onward);
        var most = new Vector<int>(strength);
        for (var j = 0; j < wide.Length; j++)
            wide[j] = Vector.Max(wide[j], Vector.Min(most, wideOnward[j]));
        for (var j = wide.Length * Vector<int>.Count; j < direct.Length; j++)
            direct[j] = Math.Max(direct[j], Math.Min(strength, onward[j]));
    }
}
