namespace IdeaVote.Domain.Voters;

/// <summary>
/// A rating: 1 to 5 stars on each criterion it speaks of, 0 on the others. Packed four bits a criterion,
/// so that a million ratings stay small.
/// </summary>
public readonly record struct Scores
{
    /// <summary>The most criteria a rating can speak of.</summary>
    public const int MaxCriteria = 16;

    /// <summary>The most stars.</summary>
    public const int MaxStars = 5;

    private readonly ulong packed;

    private Scores(ulong packed) => this.packed = packed;

    /// <summary>No stars at all: no rating.</summary>
    public static Scores None => default;

    /// <summary>Whether no criterion has stars.</summary>
    public bool IsEmpty => packed == 0;

    /// <summary>One more than the highest criterion that has stars; 0 for none.</summary>
    public int Length => MaxCriteria - System.Numerics.BitOperations.LeadingZeroCount(packed) / 4;

    /// <summary>The stars on a criterion: 1 to 5, or 0 for none.</summary>
    /// <param name="criterion">The criterion's number, 0 to 15.</param>
    public int this[int criterion] => (int)(packed >> (criterion * 4)) & 15;

    /// <summary>The same scores with <paramref name="stars"/> on one criterion.</summary>
    /// <param name="criterion">The criterion's number, 0 to 15.</param>
    /// <param name="stars">0 to 5; 0 takes the criterion out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Scores With(int criterion, int stars)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(criterion);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(criterion, MaxCriteria);
        ArgumentOutOfRangeException.ThrowIfNegative(stars);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stars, MaxStars);
        return new Scores((packed & ~(15UL << (criterion * 4))) | ((ulong)stars << (criterion * 4)));
    }

    /// <summary>Scores on the first criteria in order; 0 for none.</summary>
    public static Scores Of(params ReadOnlySpan<int> stars)
    {
        var scores = None;
        for (var i = 0; i < stars.Length; i++)
            scores = scores.With(i, stars[i]);
        return scores;
    }

    /// <summary>The packed form, four bits a criterion from the lowest; for snapshots.</summary>
    public ulong ToPacked() => packed;

    /// <summary>Reads the packed form.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A criterion has more than 5 stars.</exception>
    public static Scores FromPacked(ulong packed)
    {
        var scores = new Scores(packed);
        for (var i = 0; i < MaxCriteria; i++)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(scores[i], MaxStars, nameof(packed));
        return scores;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var scores = this;
        return string.Join('/', Enumerable.Range(0, Length).Select(i => scores[i]));
    }
}
