using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Allocation;

/// <summary>Several rules on the same election, side by side.</summary>
/// <param name="Rows">A row for each method, in the order asked for.</param>
public sealed record Comparison(ImmutableArray<ComparedMethod> Rows)
{
    /// <summary>Runs several rules.</summary>
    /// <param name="election">Projects, money and ballots.</param>
    /// <param name="methods">The rules and their parameters.</param>
    /// <param name="comparison">The result.</param>
    /// <param name="refusal">Why there is none: the first rule's that refused.</param>
    /// <returns>Whether there is a result.</returns>
    public static bool TryRun(
        Election election,
        IEnumerable<FundingMethod> methods,
        [NotNullWhen(true)] out Comparison? comparison,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        var rows = ImmutableArray.CreateBuilder<ComparedMethod>();
        foreach (var method in methods)
        {
            if (!Allocator.TryRun(election, method, out var portfolio, out refusal))
            {
                comparison = null;
                return false;
            }
            rows.Add(Of(election, portfolio));
        }
        comparison = new Comparison(rows.ToImmutable());
        refusal = null;
        return true;
    }

    /// <summary>What a portfolio means for the voters.</summary>
    public static ComparedMethod Of(Election election, Portfolio portfolio)
    {
        var selected = new bool[election.Projects.Length];
        Int128 utility = 0;
        foreach (var project in portfolio.Selected)
        {
            selected[project.Project] = true;
            utility += election.Score(project.Project);
        }
        var without = 0L;
        for (var group = 0; group < election.Ballots.Groups; group++)
        {
            var has = false;
            foreach (var (project, weight) in election.Ballots.Of(group))
                has |= weight > 0 && selected[project];
            without += has ? 0 : election.Ballots.Count[group];
        }
        return new ComparedMethod(portfolio, election.Shown(utility), election.Voters, without);
    }
}

/// <summary>One rule's result in numbers.</summary>
/// <param name="Portfolio">The result.</param>
/// <param name="TotalScore">The scores of all selected together: the voters' whole utility, a project counted by its weights.</param>
/// <param name="Voters">All voters.</param>
/// <param name="WithoutAny">How many of them get nothing they support, those with an empty ballot included.</param>
public sealed record ComparedMethod(Portfolio Portfolio, decimal TotalScore, long Voters, long WithoutAny)
{
    /// <summary>What is spent of the fund, 0 to 1; 0 if there is no fund.</summary>
    public decimal PartSpent => Portfolio.Fund == 0 ? 0 : Portfolio.Spent / Portfolio.Fund;
}
