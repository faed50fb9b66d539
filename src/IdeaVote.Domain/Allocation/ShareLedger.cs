using System.Numerics;

namespace IdeaVote.Domain.Allocation;

/// <summary>
/// The exact books of a run of equal shares, written only when they are needed. What a voter has left is the share minus
/// rate · weight for each project bought, until the voter is exhausted: so the rates alone, one fraction for each round, say
/// exactly what everyone has. All of them are kept over one common denominator.
/// </summary>
internal sealed class ShareLedger(ShareState state)
{
    private readonly List<BigInteger> rates = [];
    private readonly List<long> sums = [];

    /// <summary>What all numerators here are divided by.</summary>
    public BigInteger Denominator { get; private set; }

    /// <summary>What each voter began with: the numerator.</summary>
    public BigInteger Share { get; private set; }

    /// <summary>What a weight of 1 part pays in a round that is written: the numerator.</summary>
    public BigInteger Rate(int round) => rates[round];

    /// <summary>Empties the books for a new run.</summary>
    public void Begin() => rates.Clear();

    /// <summary>Writes the rounds that are not yet written.</summary>
    public void CatchUp()
    {
        if (rates.Count == 0)
        {
            Denominator = state.Election.Voters;
            Share = (BigInteger)state.Election.Money.Fund + (BigInteger)state.Added * state.Election.Voters;
        }
        while (rates.Count < state.Bought.Count)
        {
            var round = rates.Count;
            var (numerator, weight) = RateOver(state.Bought[round], round, exhausted => exhausted == round, exhausted => exhausted > round);
            Append(numerator, weight);
        }
    }

    /// <summary>
    /// The rate at which a project is paid if some supporters give all they have: (cost − what those have) ÷ the others' weight.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="round">Before which round; all rounds before it are written.</param>
    /// <param name="giveAll">Whether a ballot's voters give all, by the round they are exhausted in.</param>
    /// <param name="pay">Whether they pay the rate; who neither gives all nor pays has nothing.</param>
    /// <returns>The numerator over <see cref="Denominator"/> · weight, and that weight; 0 if nobody pays.</returns>
    public (BigInteger Numerator, long Weight) RateOver(int project, int round, Func<int, bool> giveAll, Func<int, bool> pay)
    {
        BeginSum();
        var weight = 0L;
        foreach (var supporter in state.Election.Supporters.Of(project))
        {
            var exhausted = state.ExhaustedIn[supporter.Group];
            if (giveAll(exhausted))
                AddLeft(supporter, round);
            else if (pay(exhausted))
                weight += (long)supporter.Weight * (long)supporter.Voters;
        }
        return ((BigInteger)state.Election.Money.Cost[project] * Denominator - Sum(), weight);
    }

    /// <summary>What a voter of a ballot that is not exhausted has before a round: the numerator.</summary>
    public BigInteger Left(int group, int round)
    {
        var left = Share;
        foreach (var (project, weight) in state.Election.Ballots.Of(group))
        {
            if (weight > 0 && state.RoundOf[project] < round)
                left -= rates[state.RoundOf[project]] * weight;
        }
        return left;
    }

    /// <summary>Begins to add up what voters have.</summary>
    public void BeginSum()
    {
        sums.Clear();
        sums.AddRange(Enumerable.Repeat(0L, rates.Count + 1));
    }

    // Adding the weights up first, in whole numbers of one word, leaves one long multiplication for each round.
    /// <summary>Adds what a ballot's voters, not exhausted, have before a round.</summary>
    public void AddLeft(Supporter supporter, int round)
    {
        var voters = (long)supporter.Voters;
        sums[^1] += voters;
        foreach (var (project, weight) in state.Election.Ballots.Of(supporter.Group))
        {
            if (weight > 0 && state.RoundOf[project] < round)
                sums[state.RoundOf[project]] += voters * weight;
        }
    }

    /// <summary>All that was added up: the numerator.</summary>
    public BigInteger Sum()
    {
        var sum = Share * sums[^1];
        for (var round = 0; round < rates.Count; round++)
        {
            if (sums[round] != 0)
                sum -= rates[round] * sums[round];
        }
        return sum;
    }

    private void Append(BigInteger numerator, long weight)
    {
        var common = (long)BigInteger.GreatestCommonDivisor(numerator, weight);
        var factor = weight / common;
        if (factor != 1)
        {
            Denominator *= factor;
            Share *= factor;
            for (var round = 0; round < rates.Count; round++)
                rates[round] *= factor;
        }
        rates.Add(numerator / common);
    }
}
