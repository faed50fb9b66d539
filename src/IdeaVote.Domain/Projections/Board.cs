using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Projections;

/// <summary>
/// The counts of one campaign, folded from its events: every list and leaderboard reads this, and it can be thrown away
/// and rebuilt from the feed, bit for bit. Not safe for concurrent use; its host takes care.
/// </summary>
public sealed class Board
{
    private readonly Dictionary<IdeaId, IdeaTally> byId = [];
    private readonly List<IdeaTally> ideas = [];
    private readonly Dictionary<(RankBy By, int? Criterion), RankOrder> orders = [];
    private readonly Dictionary<IdeaId, List<IdeaId>> merged = [];
    private long halfLife = HalfLifeOf(null);

    /// <summary>The campaign as its own events left it; <see cref="Campaigns.Campaign.None"/> before its first.</summary>
    public Campaign Campaign { get; private set; } = Campaign.None;

    /// <summary>When the campaign was created.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>How often anything on the board has changed; equal numbers mean equal boards.</summary>
    public long Revision { get; private set; }

    /// <summary>How many voters hold at least one vote.</summary>
    public int Voters { get; private set; }

    /// <summary>How the duels between its ideas were decided.</summary>
    public DuelTable Duels { get; } = new();

    /// <summary>How many voters prefer one idea to another, by their orders; ideas by their ordinals.</summary>
    public PairwiseCounts Preferences { get; private set; } = new();

    /// <summary>All ideas, in the order of submission.</summary>
    public IReadOnlyList<IdeaTally> Ideas => ideas;

    /// <summary>One idea; null if there is no such idea.</summary>
    public IdeaTally? Find(IdeaId idea) => byId.GetValueOrDefault(idea);

    /// <summary>The ideas that are part of an idea, in the order of submission.</summary>
    public IReadOnlyList<IdeaId> MergedInto(IdeaId idea) => merged.TryGetValue(idea, out var parts) ? parts : [];

    /// <summary>Folds one event. Each event of the campaign must come exactly once, in the feed's order.</summary>
    /// <exception cref="InvalidOperationException">The event speaks of an idea that was never submitted.</exception>
    public void Apply(RecordedEvent recorded)
    {
        Revision++;
        switch (recorded.Event)
        {
            case BallotEvent ballot:
                Voters += (ballot.Held > 0 ? 1 : 0) - (ballot.HeldBefore > 0 ? 1 : 0);
                Apply(ballot, recorded.At);
                break;
            case IdeaSubmitted e:
                var added = Add(new IdeaId(recorded.Stream.Key), recorded.At);
                (added.Text, added.Tags, added.Cost, added.Authors, added.Status) = (e.Text, e.Tags, e.Cost, e.Authors, e.Status);
                SetOriginal(added, e.BuildsOn);
                break;
            case IdeaEdited e:
                Tally(recorded).Text = e.New;
                break;
            case IdeaRetagged e:
                Tally(recorded).Tags = e.New;
                break;
            case IdeaCostChanged e:
                Tally(recorded).Cost = e.New;
                break;
            case IdeaStatusChanged e:
                var changed = Tally(recorded);
                Place(changed, e.Into);
                // Why an idea was hidden is said to its author alone, and is no answer to those who voted.
                (changed.Status, changed.Answer) = (e.New, (e.New == IdeaStatus.Hidden ? null : e.Answer) ?? changed.Answer);
                break;
            case CommentEvent e:
                Tally(e.Idea).Comments += e.Change;
                break;
            default:
                if (recorded.Event is CampaignCreated)
                    CreatedAt = recorded.At;
                if (recorded.Stream.Kind == AggregateKind.Campaign)
                    SetCampaign((Campaign)Campaign.Apply(recorded));
                break;
        }
    }

    /// <summary>All ideas in the order of a ranking that each idea's own counts decide; kept up from now on.</summary>
    /// <param name="by">What to rank by.</param>
    /// <param name="criterion">The criterion to rank by alone; null for all of them.</param>
    /// <exception cref="ArgumentException">It is a ranking that other ideas' counts decide too.</exception>
    public IReadOnlyCollection<RankOrder.Place> Order(RankBy by, int? criterion = null)
    {
        if (!orders.TryGetValue((by, criterion), out var order))
            orders.Add((by, criterion), order = new RankOrder(Rankers.Local(by, Campaign.Rules, criterion)));
        return order.Read(ideas);
    }

