namespace IdeaVote.Domain.Allocation;

/// <summary>
/// One run of equal shares: again and again, what gives its supporters most for their money is bought, until nothing can be.
/// Doubles with bounds decide whatever they can be sure of; only where bounds overlap, exact fractions do. The bounds of all
/// projects stay from round to round (rates only grow), so that a round looks at few projects.
/// </summary>
internal sealed class ShareRun
{
    // Bounds wider than this are made exact: what is uncertain can double from round to round, and so stays small.
    private const double Precise = 1e-6;

    private readonly Election election;
    private readonly ShareState state;
    private readonly SharePrices prices;
    private readonly ShareLedger ledger;
    private readonly ExactPrices exact;
    private readonly double[] keyOfRate;
    private readonly List<int> open = [];
    private readonly List<Contender> contenders = [];
    private readonly int[] free;
    private readonly bool[] seen;
    private readonly Utility utility;
    private readonly Action? pause;

    /// <summary>Makes room for an election's runs.</summary>
    /// <param name="election">The election.</param>
    /// <param name="utility">What a voter gets out of a project.</param>
    /// <param name="pause">Called before each project that is bought; what it throws ends the run.</param>
    public ShareRun(Election election, Utility utility, Action? pause = null)
    {
        this.pause = pause;
        this.election = election;
        this.utility = utility;
        state = new ShareState(election);
        prices = new SharePrices(state);
        ledger = new ShareLedger(state);
        exact = new ExactPrices(state, prices, ledger);
        seen = new bool[election.Projects.Length];
        keyOfRate = [.. election.Money.Cost.Select(cost => utility == Utility.Cost ? 1 / (double)cost : 1)];
        free = [.. Enumerable.Range(0, election.Projects.Length)
            .Where(p => election.Money.Cost[p] == 0 && election.SupporterCount(p) > 0)
            .OrderBy(p => election.IdOrder[p])];
    }

    /// <summary>Where the last run ended.</summary>
    public ShareState State => state;

    /// <summary>The last run's books; <see cref="ShareLedger.CatchUp"/> completes them.</summary>
    public ShareLedger Ledger => ledger;

    /// <summary>What has supporters and costs nothing: their money buys it at once, in the order of ids.</summary>
    public IReadOnlyList<int> Free => free;

    /// <summary>What the last run bought cost together, in smallest units.</summary>
    public Int128 Spent { get; private set; }

    /// <summary>Runs from nothing.</summary>
    /// <param name="added">What each voter gets beyond fund ÷ voters, in smallest units, 0 or more.</param>
    public void Run(Int128 added)
    {
        state.Begin(added);
        prices.Begin();
        ledger.Begin();
        exact.Last = -1;
        Spent = 0;
        open.Clear();
        for (var p = 0; p < seen.Length; p++)
        {
            if (election.Money.Cost[p] > 0 && election.SupporterCount(p) > 0)
                open.Add(p);
        }
        while (Next() is { } best)
        {
            pause?.Invoke();
            Buy(best);
            open.Remove(best.Project);
        }
    }

    /// <summary>The project that is bought next; null if nothing can be.</summary>
    private Contender? Next()
    {
        contenders.Clear();
        foreach (var p in open)
            seen[p] = false;
        var limit = double.PositiveInfinity;
        while (MostPromising(limit) is >= 0 and var project)
        {
            seen[project] = true;
            if (Look(project, limit) is not { } contender)
                continue;
            contenders.Add(contender);
            limit = Math.Min(limit, contender.High * keyOfRate[project] * (1 + 4 * ShareState.Epsilon));
        }
        contenders.RemoveAll(contender => contender.Low * keyOfRate[contender.Project] * (1 - 4 * ShareState.Epsilon) > limit);
        return contenders.Count switch
        {
            0 => null,
            1 => contenders[0],
            _ => BestExactly(),
        };
    }

