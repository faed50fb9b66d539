using System.Numerics;

namespace IdeaVote.Domain.Allocation;

/// <summary>A project's exact rate.</summary>
/// <param name="Project">The project.</param>
/// <param name="Numerator">The rate · the ledger's denominator · <paramref name="Weight"/>; above 0.</param>
/// <param name="Weight">The weight of those who pay the rate, 1 or more.</param>
internal readonly record struct ExactPrice(int Project, BigInteger Numerator, long Weight);

/// <summary>Finds rates exactly, starting from what doubles are sure of.</summary>
internal sealed class ExactPrices(ShareState state, SharePrices prices, ShareLedger ledger)
{
    private readonly List<bool> givesAll = [];

    /// <summary>The project that was asked for last, if nothing was bought since; -1 for none.</summary>
    public int Last { get; set; } = -1;

    /// <summary>Whether each of <see cref="SharePrices.Active"/> gives all, for <see cref="Last"/>.</summary>
    public IReadOnlyList<bool> GivesAll => givesAll;

    /// <summary>
    /// A project's exact rate; null if its supporters have too little. Who certainly gives all is set aside; the others' rate that
    /// follows is never above the true one; whoever has less than it asks is set aside too, until nobody has.
    /// </summary>
    public ExactPrice? Find(int project)
    {
        ledger.CatchUp();
        Last = project;
        var round = state.Bought.Count;
        var supporters = prices.Active(project);
        givesAll.Clear();
        foreach (ref readonly var supporter in supporters)
            givesAll.Add(IsExhausted(supporter) || Compare(supporter, prices.AtLeast(project)) < 0);
        while (true)
        {
            ledger.BeginSum();
            var weight = 0L;
            for (var i = 0; i < supporters.Length; i++)
            {
                if (!givesAll[i])
                    weight += (long)supporters[i].Weight * (long)supporters[i].Voters;
                else if (!IsExhausted(supporters[i]))
                    ledger.AddLeft(supporters[i], round);
            }
            if (weight == 0)
                return null;
            var price = new ExactPrice(project, (BigInteger)state.Election.Money.Cost[project] * ledger.Denominator - ledger.Sum(), weight);
            if (!SetAside(supporters, price))
                return price;
        }
    }

    /// <summary>The rate, within one part in 2⁵⁰.</summary>
    public double Rate(ExactPrice price) => ToDouble(price.Numerator, ledger.Denominator * price.Weight);

    /// <summary>A fraction as the nearest double or a neighbour of it.</summary>
    /// <param name="numerator">0 or more.</param>
    /// <param name="denominator">Above 0.</param>
    public static double ToDouble(BigInteger numerator, BigInteger denominator)
    {
        const int Bits = 64;
        var shift = (int)(denominator.GetBitLength() - numerator.GetBitLength()) + Bits;
        var quotient = shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
        return double.ScaleB((double)quotient, -shift);
    }

    private bool SetAside(ReadOnlySpan<Supporter> supporters, ExactPrice price)
    {
        var rate = Rate(price);
        var found = false;
        for (var i = 0; i < supporters.Length; i++)
        {
            if (givesAll[i])
                continue;
            var sure = Compare(supporters[i], rate);
            if (sure < 0 || (sure == 0 && HasLess(supporters[i], price)))
            {
                givesAll[i] = true;
                found = true;
            }
        }
        return found;
    }

    // Whether a supporter certainly has less (−1) or more (1) than a rate asks; 0 if doubles can't tell.
    private int Compare(Supporter supporter, double rate)
    {
        var left = state.Left[supporter.Group];
        var asked = rate * supporter.Weight;
        if (left + state.Error < asked * (1 - 16 * ShareState.Epsilon))
            return -1;
        return left - state.Error > asked * (1 + 16 * ShareState.Epsilon) ? 1 : 0;
    }

    private bool HasLess(Supporter supporter, ExactPrice price) =>
        ledger.Left(supporter.Group, state.Bought.Count) * price.Weight < price.Numerator * (long)supporter.Weight;

    private bool IsExhausted(Supporter supporter) => state.ExhaustedIn[supporter.Group] != ShareState.Never;
}
