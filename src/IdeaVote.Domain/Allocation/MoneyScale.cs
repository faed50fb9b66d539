using System.Collections.Immutable;
using System.Numerics;

namespace IdeaVote.Domain.Allocation;

/// <summary>
/// An election's amounts as whole numbers of the smallest unit that all of them are multiples of: 10 to the minus
/// <see cref="Decimals"/>.
/// </summary>
internal sealed class MoneyScale
{
    /// <summary>Scales the costs and the fund.</summary>
    public MoneyScale(ImmutableArray<FundProject> projects, decimal fund)
    {
        Decimals = projects.Select(project => DecimalsOf(project.Cost)).Append(DecimalsOf(fund)).Max();
        Cost = [.. projects.Select(project => Whole(project.Cost))];
        Fund = Whole(fund);
        One = Whole(1);
    }

    /// <summary>How many decimals the amounts have, trailing zeros apart.</summary>
    public int Decimals { get; }

    /// <summary>The costs by ordinal.</summary>
    public Int128[] Cost { get; }

    /// <summary>The fund.</summary>
    public Int128 Fund { get; }

    /// <summary>One of the fund's own unit.</summary>
    public Int128 One { get; }

    /// <summary>Back to the fund's unit. Exact for sums that a decimal holds.</summary>
    public decimal Amount(Int128 whole) => new Rational((BigInteger)whole, (BigInteger)One).ToDecimal();

    /// <summary>How many decimals an amount has, trailing zeros apart.</summary>
    public static int DecimalsOf(decimal amount)
    {
        var scale = amount.Scale;
        while (scale > 0 && decimal.Round(amount, scale - 1) == amount)
            scale--;
        return scale;
    }

    private Int128 Whole(decimal amount)
    {
        var (high, low) = (decimal.Truncate(amount), amount - decimal.Truncate(amount));
        var unit = (Int128)BigInteger.Pow(10, Decimals);
        return (Int128)high * unit + (Int128)(low * (decimal)unit);
    }
}