    private int MostPromising(double limit)
    {
        var (best, least) = (-1, limit);
        foreach (var p in open)
        {
            if (seen[p])
                continue;
            var key = prices.AtLeast(p) * keyOfRate[p] * (1 - 4 * ShareState.Epsilon);
            if (key < least || (best < 0 && key == least))
                (best, least) = (p, key);
        }
        return best;
    }

    private Contender? Look(int project, double limit)
    {
        var (found, low, high) = prices.Estimate(project, limit / keyOfRate[project] * (1 + 8 * ShareState.Epsilon));
        if (found == PriceFound.Worse)
            return null;
        if (found == PriceFound.Bounds)
            return new Contender(project, low, high, null);
        if (found != PriceFound.TooDear && exact.Find(project) is { } price)
            return Exactly(price);
        open.Remove(project);
        return null;
    }

    private Contender Exactly(ExactPrice price)
    {
        var rate = exact.Rate(price);
        prices.Learn(price.Project, rate);
        return new Contender(price.Project, rate * (1 - 8 * ShareState.Epsilon), rate * (1 + 8 * ShareState.Epsilon), price);
    }

    private Contender BestExactly()
    {
        Contender? best = null;
        foreach (var contender in contenders)
        {
            var found = contender.Price ?? exact.Find(contender.Project);
            if (found is { } price && (best is null || IsBefore(price, best.Value.Price!.Value)))
                best = Exactly(price);
        }
        return best!.Value;
    }

    private bool IsBefore(ExactPrice a, ExactPrice b)
    {
        var left = a.Numerator * b.Weight;
        var right = b.Numerator * a.Weight;
        if (utility == Utility.Cost)
        {
            left *= (System.Numerics.BigInteger)election.Money.Cost[b.Project];
            right *= (System.Numerics.BigInteger)election.Money.Cost[a.Project];
        }
        var order = left.CompareTo(right);
        return order < 0 || (order == 0 && election.IdOrder[a.Project] < election.IdOrder[b.Project]);
    }

    private void Buy(Contender best)
    {
        if (best.Price is null && (best.High - best.Low > Precise * best.Low || !IsSure(best)))
            best = Exactly(exact.Find(best.Project)!.Value);
        var round = state.Bought.Count;
        var decided = best.Price is null ? null : Decided(best);
        var rate = (best.Low + best.High) / 2;
        var supporters = prices.Active(best.Project);
        var paid = 0.0;
        for (var i = 0; i < supporters.Length; i++)
        {
            var (weight, _, group) = supporters[i];
            var left = state.Left[group] - rate * weight;
            var all = decided is null ? left < 0 : decided[i];
            state.Left[group] = all ? 0 : Math.Max(0, left);
            if (all)
                state.ExhaustedIn[group] = round;
            else
                paid = Math.Max(paid, weight);
        }
        exact.Last = -1;
        state.Bought.Add(best.Project);
        state.RoundOf[best.Project] = round;
        state.Error += (best.High - best.Low) * paid + 16 * ShareState.Epsilon * state.Share;
        Spent += election.Money.Cost[best.Project];
    }

    // The books say who gives all: the last project looked at may have been another.
    private IReadOnlyList<bool> Decided(Contender best)
    {
        if (exact.Last != best.Project)
            exact.Find(best.Project);
        return exact.GivesAll;
    }

    private bool IsSure(Contender best)
    {
        foreach (ref readonly var supporter in prices.Active(best.Project))
        {
            var left = state.Left[supporter.Group];
            var gives = left + state.Error < best.Low * supporter.Weight * (1 - 4 * ShareState.Epsilon);
            var pays = left - state.Error > best.High * supporter.Weight * (1 + 4 * ShareState.Epsilon);
            if (!gives && !pays)
                return false;
        }
        return true;
    }

    /// <summary>A project that may be the next one, with bounds of its rate and, where it was needed, the exact one.</summary>
    private readonly record struct Contender(int Project, double Low, double High, ExactPrice? Price);
}
