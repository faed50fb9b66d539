using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>What the backers index must say of merges, kept in the plainest way.</summary>
internal sealed class MergeModel
{
    private readonly Dictionary<(CampaignId, IdeaId), Placement> placed = [];
    private readonly HashSet<(CampaignId, IdeaId, VoterId, string Vote)> spoken = [];
    private readonly Dictionary<(CampaignId, IdeaId, VoterId), long> following = [];

    /// <summary>Merges and their undoing that not all have followed yet, oldest first.</summary>
    public List<OwedMerge> Owed { get; } = [];

    /// <summary>Who is to be told once more of which idea, found first first.</summary>
    public List<(CampaignId Campaign, VoterId Voter, IdeaId Idea)> Stragglers { get; } = [];

    /// <summary>What became of an idea that was ever merged.</summary>
    public Placement PlacementOf(CampaignId campaign, IdeaId idea) => placed[(campaign, idea)];

    public void Apply(RecordedEvent recorded)
    {
        var (campaign, voter) = (recorded.Stream.Campaign, new VoterId(recorded.Stream.Key));
        Speak(recorded.Event, campaign, voter);
        switch (recorded.Event)
        {
            case VotesMerged e:
                following[(campaign, e.From, voter)] = e.Cause;
                break;
            case VotesUnmerged e:
                following.Remove((campaign, e.From, voter));
                break;
        }
        foreach (var idea in Merges.Stragglers(recorded, idea => placed.GetValueOrDefault((campaign, idea))))
        {
            Stragglers.Remove((campaign, voter, idea));
            Stragglers.Add((campaign, voter, idea));
        }
        if (recorded.Event is not IdeaStatusChanged status || (status.Into is null && status.Old != IdeaStatus.Merged))
            return;
        var about = new IdeaId(recorded.Stream.Key);
        placed[(campaign, about)] = new Placement(status.Into, recorded.Version);
        Owed.RemoveAll(owed => owed.Campaign == campaign && owed.Idea == about);
        Owed.Add(new OwedMerge(campaign, about, placed[(campaign, about)], null));
    }

    public IReadOnlyList<VoterId> Followers(OwedMerge owed) =>
    [
        .. spoken.Where(vote => vote.Item1 == owed.Campaign && vote.Item2 == owed.Idea).Select(vote => vote.Item3)
            .Concat(following.Where(link => link.Key.Item1 == owed.Campaign && link.Key.Item2 == owed.Idea && link.Value != owed.Placement.Cause)
                .Select(link => link.Key.Item3))
            .Distinct().Order(),
    ];

    public void Advance(OwedMerge merge, VoterId? upTo)
    {
        var at = Owed.FindIndex(owed => (owed.Campaign, owed.Idea, owed.Placement) == (merge.Campaign, merge.Idea, merge.Placement));
        if (at < 0)
            return;
        if (upTo is null)
            Owed.RemoveAt(at);
        else if (Owed[at].After is not { } after || after.CompareTo(upTo.Value) < 0)
            Owed[at] = Owed[at] with { After = upTo };
    }

    public void Finish(IEnumerable<Straggler> told) => Stragglers.RemoveAll(one => told.Any(t => (t.Campaign, t.Voter, t.Idea) == one));

    private void Speak(Event changed, CampaignId campaign, VoterId voter)
    {
        switch (changed)
        {
            case DuelChanged duel:
                foreach (var idea in (IdeaId[])[duel.Idea, duel.Other])
                    Speak((campaign, idea, voter, $"duel {duel.Pair}"), duel.Is);
                break;
            case OrderChanged order:
                spoken.RemoveWhere(vote => vote.Item1 == campaign && vote.Item3 == voter && vote.Vote == nameof(OrderChanged));
                foreach (var idea in order.New)
                    Speak((campaign, idea, voter, nameof(OrderChanged)), true);
                break;
            case VoteEvent vote:
                Speak((campaign, vote.Idea, voter, vote.GetType().Name), vote.Is);
                break;
        }
    }

    private void Speak((CampaignId, IdeaId, VoterId, string) vote, bool isHeld) => _ = isHeld ? spoken.Add(vote) : spoken.Remove(vote);
}
