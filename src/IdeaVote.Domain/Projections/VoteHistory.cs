using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Projections;

/// <summary>
/// How the number of votes that stand on an idea changed, by periods of whole days of UTC: the exact sum of what came and went in each.
/// A period is a day until more than <see cref="MaxPeriods"/> have gone by since the idea was submitted; then two become one, and so on, so that
/// it takes a quarter of a kilobyte however many votes and days there are. Not safe for concurrent use.
/// </summary>
public sealed class VoteHistory
{
    /// <summary>The most periods kept.</summary>
    public const int MaxPeriods = 60;

    private static readonly int FirstDay = new DateOnly(1970, 1, 1).DayNumber;

    private readonly long start;
    private int[] changes = [];

    /// <summary>Begins a history.</summary>
    /// <param name="submittedAt">When the idea was submitted: its history begins on that day.</param>
    public VoteHistory(Instant submittedAt)
        : this(DayOf(submittedAt), 1, [])
    {
    }

    private VoteHistory(long start, long days, int[] changes)
    {
        this.start = start;
        this.changes = changes;
        Days = days;
    }

    /// <summary>The length of a period, in days; a power of two.</summary>
    public long Days { get; private set; }

    /// <summary>How many more votes stood at the end of each period than at its beginning.</summary>
    public ReadOnlySpan<int> Changes => changes;

    /// <summary>Rebuilds a history from what it kept.</summary>
    /// <param name="submittedAt">When the idea was submitted.</param>
    /// <param name="days">The length of a period.</param>
    /// <param name="changes">The changes.</param>
    public static VoteHistory From(Instant submittedAt, long days, ReadOnlySpan<int> changes) =>
        new(DayOf(submittedAt), days, changes.ToArray());

    /// <summary>Counts votes that came or went. Any order gives the same history.</summary>
    /// <param name="at">When; what is said to have been before the submission counts on its day.</param>
    /// <param name="change">How many came; below 0, how many went.</param>
    public void Add(Instant at, int change)
    {
        var period = PeriodOf(at);
        if (period >= changes.Length)
            Array.Resize(ref changes, (int)period + 1);
        changes[period] += change;
    }

    /// <summary>How many votes stood at the end of each period until now.</summary>
    /// <param name="now">The moment of the last one, which has not ended yet.</param>
    public IReadOnlyList<HistoryPoint> Points(Instant now)
    {
        var copy = new VoteHistory(start, Days, changes);
        var last = Math.Max(copy.PeriodOf(now), copy.changes.Length - 1);
        var points = new HistoryPoint[last + 1];
        long votes = 0;
        for (var period = 0; period <= last; period++)
        {
            votes += period < copy.changes.Length ? copy.changes[period] : 0;
            points[period] = new HistoryPoint(DateOnly.FromDayNumber(FirstDay).AddDays((int)(start + period * copy.Days)), copy.Days, votes);
        }
        return points;
    }

    /// <summary>The period of a moment; periods become longer until there are few enough.</summary>
    private long PeriodOf(Instant at)
    {
        var day = Math.Max(0, DayOf(at) - start);
        while (day / Days >= MaxPeriods)
            Widen();
        return day / Days;
    }

    private void Widen()
    {
        Days *= 2;
        var half = new int[(changes.Length + 1) / 2];
        for (var i = 0; i < changes.Length; i++)
            half[i / 2] += changes[i];
        changes = half;
    }

    private static long DayOf(Instant at) => (long)Math.Floor(at.UnixMilliseconds / 86_400_000.0);
}

/// <summary>How many votes stood on an idea at the end of a period.</summary>
/// <param name="Date">Its first day, of UTC.</param>
/// <param name="Days">Its length in days.</param>
/// <param name="Votes">Approvals, ratings, investments and places in orders together; duels are votes on two ideas and count for neither.</param>
public readonly record struct HistoryPoint(DateOnly Date, long Days, long Votes);
