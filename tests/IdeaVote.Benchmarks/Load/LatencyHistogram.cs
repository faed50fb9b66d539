using System.Numerics;

namespace IdeaVote.Benchmarks.Load;

/// <summary>
/// How long answers took: counts in buckets that are 1/64 of a power of two wide, so that any percentile is right to 1.6 %. Adding is safe from
/// any thread and makes no garbage.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int Bits = 6;
    private const int PerPower = 1 << Bits;

    private readonly long[] counts = new long[(64 - Bits) * PerPower];
    private long most;

    /// <summary>How many were added.</summary>
    public long Count => counts.Sum();

    /// <summary>The longest, in milliseconds.</summary>
    public double MostMilliseconds => most / 1_000.0;

    /// <summary>Adds one.</summary>
    public void Add(TimeSpan took)
    {
        var microseconds = Math.Max(0, (long)took.TotalMicroseconds);
        Interlocked.Increment(ref counts[BucketOf(microseconds)]);
        for (var seen = Volatile.Read(ref most); microseconds > seen;)
            seen = Interlocked.CompareExchange(ref most, microseconds, seen);
    }

    /// <summary>The time that a share of all were answered within, in milliseconds; 0 if there are none.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double Percentile(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(Count * share));
        long passed = 0;
        for (var bucket = 0; bucket < counts.Length; bucket++)
            if ((passed += counts[bucket]) >= wanted)
                return Math.Min(most, EndOf(bucket)) / 1_000.0;
        return 0;
    }

    private static int BucketOf(long microseconds)
    {
        if (microseconds < PerPower)
            return (int)microseconds;
        var power = 63 - BitOperations.LeadingZeroCount((ulong)microseconds) - Bits;
        return (power + 1) * PerPower + (int)(microseconds >> power) - PerPower;
    }

    /// <summary>The longest time that falls into a bucket.</summary>
    private static long EndOf(int bucket)
    {
        if (bucket < PerPower)
            return bucket;
        var power = bucket / PerPower - 1;
        return ((long)(bucket % PerPower + PerPower + 1) << power) - 1;
    }
}
