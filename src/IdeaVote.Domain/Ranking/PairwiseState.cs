using System.Collections.Immutable;

namespace IdeaVote.Domain.Ranking;

/// <summary>All that <see cref="PairwiseCounts"/> holds, as plain values.</summary>
/// <param name="Ballots">How many ballots are counted.</param>
/// <param name="Named">For each idea that a ballot names, how many do.</param>
/// <param name="Orders">For each pair that a ballot names, how many name the one ahead of the other.</param>
public sealed record PairwiseState(
    int Ballots, ImmutableArray<(int Idea, int Count)> Named, ImmutableArray<(int Ahead, int Behind, int Count)> Orders);
