namespace IdeaVote.Domain.Tests.Ranking.Coverage;

/// <summary>Draws how many of n voters give 1, 2, 3, 4 and 5 stars, and goes through all the ways they can.</summary>
internal sealed class Sampling(int seed)
{
    private static readonly double[] LogFactorials = MakeLogFactorials(5_000);

    private readonly Random random = new(seed);

    public int[] Draw(double[] shares, int voters)
    {
        var counts = new int[shares.Length];
        var rest = 1.0;
        for (var i = 0; i < shares.Length && voters > 0; i++)
        {
            counts[i] = shares[i] >= rest - 1e-12 ? voters : Binomial(voters, shares[i] / rest);
            voters -= counts[i];
            rest -= shares[i];
        }
        return counts;
    }

    /// <summary>How many of n succeed: the distribution is gone through from its middle outwards, until it has passed a random number.</summary>
    public int Binomial(int n, double p)
    {
        if (p <= 0)
            return 0;
        var middle = Math.Min(n, (int)((n + 1) * p));
        var peak = Math.Exp(LogFactorials[n] - LogFactorials[middle] - LogFactorials[n - middle] + middle * Math.Log(p) + (n - middle) * Math.Log(1 - p));
        var left = random.NextDouble() - peak;
        var (down, up, below, above) = (middle, middle, peak, peak);
        while (left > 0 && (down > 0 || up < n))
        {
            if (up < n)
            {
                above *= (n - up) * p / ((up + 1) * (1 - p));
                up++;
                if ((left -= above) <= 0)
                    return up;
            }
            if (down > 0)
            {
                below *= down * (1 - p) / ((n - down + 1) * p);
                down--;
                if ((left -= below) <= 0)
                    return down;
            }
        }
        return middle;
    }

    /// <summary>Shares drawn from a Dirichlet distribution: gamma variables (Marsaglia and Tsang 2000) by their sum.</summary>
    public double[] Shares(double[] parameters)
    {
        var shares = parameters.Select(Gamma).ToArray();
        var sum = shares.Sum();
        return [.. shares.Select(share => share / sum)];
    }

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public double Uniform() => random.NextDouble();

    public int Below(int end) => random.Next(end);

    /// <summary>Every way that n voters can spread over five stars, with its probability.</summary>
    public static void All(double[] shares, int voters, Action<int[], double> with)
    {
        var counts = new int[shares.Length];
        Spread(0, voters, LogFactorials[voters]);

        void Spread(int star, int left, double log)
        {
            var most = shares[star] > 0 ? left : 0;
            var least = star == shares.Length - 1 ? left : 0;
            for (var count = least; count <= most; count++)
            {
                counts[star] = count;
                var next = log - LogFactorials[count] + (count > 0 ? count * Math.Log(shares[star]) : 0);
                if (star < shares.Length - 1)
                    Spread(star + 1, left - count, next);
                else
                    with(counts, Math.Exp(next));
            }
        }
    }

    private double Gamma(double shape)
    {
        if (shape < 1)
            return Gamma(shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < x * x / 2 + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    private static double[] MakeLogFactorials(int most)
    {
        var logs = new double[most + 1];
        for (var i = 1; i <= most; i++)
            logs[i] = logs[i - 1] + Math.Log(i);
        return logs;
    }
}
