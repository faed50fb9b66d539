using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking;

/// <summary>Stars on a scale from 0 (1 star) to 1 (5 stars), summed with their squares.</summary>
/// <param name="Mass">How many voters, whole or in parts.</param>
/// <param name="Sum">The sum of their stars on that scale.</param>
/// <param name="Squares">The sum of the squares.</param>
internal readonly record struct StarMoments(double Mass, double Sum, double Squares)
{
    private const double Steps = Scores.MaxStars - 1;

    /// <summary>The mean, 0 to 1.</summary>
    public double Mean => Sum / Mass;

    /// <summary>The variance of the mean of a Dirichlet distribution whose parameters are these masses.</summary>
    public double VarianceOfMean => Math.Max(0, Squares / Mass - Mean * Mean) / (Mass + 1);

    /// <summary>The same with some more voters at one place of the scale.</summary>
    public StarMoments With(double place, double mass) => new(Mass + mass, Sum + mass * place, Squares + mass * place * place);

    /// <summary>Sums up five counts.</summary>
    public static StarMoments Of(ReadOnlySpan<int> counts)
    {
        var moments = default(StarMoments);
        for (var i = 0; i < counts.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(counts[i], nameof(counts));
            moments = moments.With(i / Steps, counts[i]);
        }
        return moments;
    }

    /// <summary>A place on the scale, in stars.</summary>
    public static double ToStars(double place) => 1 + Steps * place;
}
