using System.Runtime.CompilerServices;

namespace IdeaVote.Domain.Allocation;

/// <summary>What an estimate came to.</summary>
internal enum PriceFound
{
    /// <summary>Bounds.</summary>
    Bounds,

    /// <summary>Worse than what it was compared with; how much worse was not looked at.</summary>
    Worse,

    /// <summary>The supporters certainly have too little money.</summary>
    TooDear,

    /// <summary>Doubles can't tell.</summary>
    Unclear,
}

/// <summary>
/// Finds a project's rate: the smallest r with Σ min(what i has, r · weight of i) = cost over the supporters i. The sum rises with r
/// and bends downwards, so that Newton's steps from below never pass the solution, and each step is itself a lower bound.
/// </summary>
internal sealed class SharePrices
{
    private readonly ShareState state;
    private readonly Supporter[] rows;
    private readonly int[] active;
    private readonly double[] cost;
    private readonly double[] atLeast;

    /// <summary>Makes room for an election's runs.</summary>
    public SharePrices(ShareState state)
    {
        this.state = state;
        var election = state.Election;
        rows = [.. election.Supporters.Rows];
        active = new int[election.Projects.Length];
        atLeast = new double[active.Length];
        cost = [.. election.Money.Cost.Select(each => (double)each)];
    }

    /// <summary>What a rate is certainly not below. It only grows, since voters only lose money.</summary>
    public double AtLeast(int project) => atLeast[project];

    /// <summary>The supporters who may have money left. Those without come to lie behind them as they are found out.</summary>
    public Span<Supporter> Active(int project) => rows.AsSpan(state.Election.Supporters.Start[project], active[project]);

    /// <summary>Back to the beginning: everyone has money, and nobody pays less than the plain division of the cost.</summary>
    public void Begin()
    {
        var supporters = state.Election.Supporters;
        for (var p = 0; p < active.Length; p++)
        {
            active[p] = supporters.Start[p + 1] - supporters.Start[p];
            atLeast[p] = supporters.Weight[p] == 0 ? 0 : cost[p] / supporters.Weight[p] * (1 - 8 * ShareState.Epsilon);
        }
    }

    /// <summary>Estimates a project's rate.</summary>
    /// <param name="project">A project with supporters and a cost above 0.</param>
    /// <param name="bound">As soon as the rate is certainly above this, it is not looked at closer.</param>
    /// <returns>With <see cref="PriceFound.Bounds"/>: the rate is certainly within, limits included.</returns>
    public (PriceFound Found, double Low, double High) Estimate(int project, double bound)
    {
        DropExhausted(project);
        var supporters = Active(project);
        // Adding up many numbers is off by this part of the sum; adding up whole numbers is not, while they are no larger than 2⁵³.
        var rounding = (supporters.Length + 16) * ShareState.Epsilon;
        var slack = (state.Election.Supporters.Weight[project] < 1L << 53 ? 0 : rounding) + 8 * ShareState.Epsilon;
        var rate = atLeast[project];
        while (true)
        {
            // What those who give all have at least; at most it is twice the error more for each of them.
            var (all, voters, weight) = SumAt(supporters, rate);
            var most = (all + 2 * state.Error * voters) * (1 + rounding);
            if (weight == 0)
                return (most < cost[project] * (1 - slack) ? PriceFound.TooDear : PriceFound.Unclear, rate, double.PositiveInfinity);
            atLeast[project] = Math.Max(atLeast[project], (cost[project] - most) / weight * (1 - slack));
            if (atLeast[project] > bound)
                return (PriceFound.Worse, atLeast[project], double.PositiveInfinity);
            var next = (cost[project] - all * (1 - rounding)) / weight;
            if (next <= rate * (1 + 4 * ShareState.Epsilon))
                return (PriceFound.Bounds, atLeast[project], Math.Max(rate, next) * (1 + slack));
            rate = next;
        }
    }

    /// <summary>Remembers a rate that was found exactly.</summary>
    public void Learn(int project, double rate) => atLeast[project] = Math.Max(atLeast[project], rate * (1 - 8 * ShareState.Epsilon));

    private (double All, double Voters, double Weight) SumAt(ReadOnlySpan<Supporter> supporters, double rate)
    {
        double all = 0, voters = 0, weight = 0;
        var left = state.Left;
        var error = state.Error;
        foreach (ref readonly var supporter in supporters)
        {
            var has = left[supporter.Group] - error;
            // 1 or 0 in place of a branch, which would go wrong every other time.
            double pays = Unsafe.BitCast<bool, byte>(has >= rate * supporter.Weight);
            var gives = supporter.Voters - pays * supporter.Voters;
            weight += pays * supporter.Weight * supporter.Voters;
            all += has * gives;
            voters += gives;
        }
        return (all, voters, weight);
    }

    private void DropExhausted(int project)
    {
        var supporters = Active(project);
        var count = supporters.Length;
        for (var i = 0; i < count; i++)
        {
            while (i < count && state.ExhaustedIn[supporters[i].Group] != ShareState.Never)
            {
                (supporters[i], supporters[count - 1]) = (supporters[count - 1], supporters[i]);
                count--;
            }
        }
        active[project] = count;
    }
}
