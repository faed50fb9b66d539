using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Conformance.Support;

/// <summary>A backers index in memory, for one campaign after the other; it tells what it was asked.</summary>
public sealed class MemoryBackers : IBackersIndex
{
    private readonly Lock gate = new();
    private readonly Dictionary<(CampaignId, IdeaId), SortedDictionary<VoterId, long>> investors = [];
    private readonly Dictionary<(CampaignId, IdeaId), long> closed = [];
    private readonly Dictionary<(CampaignId, IdeaId, VoterId), int> held = [];
    private readonly List<OwedRefund> owed = [];
    private readonly List<LateRefund> late = [];
    private readonly Dictionary<(CampaignId, IdeaId), Placement> placed = [];
    private readonly Dictionary<(CampaignId, IdeaId, VoterId), int> spoken = [];
    private readonly Dictionary<(CampaignId, IdeaId, VoterId), long> following = [];
    private readonly List<OwedMerge> moving = [];
    private readonly List<Straggler> stragglers = [];
    private long found;
    private Position position;

    public string Name => "backers";

    /// <summary>Runs before a page of investors is read, once.</summary>
    public Func<Task>? BeforeNextPage { get; set; }

    /// <summary>What the next look for owed refunds fails with.</summary>
    public Exception? NextLookFails { get; set; }

    /// <summary>The sizes of the pages of investors that were answered.</summary>
    public List<int> Pages { get; } = [];

    /// <summary>Up to whom refunds were noted as carried out.</summary>
    public List<VoterId?> Advances { get; } = [];

    /// <summary>The sizes of the pages of voters who had to follow that were answered.</summary>
    public List<int> FollowerPages { get; } = [];

    public ValueTask<Position> LoadPositionAsync(CancellationToken cancellation = default) => new(position);

