using System.Collections.Immutable;
using System.Numerics;

namespace IdeaVote.Domain.Allocation;

/// <summary>Reads the complete books of a run: exact amounts in the fund's unit.</summary>
internal sealed class ShareBooks(ShareRun run)
{
    private readonly ShareState state = run.State;
    private readonly ShareLedger ledger = run.Ledger;

    /// <summary>What each voter began with.</summary>
    public Rational Share => Amount(ledger.Share);

    /// <summary>Who paid for what was bought in a round.</summary>
    public (int Project, Payers Payers) Payers(int round)
    {
        var project = state.Bought[round];
        var byWeight = new SortedDictionary<long, long>();
        var (exhausted, before) = (0L, 0L);
        foreach (var supporter in state.Election.Supporters.Of(project))
        {
            var gaveAllIn = state.ExhaustedIn[supporter.Group];
            var voters = (long)supporter.Voters;
            if (gaveAllIn > round)
                byWeight[(long)supporter.Weight] = byWeight.GetValueOrDefault((long)supporter.Weight) + voters;
            else if (gaveAllIn == round)
                exhausted += voters;
            else
                before += voters;
        }
        var rate = ledger.Rate(round);
        ImmutableArray<Payment> atRate = [.. byWeight.Reverse().Select(each => new Payment(each.Value, Amount(rate * each.Key)))];
        var paid = byWeight.Aggregate(BigInteger.Zero, (sum, each) => sum + rate * each.Key * each.Value);
        var rest = (BigInteger)state.Election.Money.Cost[project] * ledger.Denominator - paid;
        return (project, new Payers(Amount(rate), atRate, exhausted + before, Amount(rest), () => Leftovers(project, round, before)));
    }

    /// <summary>What a project's supporters have when all is over.</summary>
    public Rational LeftOfSupporters(int project)
    {
        ledger.BeginSum();
        foreach (var supporter in state.Election.Supporters.Of(project))
        {
            if (state.ExhaustedIn[supporter.Group] == ShareState.Never)
                ledger.AddLeft(supporter, state.Bought.Count);
        }
        return Amount(ledger.Sum());
    }

    private ImmutableArray<Payment> Leftovers(int project, int round, long before)
    {
        var byAmount = new Dictionary<BigInteger, long>();
        if (before > 0)
            byAmount.Add(0, before);
        foreach (var supporter in state.Election.Supporters.Of(project))
        {
            if (state.ExhaustedIn[supporter.Group] != round)
                continue;
            var amount = ledger.Left(supporter.Group, round);
            byAmount[amount] = byAmount.GetValueOrDefault(amount) + (long)supporter.Voters;
        }
        return [.. byAmount.Select(each => new Payment(each.Value, Amount(each.Key)))];
    }

    private Rational Amount(BigInteger numerator) => new(numerator, ledger.Denominator * (BigInteger)state.Election.Money.One);
}
