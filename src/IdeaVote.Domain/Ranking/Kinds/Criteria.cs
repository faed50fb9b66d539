using System.Collections.Immutable;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>The criteria that a ranking looks at: all of a campaign with their weights, or one alone.</summary>
internal sealed class Criteria
{
    public Criteria(Rules rules, int? only)
    {
        Only = only;
        Weights = only is null ? Score.Weights(rules) : [1m];
    }

    /// <summary>The one that is looked at alone; null for all.</summary>
    public int? Only { get; }

    /// <summary>The weight of each that is looked at.</summary>
    public ImmutableArray<decimal> Weights { get; }

    /// <summary>How many ratings give 1 to 5 stars on each criterion that is looked at, one after the other.</summary>
    public int[] Stars(IdeaTally idea)
    {
        var all = idea.AllStars;
        var stars = new int[Weights.Length * Scores.MaxStars];
        var from = (Only ?? 0) * Scores.MaxStars;
        if (from < all.Length)
            all[from..Math.Min(all.Length, from + stars.Length)].CopyTo(stars);
        return stars;
    }

    /// <summary>The weighted mean in millionths; null without a rating.</summary>
    public long? MeanMillionths(IdeaTally idea)
    {
        if (Only is null)
            return idea.MeanMillionths(Weights);
        var (sum, votes) = Sum(idea, Only.Value);
        return votes == 0 ? null : (long)(Math.Round((decimal)sum / votes, 6) * Score.Million);
    }

    /// <summary>How many voters rate it on what is looked at.</summary>
    public int Votes(IdeaTally idea) => Only is { } criterion ? (int)Sum(idea, criterion).Votes : idea.Raters;

    private static (long Sum, long Votes) Sum(IdeaTally idea, int criterion)
    {
        long sum = 0, votes = 0;
        for (var count = 1; count <= Scores.MaxStars; count++)
        {
            sum += (long)count * idea.Stars(criterion, count);
            votes += idea.Stars(criterion, count);
        }
        return (sum, votes);
    }
}
