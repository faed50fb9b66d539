using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// Votes that count for less as they grow old: one of now is worth twice one of a half-life ago. The score is ln Σ exp(t/T) over the times t
/// of the votes, with T = half-life ÷ ln 2, which does not change while nobody votes: an order by it stays right as time goes by, without a
/// job that recounts. Source: the decayed sum of G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu, "Forward Decay", ICDE 2009,
/// doi 10.1109/ICDE.2009.65, with exponential decay.
/// </summary>
/// <remarks>
/// <para>
/// The sum is kept in whole numbers: for each half-life since 1970 in which votes came, the sum of 2^fraction over them, where fraction is how
/// much of that half-life had passed, in steps of 2^-32. So votes can be added and taken out in any order, exactly; what is
/// added and taken out again leaves no trace. Nothing is dropped from what is kept, however old; only a reading leaves out what is
/// less than 2^-94 of the newest half-life's votes.
/// </para>
/// <para>A vote counts at the time it was first cast. To vote in a loop gains nothing so long as the caller takes it out at that very time.</para>
/// </remarks>
public sealed class Trending
{
    /// <summary>The shortest half-life, in milliseconds: a minute. A key still has nine digits for each.</summary>
    public const long MinHalfLife = 60_000;

    /// <summary>The key of an idea without votes: below any other.</summary>
    public const long NoVotes = long.MinValue;

    // A half-life's sum has 32 binary places and so many more when read; a billion votes in one half-life still fit.
    private const int ReadPlaces = 62;

    private readonly SortedList<long, long> sums = [];

    /// <summary>Nothing counted yet.</summary>
    /// <param name="halfLife">After how many milliseconds a vote is worth half, <see cref="MinHalfLife"/> or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less.</exception>
    public Trending(long halfLife)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(halfLife, MinHalfLife);
        HalfLife = halfLife;
    }

    /// <summary>After how many milliseconds a vote is worth half.</summary>
    public long HalfLife { get; }

    /// <summary>
    /// What is kept, oldest first: the number of the half-life since 1970, and the sum over the votes in it in steps of 2^-32. At most one
    /// for each half-life in which votes came, none of them 0.
    /// </summary>
    public IReadOnlyList<KeyValuePair<long, long>> Sums => [.. sums];

    /// <summary>Whether no vote is counted.</summary>
    public bool IsEmpty => sums.Count == 0;

    /// <summary>Makes it again from what was kept.</summary>
    /// <param name="halfLife">After how many milliseconds a vote is worth half.</param>
    /// <param name="kept">What <see cref="Sums"/> said.</param>
    public static Trending From(long halfLife, IEnumerable<KeyValuePair<long, long>> kept)
    {
        var trending = new Trending(halfLife);
        foreach (var (number, sum) in kept)
            trending.sums.Add(number, sum);
        return trending;
    }

    /// <summary>Counts a vote.</summary>
    /// <param name="time">When it was first cast.</param>
    public void Add(Instant time)
    {
        var (number, weight) = Weigh(time);
        sums[number] = checked(sums.GetValueOrDefault(number) + weight);
    }

    /// <summary>Takes a vote out.</summary>
    /// <param name="time">The time it was added with.</param>
    /// <exception cref="ArgumentException">No vote of that time can have been added.</exception>
    public void Remove(Instant time)
    {
        var (number, weight) = Weigh(time);
        var left = sums.GetValueOrDefault(number) - weight;
        if (left < 0)
            throw new ArgumentException("No vote was added with that time.", nameof(time));
        if (left == 0)
            sums.Remove(number);
        else
            sums[number] = left;
    }

    /// <summary>
    /// What to rank by: log₂ of the sum, which is the score in half-lives since 1970, in steps of 2^-32, rounded down. It stands in
    /// the order of the scores, needs no current time, and is the same on every machine. <see cref="NoVotes"/> without votes.
    /// </summary>
    public long Key
    {
        get
        {
            if (sums.Count == 0)
                return NoVotes;
            var newest = sums.GetKeyAtIndex(sums.Count - 1);
            return checked((newest - ReadPlaces - PowerOfTwo.Places) * (1L << PowerOfTwo.Places) + PowerOfTwo.Log(Read(newest)));
        }
    }

    /// <summary>ln Σ exp(t/T), t in milliseconds since 1970; negative infinity without votes. Right to nine places.</summary>
    public double Score => sums.Count == 0 ? double.NegativeInfinity : Key / (double)(1L << PowerOfTwo.Places) * Math.Log(2);

    /// <summary>The sum, in parts of 2^-94 of a vote at the beginning of the newest half-life.</summary>
    private UInt128 Read(long newest)
    {
        UInt128 all = 0;
        for (var i = sums.Count - 1; i >= 0; i--)
        {
            var older = newest - sums.GetKeyAtIndex(i);
            if (older >= 128)
                break;
            all += ((UInt128)(ulong)sums.GetValueAtIndex(i) << ReadPlaces) >> (int)older;
        }
        return all;
    }

    private (long Number, long Weight) Weigh(Instant time)
    {
        var number = Math.DivRem(time.UnixMilliseconds, HalfLife, out var rest);
        if (rest < 0)
            (number, rest) = (number - 1, rest + HalfLife);
        return (number, PowerOfTwo.Of((uint)(((UInt128)(ulong)rest << PowerOfTwo.Places) / (ulong)HalfLife)));
    }
}
