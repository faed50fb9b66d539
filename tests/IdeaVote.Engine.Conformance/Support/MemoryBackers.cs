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
