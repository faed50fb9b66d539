using System.Collections.Immutable;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Projections;

/// <summary>What the board knows of one idea: what it is, and the exact counts of its votes.</summary>
public sealed class IdeaTally
{
    // What most ideas have, shared: never added to.
    private static readonly List<int> None = [];

    private int[] stars = [];
    private long[] places = [];
    private List<int> remixes = None;
    private ImmutableArray<decimal> meanWeights;
    private long? meanMillionths;

    internal IdeaTally(IdeaId id, int ordinal, Instant submittedAt)
    {
        Id = id;
        Ordinal = ordinal;
        SubmittedAt = submittedAt;
    }

    /// <summary>The idea.</summary>
    public IdeaId Id { get; }

    /// <summary>The idea's place in the order of submission, from 0.</summary>
    public int Ordinal { get; }

    /// <summary>When it was submitted.</summary>
    public Instant SubmittedAt { get; }

    /// <summary>Its current text.</summary>
    public TextRef Text { get; internal set; } = null!;

    /// <summary>The team's current answer; null for none.</summary>
    public TextRef? Answer { get; internal set; }

    /// <summary>Its current status.</summary>
    public IdeaStatus Status { get; internal set; }

    /// <summary>The idea it is part of; null if it stands for itself.</summary>
    public IdeaId? MergedInto { get; internal set; }

    /// <summary>Its current tags.</summary>
    public ImmutableArray<TermId> Tags { get; internal set; } = [];

    /// <summary>Its current cost, in the campaign's unit.</summary>
    public decimal? Cost { get; internal set; }

    /// <summary>Who submitted it; empty when the team did.</summary>
    public ImmutableArray<VoterId> Authors { get; internal set; } = [];

    /// <summary>The idea that it takes further; null for none.</summary>
    public IdeaId? BuildsOn { get; internal set; }

    /// <summary>The ordinals of the ideas that take it further, in the order of submission.</summary>
    public IReadOnlyList<int> Remixes => remixes;

    /// <summary>How the number of its votes changed; null without a vote ever.</summary>
    public VoteHistory? History { get; private set; }

    /// <summary>How many votes stood on it at the end of each period since it was submitted; at least one.</summary>
    /// <param name="now">The moment of the last one.</param>
    public IReadOnlyList<HistoryPoint> HistoryUntil(Instant now) => (History ?? new VoteHistory(SubmittedAt)).Points(now);

    /// <summary>How many comments on it everybody may read.</summary>
    public int Comments { get; internal set; }

    /// <summary>How many voters approve it.</summary>
    public int Approvals { get; private set; }

    /// <summary>How many voters rate it, on any criterion.</summary>
    public int Raters { get; private set; }

    /// <summary>How many voters invest in it.</summary>
    public int Investors { get; private set; }

    /// <summary>The credits invested in it.</summary>
    public long Invested => Quadratic.Credits;

    /// <summary>The credits invested in it and the sum of their roots.</summary>
    public QuadraticSum Quadratic { get; private set; }

    /// <summary>How its votes count in what is trending; null without a vote.</summary>
    public Trending? Trending { get; private set; }

    /// <summary>On how many orders it stands in first place, second, and so on.</summary>
    public ReadOnlySpan<long> Places => places;

    /// <summary>On how many orders it stands.</summary>
    public int Rankers { get; private set; }

    /// <summary>How many ratings give <paramref name="count"/> stars on <paramref name="criterion"/>.</summary>
    /// <param name="criterion">The criterion's number, from 0.</param>
    /// <param name="count">1 to 5.</param>
    public int Stars(int criterion, int count)
    {
        var index = criterion * Scores.MaxStars + count - 1;
        return index < stars.Length ? stars[index] : 0;
    }

    /// <summary>How many criteria any rating has ever spoken of.</summary>
    public int Criteria => stars.Length / Scores.MaxStars;

