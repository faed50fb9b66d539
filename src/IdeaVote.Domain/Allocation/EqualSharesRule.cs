using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Allocation;

/// <summary>
/// The method of equal shares (Peters, Pierczyński, Skowron: Proportional Participatory Budgeting with Additive Utilities, 2021;
/// equalshares.net). Every voter, with an empty ballot too, gets fund ÷ voters. For a project c with cost(c), find the smallest ρ
/// with Σ over its supporters i of min(what i has left, ρ · u_i(c)) = cost(c), where u_i(c) is w_i(c) · cost(c) or w_i(c) by the
/// <see cref="Utility"/>; fund the project of the smallest ρ, charge its supporters these amounts, repeat until no project's
/// supporters have its cost. What nobody supports is never funded; what is supported and costs nothing is funded first.
/// </summary>
internal static class EqualSharesRule
{
    /// <summary>The most runs that the completion by units takes. Real elections take some hundreds.</summary>
    public const long MaxRuns = 1_000_000;

    /// <summary>The most rows (a ballot and a project on it) that all these runs may go through together.</summary>
    public const long MaxRows = 20_000_000_000;

    /// <summary>Runs the rule.</summary>
    /// <param name="election">Projects, money and ballots.</param>
    /// <param name="method">The utility and the completion.</param>
    /// <param name="refusal">Why there is no result.</param>
    /// <param name="pause">Called again and again while it works; what it throws ends the work.</param>
    public static Portfolio? Run(Election election, FundingMethod method, out Refusal? refusal, Action? pause = null)
    {
        refusal = null;
        if (election.Voters == 0)
            return GreedyRule.Run(election, method, stop: false);
        var run = new ShareRun(election, method.Utility, pause);
        var (units, runs) = (0L, 1L);
        run.Run(0);
        if (method.Completion == Completion.Add1U)
        {
            if (AddUnits(run, election) is not { } done)
            {
                refusal = TooLarge(election);
                return null;
            }
            (units, runs) = done;
        }
        return EqualSharesReport.Of(election, method, run, units, runs);
    }

    // Leaves the run that stands as the last one.
    private static (long Units, long Runs)? AddUnits(ShareRun run, Election election)
    {
        var rows = election.Ballots.Entries.Length + election.Projects.Length;
        long units = 0, runs = 1;
        while (SomethingFits(run, election))
        {
            if (runs >= MaxRuns || runs * rows > MaxRows)
                return null;
            units++;
            runs++;
            run.Run(units * election.Money.One);
            if (run.Spent <= election.Money.Fund)
                continue;
            units--;
            run.Run(units * election.Money.One);
            break;
        }
        return (units, runs);
    }

    private static bool SomethingFits(ShareRun run, Election election)
    {
        var left = election.Money.Fund - run.Spent;
        for (var p = 0; p < election.Projects.Length; p++)
        {
            var cost = election.Money.Cost[p];
            if (cost > 0 && cost <= left && run.State.RoundOf[p] == ShareState.Never && election.SupporterCount(p) > 0)
                return true;
        }
        return false;
    }

    private static Refusal TooLarge(Election election) => new(
        RefusalCode.AllocationTooLarge,
        $"Adding one unit to each of {election.Voters} voters' shares again and again takes more runs than are allowed; use the completion greedy, or a larger unit of money.",
        "completion");
}
