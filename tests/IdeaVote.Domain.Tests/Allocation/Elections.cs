using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Allocation;

namespace IdeaVote.Domain.Tests.Allocation;

/// <summary>A small election as data, from which shuffled and renamed ones can be made.</summary>
public sealed record Given(decimal Fund, FundProject[] Projects, BallotEntry[][] Ballots)
{
    public Election Build()
    {
        var builder = new ElectionBuilder(Projects, Fund);
        foreach (var ballot in Ballots)
            builder.Add(ballot);
        return builder.Build();
    }
}

internal static class Elections
{
    public static readonly FundingMethod Greedy = new(FundingRule.Greedy);
    public static readonly FundingMethod GreedyStop = new(FundingRule.GreedyStop);
    public static readonly FundingMethod Knapsack = new(FundingRule.Knapsack);

    public static readonly FundingMethod[] AllMethods =
    [
        Greedy, GreedyStop, Knapsack,
        .. from utility in Enum.GetValues<Utility>() from completion in Enum.GetValues<Completion>() select Shares(utility, completion),
    ];

    private static readonly Gen<decimal> Costs = Gen.Frequency(
        (1, Gen.Constant(0m)),
        (8, from whole in Gen.Choose(1, 12) select (decimal)whole),
        (4, from whole in Gen.Choose(1, 400) select whole / 10m),
        (2, from whole in Gen.Choose(1, 9_999) select whole / 1_000m));

    private static readonly Gen<int> Weights = Gen.Frequency((6, Gen.Constant(1)), (3, Gen.Choose(1, 3)), (1, Gen.Choose(1, 1_000)));

    /// <summary>Few different costs and weights, so that ties are common; up to 8 projects and 25 voters.</summary>
    public static readonly Gen<Given> Small =
        from projects in Gen.Choose(0, 8)
        from voters in Gen.Choose(0, 25)
        from costs in Costs.ArrayOf(projects)
        from fund in Gen.OneOf(Gen.Choose(0, 60).Select(whole => (decimal)whole), Gen.Choose(0, 999).Select(whole => whole / 10m))
        from approvals in Gen.Elements(true, false)
        from ballots in Ballot(projects, approvals).ArrayOf(voters)
        select new Given(fund, [.. costs.Select((cost, i) => new FundProject(Id(i), cost))], ballots);

    /// <summary>
    /// Many rounds in which nearly all supporters give all they have and a few pay the rest: what is uncertain about the many falls
    /// on the few, and grows from round to round.
    /// </summary>
    public static readonly Gen<Given> Tight =
        from small in Gen.Choose(1, 300).ArrayOf(8)
        from sizes in Gen.Choose(55, 99).ArrayOf(8)
        from likes in Gen.Choose(0, 99).ArrayOf(16 * 60)
        let ballots = Enumerable.Range(0, 60)
            .Select(voter => Enumerable.Range(0, 16).Where(p => likes[voter * 16 + p] < (p < 8 ? 25 : 30)).Select(p => new BallotEntry(p, 1)).ToArray()).ToArray()
        let money = Enumerable.Range(0, 8).Select(p => 100m * ballots.Count(ballot => ballot.Any(entry => entry.Project == p + 8))).ToArray()
        select new Given(
            6_000, [.. small.Select((cost, p) => new FundProject(Id(p), cost)), .. sizes.Select((size, p) => new FundProject(Id(p + 8), money[p] * size / 100))], ballots);

    public static FundingMethod Shares(Utility utility = Utility.Cost, Completion completion = Completion.None) =>
        new(FundingRule.EqualShares, utility, completion);

    public static Portfolio Run(this Election election, FundingMethod method)
    {
        Allocator.TryRun(election, method, out var portfolio, out var refusal).ShouldBeTrue(refusal?.Detail);
        return portfolio!;
    }

    public static string Ids(this Portfolio portfolio) => string.Join(' ', portfolio.Selected.Select(project => project.Id));

    /// <summary>Ballots as <c>"3: a b"</c>: three voters approve a and b.</summary>
    public static Election Of(decimal fund, (string Id, decimal Cost)[] projects, params string[] ballots)
    {
        var builder = new ElectionBuilder(projects.Select(project => new FundProject(project.Id, project.Cost)), fund);
        foreach (var ballot in ballots)
        {
            var (count, ids) = ballot.Split(':') is [var n, var list] ? (int.Parse(n), list) : (1, ballot);
            var supports = ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('='))
                .Select(each => new BallotEntry(Array.FindIndex(projects, project => project.Id == each[0]), each.Length > 1 ? int.Parse(each[1]) : 1)).ToArray();
            for (var i = 0; i < count; i++)
                builder.Add(supports);
        }
        return builder.Build();
    }

    // Ids whose ordinal order is not the order of the list.
    private static string Id(int project) => $"{(char)('a' + project * 5 % 8)}/{project}";

    private static Gen<BallotEntry[]> Ballot(int projects, bool approvals) =>
        from named in Gen.Elements(true, false, false).ArrayOf(projects)
        from weights in (approvals ? Gen.Constant(1) : Weights).ArrayOf(projects)
        select Enumerable.Range(0, projects).Where(p => named[p]).Select(p => new BallotEntry(p, weights[p])).ToArray();
}