    public ValueTask ApplyAsync(IReadOnlyList<RecordedEvent> events, Position upTo, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            foreach (var recorded in events)
                Apply(recorded);
            position = position.Join(upTo);
        }
        return default;
    }

    public ValueTask<OwedRefund?> NextRefundAsync(CancellationToken cancellation = default)
    {
        lock (gate)
        {
            if (NextLookFails is { } failure)
            {
                NextLookFails = null;
                throw failure;
            }
            return new ValueTask<OwedRefund?>(owed.FirstOrDefault());
        }
    }

    public async ValueTask<IReadOnlyList<Backer>> InvestorsAsync(
        CampaignId campaign, IdeaId idea, VoterId? after, int max, CancellationToken cancellation = default)
    {
        if (BeforeNextPage is { } meanwhile)
        {
            BeforeNextPage = null;
            await meanwhile();
        }
        lock (gate)
        {
            Backer[] page =
            [
                .. Of(campaign, idea).Where(entry => after is not { } last || entry.Key.CompareTo(last) > 0).Take(max)
                    .Select(entry => new Backer(entry.Key, entry.Value)),
            ];
            Pages.Add(page.Length);
            return page;
        }
    }

    public ValueTask AdvanceAsync(OwedRefund refund, VoterId? upTo, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            Advances.Add(upTo);
            var index = owed.FindIndex(o => o.Campaign == refund.Campaign && o.Idea == refund.Idea && o.Cause == refund.Cause);
            if (index >= 0 && upTo is null)
                owed.RemoveAt(index);
            else if (index >= 0)
                owed[index] = owed[index] with { After = upTo };
        }
        return default;
    }

    public ValueTask<IReadOnlyList<LateRefund>> LateRefundsAsync(int max, CancellationToken cancellation = default)
    {
        lock (gate)
            return new ValueTask<IReadOnlyList<LateRefund>>([.. late.Take(max)]);
    }

    public ValueTask FinishAsync(IReadOnlyCollection<LateRefund> refunds, CancellationToken cancellation = default)
    {
        lock (gate)
            late.RemoveAll(refunds.Contains);
        return default;
    }

    public ValueTask<OwedMerge?> NextMergeAsync(CancellationToken cancellation = default)
    {
        lock (gate)
            return new ValueTask<OwedMerge?>(moving.FirstOrDefault());
    }

    public ValueTask<IReadOnlyList<VoterId>> FollowersAsync(OwedMerge merge, VoterId? after, int max, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            var voters = spoken.Where(entry => entry.Value > 0).Select(entry => entry.Key)
                .Concat(following.Where(entry => entry.Value != merge.Placement.Cause).Select(entry => entry.Key))
                .Where(key => key.Item1 == merge.Campaign && key.Item2 == merge.Idea)
                .Select(key => key.Item3)
                .Where(voter => after is not { } last || voter.CompareTo(last) > 0);
            VoterId[] page = [.. voters.Distinct().Order().Take(max)];
            FollowerPages.Add(page.Length);
            return new ValueTask<IReadOnlyList<VoterId>>(page);
        }
    }

    public ValueTask AdvanceAsync(OwedMerge merge, VoterId? upTo, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            var index = moving.FindIndex(m => m.Campaign == merge.Campaign && m.Idea == merge.Idea && m.Placement == merge.Placement);
            if (index >= 0 && upTo is null)
                moving.RemoveAt(index);
            else if (index >= 0)
                moving[index] = moving[index] with { After = upTo };
        }
        return default;
    }

    public ValueTask<IReadOnlyList<Straggler>> StragglersAsync(int max, CancellationToken cancellation = default)
    {
        lock (gate)
            return new ValueTask<IReadOnlyList<Straggler>>([.. stragglers.Take(max).Select(s => s with { Placement = placed[(s.Campaign, s.Idea)] })]);
    }

    public ValueTask<Debts> CountDebtsAsync(CancellationToken cancellation = default)
    {
        lock (gate)
            return new ValueTask<Debts>(new Debts(Math.Min(Debts.Most, owed.Count + late.Count), Math.Min(Debts.Most, moving.Count + stragglers.Count)));
    }

    public ValueTask FinishAsync(IReadOnlyCollection<Straggler> told, CancellationToken cancellation = default)
    {
        lock (gate)
            stragglers.RemoveAll(s => told.Any(t => t.Number == s.Number));
        return default;
    }

    public ValueTask<long> CountAsync(CampaignId campaign, IdeaId idea, CancellationToken cancellation = default)
    {
        lock (gate)
            return new ValueTask<long>(held.Count(entry => entry.Key.Item1 == campaign && entry.Key.Item2 == idea && entry.Value > 0));
    }

    private void Apply(RecordedEvent recorded)
    {
        var campaign = recorded.Stream.Campaign;
        var voter = new VoterId(recorded.Stream.Key);
        foreach (var (idea, change) in Held(recorded.Event))
            held[(campaign, idea, voter)] = held.GetValueOrDefault((campaign, idea, voter)) + change;
        if (recorded.Event is VoteEvent vote)
        {
            if (vote is InvestmentChanged { Is: true })
                Of(campaign, vote.Idea)[voter] = recorded.Version;
            else if (vote is InvestmentChanged)
                Of(campaign, vote.Idea).Remove(voter);
            if (Refunds.GiveBackLate(recorded, idea => closed.TryGetValue((campaign, idea), out var cause) ? cause : null) is { } back)
                late.Add(new LateRefund(campaign, voter, back.Idea, back.UndoesVersion, back.Cause));
        }
        ApplyMerges(recorded, campaign, voter);
        if (recorded.Event is not IdeaStatusChanged status)
            return;
        var closing = Refunds.Closes(recorded);
        var about = new IdeaId(recorded.Stream.Key);
        if (closing is not null)
        {
            closed[(campaign, about)] = recorded.Version;
            owed.Add(new OwedRefund(campaign, about, recorded.Version, null));
        }
        else if (!status.New.ReturnsInvestments() && closed.Remove((campaign, about)))
        {
            owed.RemoveAll(o => o.Campaign == campaign && o.Idea == about);
        }
    }

    private void ApplyMerges(RecordedEvent recorded, CampaignId campaign, VoterId voter)
    {
        foreach (var (idea, change) in Spoken(recorded.Event))
            spoken[(campaign, idea, voter)] = spoken.GetValueOrDefault((campaign, idea, voter)) + change;
        if (recorded.Event is VotesMerged merged)
            following[(campaign, merged.From, voter)] = merged.Cause;
        else if (recorded.Event is VotesUnmerged unmerged)
            following.Remove((campaign, unmerged.From, voter));
        foreach (var idea in Merges.Stragglers(recorded, idea => placed.GetValueOrDefault((campaign, idea))))
            stragglers.Add(new Straggler(++found, campaign, voter, idea, placed[(campaign, idea)]));
        if (Merges.Places(recorded) is not { } placement)
            return;
        var about = new IdeaId(recorded.Stream.Key);
        placed[(campaign, about)] = placement;
        moving.RemoveAll(m => m.Campaign == campaign && m.Idea == about);
        moving.Add(new OwedMerge(campaign, about, placement, null));
    }

    /// <summary>How many more votes speak of an idea; a duel speaks of both.</summary>
    private static IEnumerable<(IdeaId Idea, int Change)> Spoken(Event changed) => changed switch
    {
        DuelChanged duel => [(duel.Idea, (duel.Is ? 1 : 0) - (duel.Was ? 1 : 0)), (duel.Other, (duel.Is ? 1 : 0) - (duel.Was ? 1 : 0))],
        _ => Held(changed),
    };

    private static IEnumerable<(IdeaId Idea, int Change)> Held(Event changed) => changed switch
    {
        DuelChanged duel => [.. Won(duel, duel.Old, -1), .. Won(duel, duel.New, 1)],
        VoteEvent vote => [(vote.Idea, (vote.Is ? 1 : 0) - (vote.Was ? 1 : 0))],
        OrderChanged order => [.. order.Old.Select(idea => (idea, -1)), .. order.New.Select(idea => (idea, 1))],
        _ => [],
    };

    private static IEnumerable<(IdeaId Idea, int Change)> Won(DuelChanged duel, Winner winner, int change) =>
        winner == Winner.None ? [] : [(winner == Winner.One ? duel.Idea : duel.Other, change)];

    private SortedDictionary<VoterId, long> Of(CampaignId campaign, IdeaId idea)
    {
        if (!investors.TryGetValue((campaign, idea), out var of))
            investors.Add((campaign, idea), of = []);
        return of;
    }
}
