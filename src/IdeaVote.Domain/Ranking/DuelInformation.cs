using System.Numerics;
using System.Runtime.InteropServices;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// The variances of scores, less their mean, out of the information that duels hold: with C its inverse and x = C·1, the variance of
/// score i less the mean of all n is Cᵢᵢ − 2·xᵢ/n + Σx/n².
/// </summary>
/// <remarks>
/// Up to <see cref="MaxExact"/> ideas C's diagonal is exact, by Cholesky's factors (n³/3 multiplications, by several at a time). Beyond
/// that it is a series cut after its second term: with D the diagonal of the information and W what pairs share, Cᵢᵢ ≈
/// (1 + Σⱼ Wᵢⱼ² ÷ (Dᵢ·Dⱼ)) ÷ Dᵢ, and the mean is taken as known. It comes out too small where an idea hangs on the rest by few others;
/// with ten opponents and more an idea, by a few hundredths.
/// </remarks>
internal static class DuelInformation
{
    /// <summary>Up to so many ideas variances are exact: the factors take 8 bytes a pair, and their time grows with the cube.</summary>
    public const int MaxExact = 1_200;

    /// <summary>The variance of each score less the mean of all, at the scores that the graph was last climbed at.</summary>
    public static double[] Variances(DuelGraph graph) => graph.Ideas <= MaxExact ? Exact(graph) : Series(graph);

    internal static double[] Exact(DuelGraph graph)
    {
        var n = graph.Ideas;
        var factor = Invert(Factor(Dense(graph), n), n);
        var variances = new double[n];
        // C = Mᵀ·M with M the inverse of Cholesky's factor: the diagonal is the sum of the squares of M's columns.
        for (var row = 0; row < n; row++)
            for (var column = 0; column <= row; column++)
                variances[column] += factor[row * n + column] * factor[row * n + column];
        var ones = new double[n];
        Array.Fill(ones, 1.0);
        var x = graph.Solve(ones);
        var all = x.Sum();
        for (var i = 0; i < n; i++)
            variances[i] = Math.Max(0, variances[i] - 2 * x[i] / n + all / n / n);
        return variances;
    }

    internal static double[] Series(DuelGraph graph)
    {
        var diagonal = graph.Diagonal;
        // The same pair may be told in parts.
        var shared = new Dictionary<(int, int), double>(graph.Pairs);
        for (var i = 0; i < graph.Pairs; i++)
        {
            var (first, second, weight) = graph.Pair(i);
            CollectionsMarshal.GetValueRefOrAddDefault(shared, first < second ? (first, second) : (second, first), out _) += weight;
        }
        var variances = new double[graph.Ideas];
        Array.Fill(variances, 1.0);
        foreach (var ((first, second), weight) in shared)
        {
            var part = weight * weight / (diagonal[first] * diagonal[second]);
            variances[first] += part;
            variances[second] += part;
        }
        for (var i = 0; i < variances.Length; i++)
            variances[i] /= diagonal[i];
        return variances;
    }

    private static double[] Dense(DuelGraph graph)
    {
        var n = graph.Ideas;
        var dense = new double[n * n];
        for (var i = 0; i < n; i++)
            dense[i * n + i] = graph.Diagonal[i];
        for (var i = 0; i < graph.Pairs; i++)
        {
            var (first, second, weight) = graph.Pair(i);
            dense[first * n + second] -= weight;
            dense[second * n + first] -= weight;
        }
        return dense;
    }

    /// <summary>Cholesky's lower factor, in the lower half.</summary>
    private static double[] Factor(double[] matrix, int n)
    {
        for (var row = 0; row < n; row++)
        {
            var current = matrix.AsSpan(row * n, n);
            for (var column = 0; column < row; column++)
            {
                var above = matrix.AsSpan(column * n, n);
                current[column] = (current[column] - Dot(current[..column], above[..column])) / above[column];
            }
            current[row] = Math.Sqrt(current[row] - Dot(current[..row], current[..row]));
        }
        return matrix;
    }

    /// <summary>The inverse of a lower factor, row by row: each row is a sum of those above it.</summary>
    private static double[] Invert(double[] factor, int n)
    {
        var inverse = new double[n * n];
        for (var row = 0; row < n; row++)
        {
            var current = inverse.AsSpan(row * n, n);
            for (var above = 0; above < row; above++)
                if (factor[row * n + above] is not 0 and var part)
                    AddTo(current[..(above + 1)], inverse.AsSpan(above * n, above + 1), -part);
            current[row] = 1;
            var pivot = factor[row * n + row];
            for (var column = 0; column <= row; column++)
                current[column] /= pivot;
        }
        return inverse;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var wideLeft = MemoryMarshal.Cast<double, Vector<double>>(left);
        var wideRight = MemoryMarshal.Cast<double, Vector<double>>(right);
        // Two sums, because each addition waits for the last.
        Vector<double> even = default, odd = default;
        var i = 0;
        for (; i + 1 < wideLeft.Length; i += 2)
        {
            even += wideLeft[i] * wideRight[i];
            odd += wideLeft[i + 1] * wideRight[i + 1];
        }
        if (i < wideLeft.Length)
            even += wideLeft[i] * wideRight[i];
        var sum = Vector.Sum(even + odd);
        for (i = wideLeft.Length * Vector<double>.Count; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static void AddTo(Span<double> sum, ReadOnlySpan<double> row, double times)
    {
        var wideSum = MemoryMarshal.Cast<double, Vector<double>>(sum);
        var wideRow = MemoryMarshal.Cast<double, Vector<double>>(row);
        var many = new Vector<double>(times);
        for (var i = 0; i < wideSum.Length; i++)
            wideSum[i] += many * wideRow[i];
        for (var i = wideSum.Length * Vector<double>.Count; i < sum.Length; i++)
            sum[i] += times * row[i];
    }
}
