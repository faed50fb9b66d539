using System.Collections.Immutable;

namespace IdeaVote.Domain.Allocation;

/// <summary>
/// What a fund is divided by: projects, money and ballots. Equal ballots are kept once with their number, and all ballots lie in
/// flat arrays, so that a city fits into a few dozen megabytes. Immutable; made by <see cref="ElectionBuilder"/>.
/// </summary>
public sealed class Election
{
    /// <summary>The most that a cost or a fund can be.</summary>
    public const decimal MaxAmount = 1_000_000_000_000_000m;

    /// <summary>The most decimals of a cost or a fund: with them every sum of costs is an exact whole number of the smallest unit.</summary>
    public const int MaxDecimals = 12;

    private readonly BallotTable ballots;

    internal Election(ImmutableArray<FundProject> projects, decimal fund, int weightUnit, BallotTable ballots)
    {
        Projects = projects;
        Fund = fund;
        WeightUnit = weightUnit;
        this.ballots = ballots;
        Money = new MoneyScale(projects, fund);
        Supporters = new SupporterTable(projects.Length, ballots);
        IdOrder = new int[projects.Length];
        var byId = Enumerable.Range(0, projects.Length).OrderBy(p => projects[p].Id, StringComparer.Ordinal).ToArray();
        for (var rank = 0; rank < byId.Length; rank++)
            IdOrder[byId[rank]] = rank;
    }

    /// <summary>The projects by their ordinals.</summary>
    public ImmutableArray<FundProject> Projects { get; }

    /// <summary>The money there is, 0 to <see cref="MaxAmount"/>.</summary>
    public decimal Fund { get; }

    /// <summary>
    /// How many parts of a weight make 1 of what people see, 1 or more: 1 where weights are whole, 1,000,000 for means of stars to
    /// six decimals. No rule depends on it.
    /// </summary>
    public int WeightUnit { get; }

    /// <summary>How many voters handed in a ballot, empty ballots included. Each has the same share of the fund.</summary>
    public long Voters => ballots.Voters;

    /// <summary>How many different ballots there are.</summary>
    public int DistinctBallots => ballots.Groups;

    /// <summary>Costs and fund in whole numbers.</summary>
    internal MoneyScale Money { get; }

    /// <summary>The ballots, one row for each different one.</summary>
    internal BallotTable Ballots => ballots;

    /// <summary>The same by project.</summary>
    internal SupporterTable Supporters { get; }

    /// <summary>Each project's place in the ordinal order of ids.</summary>
    internal int[] IdOrder { get; }

    /// <summary>All weights of a project together, in parts of <see cref="WeightUnit"/>; may be below 0.</summary>
    /// <param name="project">The project's ordinal.</param>
    public long Score(int project) => Supporters.Score[project];

    /// <summary>How many voters give a project a weight above 0.</summary>
    /// <param name="project">The project's ordinal.</param>
    public long SupporterCount(int project) => Supporters.Voters[project];

    /// <summary>A sum of weights as people see it.</summary>
    /// <param name="score">The sum, in parts of <see cref="WeightUnit"/>.</param>
    public decimal Shown(Int128 score) => (decimal)score / WeightUnit;
}
