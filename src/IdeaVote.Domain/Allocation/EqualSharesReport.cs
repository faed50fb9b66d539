using System.Collections.Immutable;
using System.Numerics;

namespace IdeaVote.Domain.Allocation;

/// <summary>What a run of equal shares came to, with who paid what and what the rejected lacked; completes it greedily if asked to.</summary>
internal static class EqualSharesReport
{
    /// <summary>Reports the last run.</summary>
    public static Portfolio Of(Election election, FundingMethod method, ShareRun run, long units, long runs)
    {
        run.Ledger.CatchUp();
        var books = new ShareBooks(run);
        var selected = ImmutableArray.CreateBuilder<SelectedProject>();
        foreach (var project in run.Free)
            selected.Add(Report.Selected(election, project, "is supported and costs nothing"));
        for (var round = 0; round < run.State.Bought.Count; round++)
            selected.Add(Bought(election, books, round));
        var rejected = ImmutableArray.CreateBuilder<RejectedProject>();
        var taken = selected.Select(each => each.Project).ToHashSet();
        var left = election.Money.Fund - run.Spent;
        foreach (var project in TieBreak.ByScore(election))
        {
            if (taken.Contains(project))
                continue;
            var cost = election.Money.Cost[project];
            var completes = method.Completion == Completion.Greedy && election.Score(project) > 0;
            if (completes && cost <= left)
            {
                left -= cost;
                selected.Add(Report.Selected(election, project, $"by score, out of what equal shares had left; leaves {Report.Amount(election, left)}"));
            }
            else if (completes)
                rejected.Add(Report.DoesNotFit(election, project, cost - left));
            else if (election.SupporterCount(project) == 0)
                rejected.Add(Report.Unsupported(election, project));
            else
                rejected.Add(TooDear(election, books, project));
        }
        var shares = new ShareOfFund(books.Share, units, runs);
        return Report.Portfolio(election, method, shares, selected.ToImmutable(), rejected.ToImmutable());
    }

    private static SelectedProject Bought(Election election, ShareBooks books, int round)
    {
        var (project, payers) = books.Payers(round);
        var most = payers.AtRate[0].Each;
        var rest = payers.Exhausted == 0 ? "" : $", {payers.Exhausted} of them less, all they had left";
        return Report.Selected(election, project, $"bought by its {payers.Supporters} supporters in round {round + 1}: each paid up to {Report.Text(most)}{rest}", payers);
    }

    private static RejectedProject TooDear(Election election, ShareBooks books, int project)
    {
        var has = books.LeftOfSupporters(project);
        var missing = Report.Exact(election, (BigInteger)election.Money.Cost[project]) - has;
        return Report.Rejected(
            election,
            project,
            $"its {election.SupporterCount(project)} supporters have {Report.Text(has)} left, {Report.Text(missing)} too little",
            missing);
    }
}
