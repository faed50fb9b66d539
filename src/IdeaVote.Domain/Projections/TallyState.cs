using System.Collections.Immutable;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Projections;

/// <summary>All that an <see cref="IdeaTally"/> holds, as plain values: what a snapshot keeps of it.</summary>
/// <param name="Id">The idea.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Text">Its current text.</param>
/// <param name="Answer">The team's current answer.</param>
/// <param name="Status">Its current status.</param>
/// <param name="Tags">Its current tags.</param>
/// <param name="Cost">Its current cost, in the campaign's unit.</param>
/// <param name="Authors">Who submitted it.</param>
/// <param name="Approvals">How many voters approve it.</param>
/// <param name="Raters">How many voters rate it.</param>
/// <param name="Investors">How many voters invest in it.</param>
/// <param name="Quadratic">The credits invested in it and the sum of their roots.</param>
/// <param name="Stars">How many ratings give 1 to 5 stars on the first criterion, then on the second, and so on.</param>
/// <param name="Places">On how many orders it stands in first place, second, and so on.</param>
/// <param name="Trending">What <see cref="Ranking.Trending.Sums"/> keeps.</param>
public sealed record TallyState(
    IdeaId Id, Instant SubmittedAt, TextRef Text, TextRef? Answer, IdeaStatus Status, ImmutableArray<TermId> Tags, decimal? Cost,
    ImmutableArray<VoterId> Authors, int Approvals, int Raters, int Investors, QuadraticSum Quadratic, ImmutableArray<int> Stars,
    ImmutableArray<long> Places, IReadOnlyList<KeyValuePair<long, long>> Trending)
{
    /// <summary>The idea it is part of; null if it stands for itself.</summary>
    public IdeaId? MergedInto { get; init; }

    /// <summary>How many comments on it everybody may read.</summary>
    public int Comments { get; init; }

    /// <summary>The idea that it takes further; null for none.</summary>
    public IdeaId? BuildsOn { get; init; }

    /// <summary>The length of a period of <see cref="History"/>, in days.</summary>
    public long HistoryDays { get; init; } = 1;

    /// <summary>What <see cref="VoteHistory.Changes"/> keeps.</summary>
    public ImmutableArray<int> History { get; init; } = [];

    /// <summary>The credits invested in it.</summary>
    public long Invested => Quadratic.Credits;
}
