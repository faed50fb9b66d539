namespace IdeaVote.Domain.Ranking;

/// <summary>
/// The duels as a graph, with the likelihood of scores, its slope, and its curvature (the observed information), which is a sum over the
/// pairs that met.
/// </summary>
internal sealed class DuelGraph
{
    /// <summary>The prior: this part of a win and as much of a loss against an imagined opponent of score 0.</summary>
    private const double Imagined = 0.5;

    private const double SolveAccuracy = 1e-13;

    private readonly (int First, int Second, double FirstWins, double SecondWins)[] pairs;
    private readonly double[] weights;
    private readonly double[] priors;
    private readonly double[] diagonal;
    private readonly long[] duels;

    public DuelGraph(int ideas, IReadOnlyList<Duel> duels)
    {
        pairs = new (int, int, double, double)[duels.Count];
        weights = new double[duels.Count];
        priors = new double[ideas];
        diagonal = new double[ideas];
        this.duels = new long[ideas];
        for (var i = 0; i < pairs.Length; i++)
        {
            var duel = duels[i];
            Check(duel, ideas);
            pairs[i] = (duel.First, duel.Second, duel.FirstWins, duel.SecondWins);
            this.duels[duel.First] += (long)duel.FirstWins + duel.SecondWins;
            this.duels[duel.Second] += (long)duel.FirstWins + duel.SecondWins;
        }
        // They come in no particular order, and a sum rounds differently in another one: the same duels have the same scores to the last bit.
        Array.Sort(pairs);
    }

    /// <summary>How many ideas there are.</summary>
    public int Ideas => diagonal.Length;

    /// <summary>How many pairs there are.</summary>
    public int Pairs => pairs.Length;

    /// <summary>The information on each idea's score when the others are known; as of the last <see cref="Climb"/>.</summary>
    public ReadOnlySpan<double> Diagonal => diagonal;

    /// <summary>How many duels an idea took part in.</summary>
    public long Duels(int idea) => duels[idea];

    /// <summary>A pair, and how much its duels tell of the difference of its scores; as of the last <see cref="Climb"/>.</summary>
    public (int First, int Second, double Weight) Pair(int index) => (pairs[index].First, pairs[index].Second, weights[index]);

    /// <summary>The logarithm of the scores' probability, prior included, but for a constant.</summary>
    public double LogLikelihood(double[] scores)
    {
        double sum = 0;
        foreach (var (first, second, firstWins, secondWins) in pairs)
        {
            var ahead = scores[first] - scores[second];
            sum -= firstWins * LogOnePlusExp(-ahead) + secondWins * LogOnePlusExp(ahead);
        }
        foreach (var score in scores)
            sum -= Imagined * (LogOnePlusExp(-score) + LogOnePlusExp(score));
        return sum;
    }

    /// <summary>The likelihood's slope at these scores; the curvature there is kept.</summary>
    public double[] Climb(double[] scores)
    {
        var slope = new double[scores.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            var p = Strength.Logistic(scores[i]);
            slope[i] = Imagined * (1 - 2 * p);
            diagonal[i] = priors[i] = 2 * Imagined * p * (1 - p);
        }
        for (var i = 0; i < pairs.Length; i++)
        {
            var (first, second, firstWins, secondWins) = pairs[i];
            var p = Strength.Logistic(scores[first] - scores[second]);
            var surprise = firstWins * (1 - p) - secondWins * p;
            slope[first] += surprise;
            slope[second] -= surprise;
            var weight = weights[i] = (firstWins + secondWins) * p * (1 - p);
            diagonal[first] += weight;
            diagonal[second] += weight;
        }
        return slope;
    }

    /// <summary>
    /// Solves information · x = right by conjugate gradients, each unknown scaled by its diagonal (J. Nocedal and S. Wright, "Numerical
    /// Optimization" (2006), algorithm 5.3).
    /// </summary>
    public double[] Solve(double[] right)
    {
        var n = right.Length;
        double[] x = new double[n], rest = [.. right], direction = new double[n], product = new double[n];
        double fit = 0;
        for (var i = 0; i < n; i++)
        {
            direction[i] = rest[i] / diagonal[i];
            fit += rest[i] * direction[i];
        }
        var enough = fit * SolveAccuracy * SolveAccuracy;
        for (var round = 0; round < 2 * n + 20 && fit > enough && fit > 0; round++)
        {
            Multiply(direction, product);
            var size = fit / Dot(direction, product);
            double next = 0;
            for (var i = 0; i < n; i++)
            {
                x[i] += size * direction[i];
                rest[i] -= size * product[i];
                next += rest[i] * rest[i] / diagonal[i];
            }
            for (var i = 0; i < n; i++)
                direction[i] = rest[i] / diagonal[i] + next / fit * direction[i];
            fit = next;
        }
        return x;
    }

    private void Multiply(double[] vector, double[] product)
    {
        for (var i = 0; i < vector.Length; i++)
            product[i] = priors[i] * vector[i];
        for (var i = 0; i < pairs.Length; i++)
        {
            var (first, second, _, _) = pairs[i];
            var flow = weights[i] * (vector[first] - vector[second]);
            product[first] += flow;
            product[second] -= flow;
        }
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    /// <summary>ln(1 + e^x), without overflow.</summary>
    private static double LogOnePlusExp(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static void Check(Duel duel, int ideas)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(duel.First, nameof(duel));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(duel.First, ideas, nameof(duel));
        ArgumentOutOfRangeException.ThrowIfNegative(duel.Second, nameof(duel));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(duel.Second, ideas, nameof(duel));
        ArgumentOutOfRangeException.ThrowIfNegative(duel.FirstWins, nameof(duel));
        ArgumentOutOfRangeException.ThrowIfNegative(duel.SecondWins, nameof(duel));
        if (duel.First == duel.Second)
            throw new ArgumentException($"Idea {duel.First} is in a duel with itself.", nameof(duel));
    }
}
