using System.Collections.Immutable;

namespace IdeaVote.Domain.Allocation;

/// <summary>
/// Projects by falling score as long as there is money. A project whose score is not above 0 is never funded: nobody asks for it.
/// </summary>
internal static class GreedyRule
{
    /// <summary>Runs the rule.</summary>
    /// <param name="election">Projects, money and ballots.</param>
    /// <param name="method">What the portfolio names as its rule.</param>
    /// <param name="stop">Whether the first project that does not fit ends it.</param>
    public static Portfolio Run(Election election, FundingMethod method, bool stop)
    {
        var selected = ImmutableArray.CreateBuilder<SelectedProject>();
        var rejected = ImmutableArray.CreateBuilder<RejectedProject>();
        var left = election.Money.Fund;
        string? stopper = null;
        foreach (var project in TieBreak.ByScore(election))
        {
            var missing = election.Money.Cost[project] - left;
            if (election.Score(project) <= 0)
                rejected.Add(Report.Unsupported(election, project));
            else if (stopper is not null)
                rejected.Add(Report.Rejected(election, project, $"comes after {stopper}, which did not fit and ended the selection", null));
            else if (missing > 0)
            {
                rejected.Add(Report.DoesNotFit(election, project, missing));
                stopper = stop ? election.Projects[project].Id : null;
            }
            else
            {
                left = -missing;
                selected.Add(Report.Selected(election, project, $"rank {selected.Count + rejected.Count + 1} by score; fits, and leaves {Report.Amount(election, left)}"));
            }
        }
        return Report.Portfolio(election, method, null, selected.ToImmutable(), rejected.ToImmutable());
    }
}
