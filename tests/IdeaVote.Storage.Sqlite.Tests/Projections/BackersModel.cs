using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>What the backers index must say, kept in the plainest way: one event after the other, in memory.</summary>
internal sealed class BackersModel
{
    private readonly HashSet<(CampaignId, IdeaId, VoterId, string Method)> votes = [];
    private readonly Dictionary<(CampaignId, IdeaId, VoterId), long> investments = [];
    private readonly Dictionary<(CampaignId, IdeaId), long> closed = [];

    /// <summary>What it must say of merges.</summary>
    public MergeModel Merges { get; } = new();

    /// <summary>Refunds of whole ideas, oldest first.</summary>
    public List<OwedRefund> Owed { get; } = [];

    /// <summary>Single refunds, oldest first.</summary>
    public List<LateRefund> Late { get; } = [];

    public void Apply(RecordedEvent recorded)
    {
        var campaign = recorded.Stream.Campaign;
        Merges.Apply(recorded);
        switch (recorded.Event)
        {
            case DuelChanged duel:
                // Each duel is a vote of its own for its winner.
                Hold(campaign, duel.Old, duel, recorded, isHeld: false);
                Hold(campaign, duel.New, duel, recorded, isHeld: true);
                break;
            case OrderChanged order:
                votes.RemoveWhere(held => held.Item1 == campaign && held.Item3 == new VoterId(recorded.Stream.Key) && held.Method == nameof(OrderChanged));
                votes.UnionWith(order.New.Select(ranked => (campaign, ranked, new VoterId(recorded.Stream.Key), nameof(OrderChanged))));
                break;
            case VoteEvent vote:
                var voter = new VoterId(recorded.Stream.Key);
                var key = (campaign, vote.Idea, voter, vote.GetType().Name);
                _ = vote.Is ? votes.Add(key) : votes.Remove(key);
                if (vote is InvestmentChanged)
                    Invest(recorded, campaign, vote, voter);
                break;
            case IdeaStatusChanged change:
                var idea = new IdeaId(recorded.Stream.Key);
                if (change.Old.ReturnsInvestments() == change.New.ReturnsInvestments())
                    break;
                Owed.RemoveAll(owed => owed.Campaign == campaign && owed.Idea == idea);
                Late.RemoveAll(late => late.Campaign == campaign && late.Idea == idea);
                closed.Remove((campaign, idea));
                if (!change.New.ReturnsInvestments())
                    break;
                closed[(campaign, idea)] = recorded.Version;
                Owed.Add(new OwedRefund(campaign, idea, recorded.Version, null));
                break;
        }
    }

    public long Count(CampaignId campaign, IdeaId idea) =>
        votes.Where(v => v.Item1 == campaign && v.Item2 == idea).Select(v => v.Item3).Distinct().Count();

    public IReadOnlyList<Backer> Investors(CampaignId campaign, IdeaId idea) =>
    [
        .. investments.Where(i => i.Key.Item1 == campaign && i.Key.Item2 == idea)
            .Select(i => new Backer(i.Key.Item3, i.Value)).OrderBy(backer => backer.Voter),
    ];

    public void Advance(OwedRefund refund, VoterId? upTo)
    {
        var at = Owed.FindIndex(owed => (owed.Campaign, owed.Idea, owed.Cause) == (refund.Campaign, refund.Idea, refund.Cause));
        if (at < 0)
            return;
        if (upTo is null)
            Owed.RemoveAt(at);
        else if (Owed[at].After is not { } after || after.CompareTo(upTo.Value) < 0)
            Owed[at] = Owed[at] with { After = upTo };
    }

    public void Finish(IEnumerable<LateRefund> refunds) => Late.RemoveAll(refunds.Contains);

    private void Hold(CampaignId campaign, Winner winner, DuelChanged duel, RecordedEvent recorded, bool isHeld)
    {
        if (winner == Winner.None)
            return;
        var key = (campaign, winner == Winner.One ? duel.Idea : duel.Other, new VoterId(recorded.Stream.Key), $"duel {duel.Pair}");
        _ = isHeld ? votes.Add(key) : votes.Remove(key);
    }

    private void Invest(RecordedEvent recorded, CampaignId campaign, VoteEvent vote, VoterId voter)
    {
        if (vote.Is)
            investments[(campaign, vote.Idea, voter)] = recorded.Version;
        else
            investments.Remove((campaign, vote.Idea, voter));
        Late.RemoveAll(late => late.Campaign == campaign && late.Idea == vote.Idea && late.Voter == voter);
        if (vote.Is && closed.TryGetValue((campaign, vote.Idea), out var cause))
            Late.Add(new LateRefund(campaign, voter, vote.Idea, recorded.Version, cause));
    }
}
