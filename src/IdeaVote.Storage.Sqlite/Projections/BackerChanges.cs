using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>
/// Gathers what a stretch of the feed changes of who backs what, and writes it in the order of the keys: a tree that is
/// walked in its own order touches each of its pages once.
/// </summary>
internal sealed class BackerChanges
{
    private readonly List<Change> changes = [];

    /// <summary>One method's vote of a voter on an idea: set, or (with <paramref name="Set"/> 0) gone.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Change(long Idea, VoterId Voter, int Order, byte Method, byte Set, long Version);

    /// <summary>Takes note of one event, unless it leaves what is stored as it is.</summary>
    public void Add(long idea, RecordedEvent recorded, VoteEvent vote)
    {
        var method = (byte)(vote switch { ApprovalChanged => 1, RatingChanged => 2, _ => 4 });
        var isInvestment = vote is InvestmentChanged;
        // Only an investment's version is stored, so another rating of the same rater changes nothing.
        if (!isInvestment && vote.Was == vote.Is)
            return;
        var version = isInvestment && vote.Is ? recorded.Version : 0;
        changes.Add(new Change(idea, new VoterId(recorded.Stream.Key), changes.Count, method, vote.Is ? method : (byte)0, version));
    }

    /// <summary>Writes the changes.</summary>
    public void Write(SqliteSession session)
    {
        var sorted = CollectionsMarshal.AsSpan(changes);
        sorted.Sort(static (a, b) =>
            a.Idea != b.Idea ? a.Idea.CompareTo(b.Idea)
            : a.Voter != b.Voter ? a.Voter.CompareTo(b.Voter)
            : a.Order.CompareTo(b.Order));
        var table = new BackerTable(session);
        for (var from = 0; from < sorted.Length;)
        {
            var (idea, gained) = (sorted[from].Idea, 0L);
            while (from < sorted.Length && sorted[from].Idea == idea)
                gained += WriteVoter(table, sorted, ref from);
            table.Count(idea, gained);
        }
        changes.Clear();
    }

    /// <summary>Combines the changes of one voter on one idea and writes what they come to.</summary>
    /// <returns>1 if the idea gained a backer by it, -1 if it lost one.</returns>
    private static int WriteVoter(BackerTable table, ReadOnlySpan<Change> sorted, ref int from)
    {
        var (idea, voter) = (sorted[from].Idea, sorted[from].Voter);
        var (touched, set, version) = (0, 0, 0L);
        for (; from < sorted.Length && sorted[from].Idea == idea && sorted[from].Voter == voter; from++)
        {
            ref readonly var change = ref sorted[from];
            touched |= change.Method;
            set = (set & ~change.Method) | change.Set;
            if (change.Method == BackerTable.Investment)
                version = change.Version;
        }
        return table.Put(idea, voter, touched, set, version);
    }
}