    /// <summary>
    /// The weighted mean of its stars (see <see cref="Score.Mean"/>), in millionths; null without a rating. Kept until a rating
    /// changes it: a leaderboard asks it of every idea, and few of them change between two readings.
    /// </summary>
    /// <param name="weights">Each criterion's weight.</param>
    public long? MeanMillionths(ImmutableArray<decimal> weights)
    {
        if (meanWeights.IsDefault || meanWeights != weights)
        {
            meanMillionths = (long?)(Score.Mean(this, weights) * Score.Million);
            meanWeights = weights;
        }
        return meanMillionths;
    }

    /// <summary>All it holds, as plain values.</summary>
    public TallyState ToState() => new(
        Id, SubmittedAt, Text, Answer, Status, Tags, Cost, Authors, Approvals, Raters, Investors, Quadratic, [.. stars], [.. places],
        Trending?.Sums ?? [])
    {
        Comments = Comments,
        MergedInto = MergedInto,
        BuildsOn = BuildsOn,
        HistoryDays = History?.Days ?? 1,
        History = [.. History is { } history ? history.Changes : []],
    };

    /// <summary>The ratings of 1 to 5 stars on the first criterion, then on the second, and so on.</summary>
    public ReadOnlySpan<int> AllStars => stars;

    internal IdeaTally Restore(TallyState state, long halfLife)
    {
        (Text, Answer, Status, Tags, Cost, Authors) = (state.Text, state.Answer, state.Status, state.Tags, state.Cost, state.Authors);
        (Approvals, Raters, Investors, Quadratic) = (state.Approvals, state.Raters, state.Investors, state.Quadratic);
        (Comments, BuildsOn) = (state.Comments, state.BuildsOn);
        History = state.History.IsEmpty ? null : VoteHistory.From(SubmittedAt, state.HistoryDays, state.History.AsSpan());
        stars = [.. state.Stars];
        places = [.. state.Places];
        Rankers = (int)places.Sum();
        Trending = state.Trending.Count > 0 ? Trending.From(halfLife, state.Trending) : null;
        return this;
    }

    /// <summary>Adds an idea that takes it further.</summary>
    internal void AddRemix(int ordinal)
    {
        if (remixes == None)
            remixes = [];
        remixes.Add(ordinal);
    }

    internal void Apply(VoteEvent vote, Instant at, long halfLife)
    {
        var change = (vote.Is ? 1 : 0) - (vote.Was ? 1 : 0);
        switch (vote)
        {
            case ApprovalChanged:
                Approvals += change;
                break;
            case RatingChanged e:
                Raters += change;
                meanWeights = default;
                Count(e.Old, -1);
                Count(e.New, 1);
                break;
            case InvestmentChanged e:
                Investors += change;
                Quadratic = Quadratic.Remove(e.Old).Add(e.New);
                break;
            default:
                // A duel says nothing of one idea alone.
                return;
        }
        if (vote.Is == vote.Was)
            return;
        Trend(vote.First, vote.Is, halfLife);
        Remember(at, change);
    }

    /// <summary>Counts it in a place of an order, or out of it.</summary>
    internal void Count(int place, int change, Instant first, Instant at, long halfLife)
    {
        if (place >= places.Length)
            Array.Resize(ref places, place + 1);
        places[place] += change;
        Rankers += change;
        Trend(first, change > 0, halfLife);
        Remember(at, change);
    }

    private void Remember(Instant at, int change) => (History ??= new VoteHistory(SubmittedAt)).Add(at, change);

    private void Trend(Instant first, bool isVote, long halfLife)
    {
        Trending ??= new Trending(halfLife);
        if (isVote)
            Trending.Add(first);
        else
            Trending.Remove(first);
        // What was taken back leaves nothing behind.
        if (Trending.IsEmpty)
            Trending = null;
    }

    private void Count(Scores scores, int change)
    {
        var length = scores.Length;
        if (length * Scores.MaxStars > stars.Length)
            Array.Resize(ref stars, length * Scores.MaxStars);
        for (var criterion = 0; criterion < length; criterion++)
            if (scores[criterion] is > 0 and var count)
                stars[criterion * Scores.MaxStars + count - 1] += change;
    }
}
