using System.Collections.Immutable;
using System.Numerics;

namespace IdeaVote.Domain.Allocation;

/// <summary>Puts into words and numbers what the rules decided.</summary>
internal static class Report
{
    /// <summary>A selected project.</summary>
    public static SelectedProject Selected(Election election, int project, string why, Payers? payers = null)
    {
        var (id, cost) = election.Projects[project];
        return new SelectedProject(project, id, cost, election.Shown(election.Score(project)), why, payers);
    }

    /// <summary>A rejected project.</summary>
    public static RejectedProject Rejected(Election election, int project, string lacked, Rational? missing)
    {
        var (id, cost) = election.Projects[project];
        return new RejectedProject(project, id, cost, election.Shown(election.Score(project)), lacked, missing);
    }

    /// <summary>A project that nobody asks for.</summary>
    public static RejectedProject Unsupported(Election election, int project) =>
        Rejected(election, project, election.SupporterCount(project) == 0 ? "nobody supports it" : "its score is not above 0", null);

    /// <summary>A project for which the fund had too little left.</summary>
    /// <param name="election">The election.</param>
    /// <param name="project">The project.</param>
    /// <param name="missing">What was missing, above 0, in smallest units.</param>
    public static RejectedProject DoesNotFit(Election election, int project, Int128 missing)
    {
        var amount = Exact(election, missing);
        return Rejected(election, project, $"costs {Amount(election, missing)} more than what was left", amount);
    }

    /// <summary>The whole.</summary>
    public static Portfolio Portfolio(
        Election election,
        FundingMethod method,
        ShareOfFund? shares,
        ImmutableArray<SelectedProject> selected,
        ImmutableArray<RejectedProject> rejected)
    {
        Int128 spent = 0;
        foreach (var project in selected)
            spent += election.Money.Cost[project.Project];
        return new Portfolio(method, election.Fund, election.Money.Amount(spent), shares, selected, rejected);
    }

    /// <summary>An amount of smallest units in the fund's unit.</summary>
    public static Rational Exact(Election election, BigInteger whole) => new(whole, (BigInteger)election.Money.One);

    /// <summary>An amount of smallest units for people.</summary>
    public static string Amount(Election election, Int128 whole) => Text(Exact(election, (BigInteger)whole));

    /// <summary>An exact amount for people: all decimals if they are few, else rounded to two.</summary>
    public static string Text(Rational amount)
    {
        var value = amount.ToDecimal();
        var exact = Rational.Of(value) == amount && MoneyScale.DecimalsOf(value) <= 4;
        return exact ? value.ToString("0.####") : "about " + value.ToString("0.00");
    }
}