    /// <summary>Rebuilds a board from a snapshot.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="createdAt">When the campaign was created.</param>
    /// <param name="revision">The board's revision.</param>
    /// <param name="voters">How many voters hold at least one vote.</param>
    /// <param name="ideas">All ideas, in the order of submission.</param>
    /// <param name="duels">The pairs that met in duels.</param>
    /// <param name="preferences">What <see cref="Preferences"/> kept.</param>
    public static Board Restore(
        Campaign campaign, Instant createdAt, long revision, int voters, IEnumerable<TallyState> ideas, IEnumerable<Duel> duels, PairwiseState preferences)
    {
        var board = new Board { CreatedAt = createdAt, Revision = revision, Voters = voters, Preferences = PairwiseCounts.From(preferences) };
        board.SetCampaign(campaign);
        foreach (var idea in ideas)
        {
            var tally = board.Add(idea.Id, idea.SubmittedAt);
            board.Place(tally.Restore(idea, board.halfLife), idea.MergedInto);
            board.SetOriginal(tally, idea.BuildsOn);
        }
        foreach (var duel in duels)
            board.Duels.Restore(duel);
        return board;
    }

    private static long HalfLifeOf(Rules? rules) =>
        (rules?.Ranking?.HalfLifeHours ?? RankingRule.DefaultHalfLifeHours) * (long)TimeSpan.FromHours(1).TotalMilliseconds;

    private void SetCampaign(Campaign campaign)
    {
        if (campaign.Rules != Campaign.Rules)
            orders.Clear();
        Campaign = campaign;
        // Votes are weighed by it as they come; it is frozen before the first can.
        halfLife = HalfLifeOf(campaign.Rules);
    }

    private void Apply(BallotEvent ballot, Instant at)
    {
        switch (ballot)
        {
            case DuelChanged duel:
                Duels.Apply(duel, Tally(duel.Idea).Ordinal, Tally(duel.Other).Ordinal);
                break;
            case VoteEvent vote:
                var tally = Tally(vote.Idea);
                tally.Apply(vote, at, halfLife);
                Mark(tally);
                break;
            case OrderChanged order:
                Count(order.Old, -1, order.First, at);
                Count(order.New, 1, order.First, at);
                break;
        }
    }

    private void Count(ImmutableArray<IdeaId> order, int change, Instant first, Instant at)
    {
        Span<int> ordinals = stackalloc int[RankRule.LongestOrder];
        for (var place = 0; place < order.Length; place++)
        {
            var tally = Tally(order[place]);
            tally.Count(place, change, first, at, halfLife);
            Mark(tally);
            ordinals[place] = tally.Ordinal;
        }
        if (change > 0 && !order.IsEmpty)
            Preferences.Add(ordinals[..order.Length]);
        else if (!order.IsEmpty)
            Preferences.Remove(ordinals[..order.Length]);
    }

    private void Mark(IdeaTally tally)
    {
        foreach (var order in orders.Values)
            order.Mark(tally.Ordinal);
    }

    private void SetOriginal(IdeaTally idea, IdeaId? original)
    {
        idea.BuildsOn = original;
        if (original is { } known)
            Tally(known).AddRemix(idea.Ordinal);
    }

    private IdeaTally Add(IdeaId id, Instant submittedAt)
    {
        var tally = new IdeaTally(id, ideas.Count, submittedAt);
        byId.Add(id, tally);
        ideas.Add(tally);
        Mark(tally);
        return tally;
    }

    private void Place(IdeaTally idea, IdeaId? into)
    {
        if (idea.MergedInto is { } old && merged.TryGetValue(old, out var parts))
            parts.Remove(idea.Id);
        idea.MergedInto = into;
        if (into is not { } target)
            return;
        if (!merged.TryGetValue(target, out var others))
            merged.Add(target, others = []);
        others.Add(idea.Id);
        others.Sort((one, other) => byId[one].Ordinal.CompareTo(byId[other].Ordinal));
    }

    private IdeaTally Tally(RecordedEvent recorded) => Tally(new IdeaId(recorded.Stream.Key));

    private IdeaTally Tally(IdeaId id) =>
        byId.GetValueOrDefault(id) ?? throw new InvalidOperationException($"The feed speaks of idea {id} before its submission.");
}
