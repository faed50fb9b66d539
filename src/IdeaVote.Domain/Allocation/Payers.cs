using System.Collections.Immutable;

namespace IdeaVote.Domain.Allocation;

/// <summary>Voters who pay the same for a project.</summary>
/// <param name="Voters">How many, 1 or more.</param>
/// <param name="Each">What each of them pays, 0 or more, in the fund's unit, exact.</param>
public readonly record struct Payment(long Voters, Rational Each);

/// <summary>
/// Who pays what for a project under equal shares: those who can afford it pay <see cref="Rate"/> for each part of weight, the
/// others all they have left. Together exactly the cost.
/// </summary>
public sealed class Payers
{
    private readonly Func<ImmutableArray<Payment>> leftovers;

    internal Payers(Rational rate, ImmutableArray<Payment> atRate, long exhausted, Rational exhaustedTotal, Func<ImmutableArray<Payment>> leftovers)
    {
        Rate = rate;
        AtRate = atRate;
        Exhausted = exhausted;
        ExhaustedTotal = exhaustedTotal;
        this.leftovers = leftovers;
    }

    /// <summary>What a voter pays for a weight of 1 part (for an approval: the whole payment), exact.</summary>
    public Rational Rate { get; }

    /// <summary>Those who pay by the rate, a group for each weight, the largest weight first.</summary>
    public ImmutableArray<Payment> AtRate { get; }

    /// <summary>How many voters pay less than the rate asks: all they have left, of whom some may have nothing.</summary>
    public long Exhausted { get; }

    /// <summary>What those pay together, exact.</summary>
    public Rational ExhaustedTotal { get; }

    /// <summary>How many voters support the project.</summary>
    public long Supporters => Exhausted + AtRate.Sum(payment => payment.Voters);

    /// <summary>
    /// All payments, the largest first: groups of voters who pay the same. Where thousands pay what they have left there are
    /// thousands of groups of long fractions, so they are made when asked for.
    /// </summary>
    public IReadOnlyList<Payment> All() =>
        [.. AtRate.Concat(leftovers()).GroupBy(payment => payment.Each, payment => payment.Voters)
            .Select(group => new Payment(group.Sum(), group.Key)).OrderByDescending(payment => payment.Each)];
}
