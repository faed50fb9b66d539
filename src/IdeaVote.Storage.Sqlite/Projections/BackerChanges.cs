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

    /// <summary>
    /// One method's vote of a voter on an idea (its place in the list): set, or (with <paramref name="Set"/> 0) gone. For a duel
    /// <paramref name="About"/> is the place of the idea that lost, for an investment its version.
    /// </summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Change(int Idea, VoterId Voter, int Order, byte Method, byte Set, long About);

    /// <summary>How many there are.</summary>
    public int Count => changes.Count;

    /// <summary>Takes note of one event, unless it leaves what is stored as it is.</summary>
    public void Add(RecordedEvent recorded, BallotEvent ballot)
    {
        switch (ballot)
        {
            case InvestmentChanged vote:
                Add(recorded, vote.Idea, BackerTable.Investment, vote.Is, vote.Is ? recorded.Version : 0);
                break;
            case DuelChanged duel:
                AddDuel(recorded, duel, duel.Old, wins: false);
                AddDuel(recorded, duel, duel.New, wins: true);
                break;
            // Only an investment's version is stored, so another rating of the same rater changes nothing.
            case VoteEvent vote when vote.Was != vote.Is:
                Add(recorded, vote.Idea, vote is ApprovalChanged ? BackerTable.Approval : BackerTable.Rating, vote.Is);
                break;
            case OrderChanged order:
                foreach (var idea in order.Old)
                    Add(recorded, idea, BackerTable.Order, isHeld: false);
                foreach (var idea in order.New)
                    Add(recorded, idea, BackerTable.Order, isHeld: true);
                break;
        }
    }

    private void AddDuel(RecordedEvent recorded, DuelChanged duel, Winner winner, bool wins)
    {
        if (winner == Winner.None)
            return;
        var (won, lost) = winner == Winner.One ? (duel.Pair.One, duel.Pair.Other) : (duel.Pair.Other, duel.Pair.One);
        Add(recorded, won, BackerTable.Duel, wins, Place((recorded.Stream.Campaign, lost)));
    }

    private void Add(RecordedEvent recorded, IdeaId idea, int method, bool isHeld, long about = 0) => changes.Add(new Change(
        Place((recorded.Stream.Campaign, idea)), new VoterId(recorded.Stream.Key), changes.Count, (byte)method, isHeld ? (byte)method : (byte)0, about));

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
                gained += WriteVoter(table, numbers, sorted, ref from);
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
    private static int WriteVoter(BackerTable table, List<long> numbers, ReadOnlySpan<Change> sorted, ref int from)
    {
        var (idea, voter) = (sorted[from].Idea, sorted[from].Voter);
        var (touched, set, version) = (0, 0, 0L);
        for (; from < sorted.Length && sorted[from].Idea == idea && sorted[from].Voter == voter; from++)
        {
            ref readonly var change = ref sorted[from];
            touched |= change.Method;
            set = (set & ~change.Method) | change.Set;
            if (change.Method == BackerTable.Investment)
                version = change.About;
            else if (change.Method == BackerTable.Duel)
                table.PutWin(numbers[idea], voter, numbers[(int)change.About], change.Set != 0);
        }
        // One duel lost is not all of them.
        if ((touched & BackerTable.Duel) != 0)
            set = table.HasWin(numbers[idea], voter) ? set | BackerTable.Duel : set & ~BackerTable.Duel;
        return table.Put(numbers[idea], voter, touched, set, version);
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
