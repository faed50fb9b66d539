using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Projections;

/// <summary>
/// What the feed changed of who backs what and is not written yet. It is written in the order of the keys: a tree that is
/// walked in its own order touches each of its pages once, and the more changes there are, the more share a page.
/// </summary>
internal sealed class BackerChanges
{
    private readonly List<Change> changes = [];
    private readonly List<(CampaignId Campaign, IdeaId Idea)> ideas = [];
    private readonly Dictionary<(CampaignId Campaign, IdeaId Idea), int> places = [];

    /// <summary>One method's vote of a voter on an idea (its place in the list): set, or (with <paramref name="Set"/> 0) gone.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Change(int Idea, VoterId Voter, int Order, byte Method, byte Set, long Version);

    /// <summary>How many there are.</summary>
    public int Count => changes.Count;

    /// <summary>Takes note of one event, unless it leaves what is stored as it is.</summary>
    public void Add(RecordedEvent recorded, VoteEvent vote)
    {
        var method = vote switch { ApprovalChanged => 1, RatingChanged => 2, _ => BackerTable.Investment };
        // Only an investment's version is stored, so another rating of the same rater changes nothing.
        if (method != BackerTable.Investment && vote.Was == vote.Is)
            return;
        var version = method == BackerTable.Investment && vote.Is ? recorded.Version : 0;
        changes.Add(new Change(
            Place((recorded.Stream.Campaign, vote.Idea)), new VoterId(recorded.Stream.Key), changes.Count,
            (byte)method, vote.Is ? (byte)method : (byte)0, version));
    }

    /// <summary>Writes the changes; they stay here until <see cref="Clear"/>.</summary>
    public void Write(SqliteSession session, IdeaNumbers ideaNumbers)
    {
        var numbers = ideas.ConvertAll(ideaNumbers.Of);
        var sorted = CollectionsMarshal.AsSpan(changes);
        sorted.Sort((a, b) =>
            a.Idea != b.Idea ? numbers[a.Idea].CompareTo(numbers[b.Idea])
            : a.Voter != b.Voter ? a.Voter.CompareTo(b.Voter)
            : a.Order.CompareTo(b.Order));
        var table = new BackerTable(session);
        for (var from = 0; from < sorted.Length;)
        {
            var (idea, gained) = (sorted[from].Idea, 0L);
            while (from < sorted.Length && sorted[from].Idea == idea)
                gained += WriteVoter(table, numbers[idea], sorted, ref from);
            table.Count(numbers[idea], gained);
        }
    }

    /// <summary>Forgets the changes, which are written.</summary>
    public void Clear()
    {
        changes.Clear();
        ideas.Clear();
        places.Clear();
    }

    /// <summary>Combines the changes of one voter on one idea and writes what they come to.</summary>
    /// <returns>1 if the idea gained a backer by it, -1 if it lost one.</returns>
    private static int WriteVoter(BackerTable table, long number, ReadOnlySpan<Change> sorted, ref int from)
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
        return table.Put(number, voter, touched, set, version);
    }

    private int Place((CampaignId Campaign, IdeaId Idea) idea)
    {
        if (!places.TryGetValue(idea, out var place))
        {
            places.Add(idea, place = ideas.Count);
            ideas.Add(idea);
        }
        return place;
    }
}
