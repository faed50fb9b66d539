using System.Collections.Immutable;

namespace IdeaVote.Domain.Allocation;

/// <summary>Collects the ballots of an election, keeping equal ones once.</summary>
public sealed class ElectionBuilder
{
    private readonly ImmutableArray<FundProject> projects;
    private readonly decimal fund;
    private readonly int weightUnit;
    private readonly List<BallotEntry> entries = [];
    private readonly List<int> start = [0];
    private readonly List<int> count = [];
    private readonly List<int> nextOfHash = [];
    private readonly Dictionary<int, int> firstOfHash = [];
    private BallotEntry[] scratch = new BallotEntry[16];
    private long voters;

    /// <summary>Begins with no ballots.</summary>
    /// <param name="projects">The projects; their places in this list are their ordinals.</param>
    /// <param name="fund">The money there is.</param>
    /// <param name="weightUnit">See <see cref="Election.WeightUnit"/>.</param>
    /// <exception cref="ArgumentException">An amount is out of range or has too many decimals, or two projects share an id.</exception>
    public ElectionBuilder(IEnumerable<FundProject> projects, decimal fund, int weightUnit = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weightUnit, 1);
        this.projects = [.. projects];
        this.fund = Checked(fund, nameof(fund));
        this.weightUnit = weightUnit;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var project in this.projects)
        {
            Checked(project.Cost, nameof(projects));
            if (!ids.Add(project.Id))
                throw new ArgumentException($"There are two projects '{project.Id}'.", nameof(projects));
        }
    }

    /// <summary>Takes one voter's ballot.</summary>
    /// <param name="ballot">Its entries in any order, no project twice; empty for an empty ballot, which has its share of the fund all the same.</param>
    /// <exception cref="ArgumentException">A project is unknown or named twice, or a weight is 0.</exception>
    public void Add(ReadOnlySpan<BallotEntry> ballot)
    {
        var sorted = Sorted(ballot);
        voters++;
        var hash = default(HashCode);
        foreach (var (project, weight) in sorted)
            hash.Add(((long)project << 32) | (uint)weight);
        var key = hash.ToHashCode();
        var head = firstOfHash.GetValueOrDefault(key, -1);
        for (var g = head; g >= 0; g = nextOfHash[g])
        {
            if (Of(g).SequenceEqual(sorted))
            {
                count[g]++;
                return;
            }
        }
        nextOfHash.Add(head);
        firstOfHash[key] = count.Count;
        count.Add(1);
        entries.AddRange(sorted);
        start.Add(entries.Count);
    }

    /// <summary>The election as collected so far; the builder can go on afterwards.</summary>
    public Election Build() => new(projects, fund, weightUnit, new BallotTable([.. start], [.. count], [.. entries], voters));

    private ReadOnlySpan<BallotEntry> Of(int group) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries)[start[group]..start[group + 1]];

    private ReadOnlySpan<BallotEntry> Sorted(ReadOnlySpan<BallotEntry> ballot)
    {
        if (scratch.Length < ballot.Length)
            scratch = new BallotEntry[ballot.Length * 2];
        var sorted = scratch.AsSpan(0, ballot.Length);
        ballot.CopyTo(sorted);
        sorted.Sort(static (a, b) => a.Project.CompareTo(b.Project));
        for (var i = 0; i < sorted.Length; i++)
        {
            if ((uint)sorted[i].Project >= (uint)projects.Length)
                throw new ArgumentException($"A ballot names project {sorted[i].Project} of {projects.Length}.", nameof(ballot));
            if (i > 0 && sorted[i].Project == sorted[i - 1].Project)
                throw new ArgumentException($"A ballot names project {sorted[i].Project} twice.", nameof(ballot));
            if (sorted[i].Weight is 0 or int.MinValue)
                throw new ArgumentException("A weight is a whole number other than 0.", nameof(ballot));
        }
        return sorted;
    }

    private static decimal Checked(decimal amount, string name) =>
        amount is < 0 or > Election.MaxAmount
            ? throw new ArgumentException($"An amount is 0 to {Election.MaxAmount}.", name)
            : MoneyScale.DecimalsOf(amount) > Election.MaxDecimals
                ? throw new ArgumentException($"An amount has at most {Election.MaxDecimals} decimals.", name)
                : amount;
}
