using IdeaVote.Domain.Reactors;

namespace IdeaVote.Domain.Tests.World;

/// <summary>
/// Who backs what, folded from the feed, and the refunds and news of merges that follow: what an engine keeps on disk. They stay in the list
/// for ever, so that any can arrive again.
/// </summary>
public sealed class BackersModel
{
    private readonly Dictionary<IdeaId, SortedDictionary<VoterId, long>> backers = [];
    private readonly Dictionary<IdeaId, long> closedAt = [];
    private readonly Dictionary<IdeaId, Placement> placed = [];
    private readonly Dictionary<(IdeaId Idea, VoterId Voter), int> spoken = [];
    private readonly Dictionary<(IdeaId Idea, VoterId Voter), long> following = [];

    /// <summary>How many events have been folded.</summary>
    public int Folded { get; private set; }

    /// <summary>Everything that was ever owed, in the order it was found.</summary>
    public List<(VoterId Voter, Command Command)> Owed { get; } = [];

    /// <summary>Forgets all but what is owed, which is on its way already.</summary>
    public void Lose()
    {
        Folded = 0;
        backers.Clear();
        closedAt.Clear();
        placed.Clear();
        spoken.Clear();
        following.Clear();
    }

    public void Fold(RecordedEvent recorded)
    {
        Folded++;
        FoldMerges(recorded);
        if (recorded.Event is InvestmentChanged investment)
            Keep(investment, recorded);
        if (Refunds.GiveBackLate(recorded, idea => closedAt.TryGetValue(idea, out var cause) ? cause : null) is { } late)
            Owed.Add((new VoterId(recorded.Stream.Key), late));
        if (Refunds.Closes(recorded) is { } closed)
        {
            closedAt[closed] = recorded.Version;
            foreach (var (voter, version) in Of(closed))
                Owed.Add((voter, Refunds.GiveBack(closed, recorded.Version, new Backer(voter, version))));
        }
        else if (recorded.Event is IdeaStatusChanged { New: var status } && !status.ReturnsInvestments())
        {
            closedAt.Remove(new IdeaId(recorded.Stream.Key));
        }
    }

    private void FoldMerges(RecordedEvent recorded)
    {
        var voter = new VoterId(recorded.Stream.Key);
        foreach (var (idea, change) in Spoken(recorded.Event))
            spoken[(idea, voter)] = spoken.GetValueOrDefault((idea, voter)) + change;
        if (recorded.Event is VotesMerged merged)
            following[(merged.From, voter)] = merged.Cause;
        if (recorded.Event is VotesUnmerged unmerged)
            following.Remove((unmerged.From, voter));
        foreach (var idea in Merges.Stragglers(recorded, idea => placed.GetValueOrDefault(idea)))
            Owed.Add((voter, Merges.Follow(idea, placed[idea])));
        if (Merges.Places(recorded) is not { } placement)
            return;
        var about = new IdeaId(recorded.Stream.Key);
        placed[about] = placement;
        var told = spoken.Where(entry => entry.Value > 0).Select(entry => entry.Key)
            .Concat(following.Where(entry => entry.Value != placement.Cause).Select(entry => entry.Key))
            .Where(key => key.Idea == about).Select(key => key.Voter).Distinct().Order();
        foreach (var follower in told)
            Owed.Add((follower, Merges.Follow(about, placement)));
    }

    private static IEnumerable<(IdeaId Idea, int Change)> Spoken(Event changed) => changed switch
    {
        DuelChanged e => [(e.Idea, Change(e)), (e.Other, Change(e))],
        VoteEvent e => [(e.Idea, Change(e))],
        OrderChanged e => [.. e.Old.Select(idea => (idea, -1)), .. e.New.Select(idea => (idea, 1))],
        _ => [],
    };

    private static int Change(VoteEvent vote) => (vote.Is ? 1 : 0) - (vote.Was ? 1 : 0);

    private SortedDictionary<VoterId, long> Of(IdeaId idea)
    {
        if (!backers.TryGetValue(idea, out var of))
            backers.Add(idea, of = []);
        return of;
    }

    private void Keep(InvestmentChanged investment, RecordedEvent recorded)
    {
        var voter = new VoterId(recorded.Stream.Key);
        if (investment.Is)
            Of(investment.Idea)[voter] = recorded.Version;
        else
            Of(investment.Idea).Remove(voter);
    }
}
