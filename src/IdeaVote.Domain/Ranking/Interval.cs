namespace IdeaVote.Domain.Ranking;

/// <summary>
/// A 95 % interval: a procedure that makes one from the votes of many ideas has the true value between the ends for about 95 in 100 of
/// them. Which value, and how well the promise is kept, says whoever makes the interval.
/// </summary>
/// <param name="Low">The lower end, in the unit of the score; not above <paramref name="High"/>.</param>
/// <param name="High">The upper end, in the unit of the score.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>How many standard errors a normal 95 % interval reaches to each side: the normal distribution's .975 quantile.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>The probability left out below the lower end, and as much above the upper.</summary>
    public const double Tail = 0.025;

    /// <summary>How wide it is, in the unit of the score; 0 or more.</summary>
    public double Width => High - Low;

    /// <summary>Whether a value lies between the ends or on one of them.</summary>
    public bool Contains(double value) => Low <= value && value <= High;
}
