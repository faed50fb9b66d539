namespace IdeaVote.Domain.Allocation;

/// <summary>
/// The different ballots in flat arrays: ballot g holds the entries from <see cref="Start"/>[g] up to, not including,
/// <see cref="Start"/>[g + 1], by rising ordinal of the project, and was handed in by <see cref="Count"/>[g] voters.
/// </summary>
internal sealed class BallotTable(int[] start, int[] count, BallotEntry[] entries, long voters)
{
    /// <summary>Where each ballot's entries begin; one longer than there are ballots.</summary>
    public int[] Start { get; } = start;

    /// <summary>How many voters handed it in, 1 or more.</summary>
    public int[] Count { get; } = count;

    /// <summary>All entries.</summary>
    public BallotEntry[] Entries { get; } = entries;

    /// <summary>All voters.</summary>
    public long Voters { get; } = voters;

    /// <summary>How many different ballots.</summary>
    public int Groups => Count.Length;

    /// <summary>One ballot.</summary>
    public ReadOnlySpan<BallotEntry> Of(int group) => Entries.AsSpan(Start[group]..Start[group + 1]);
}
