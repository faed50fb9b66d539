using System.Numerics;
using System.Security.Cryptography;

namespace IdeaVote.Gateway.Limits;

/// <summary>
/// How much each of many callers has used of their rate: the generic cell rate algorithm (ITU-T I.371, annex A), which keeps one number for
/// each. The memory is fixed and no call allocates. In a flood of callers those who have been quiet longest are forgotten first, which
/// forgives them what they used; nobody is ever blamed for what another did.
/// </summary>
/// <param name="rate">How much each may do.</param>
/// <param name="time">The clock, of which only what passes matters.</param>
/// <param name="callers">How many callers are remembered, a power of two from 8.</param>
internal sealed class RateBuckets(Rate rate, TimeProvider time, int callers = 1 << 15)
{
    private const int Ways = 4;
    private const int Locks = 64;

    private readonly Bucket[] buckets = new Bucket[callers];
    private readonly Lock[] locks = [.. Enumerable.Range(0, Locks).Select(static _ => new Lock())];
    private readonly long step = (long)(time.TimestampFrequency / rate.PerSecond);
    private readonly long tolerance = (long)(time.TimestampFrequency / rate.PerSecond * (rate.Burst - 1));
    private readonly int shift = 64 - BitOperations.Log2((uint)(callers / Ways));

    // Nobody outside can choose callers that share a place.
    private readonly ulong seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    /// <summary>Counts one request of a caller.</summary>
    /// <param name="caller">The caller, not 0.</param>
    /// <returns>Zero if it is within the rate; else how long to wait, and it counted for nothing.</returns>
    public TimeSpan Take(ulong caller) => Look(caller, takes: true);

    /// <summary>How long a caller has to wait for the next request; zero for not at all. Counts nothing.</summary>
    public TimeSpan Peek(ulong caller) => Look(caller, takes: false);

    private TimeSpan Look(ulong caller, bool takes)
    {
        var set = (int)((caller * seed) >> shift);
        var now = time.GetTimestamp();
        lock (locks[set % Locks])
        {
            ref var bucket = ref Find(buckets.AsSpan(set * Ways, Ways), caller);
            var free = bucket.Caller == caller ? Math.Max(bucket.FreeAt, now) : now;
            if (free - now > tolerance)
                return time.GetElapsedTime(now, free - tolerance);
            if (takes)
                (bucket.Caller, bucket.FreeAt) = (caller, free + step);
            return TimeSpan.Zero;
        }
    }

    /// <summary>The caller's own, or else the one whose caller has used least of what was allowed lately.</summary>
    private static ref Bucket Find(Span<Bucket> set, ulong caller)
    {
        var quietest = 0;
        for (var i = 0; i < set.Length; i++)
        {
            if (set[i].Caller == caller)
                return ref set[i];
            if (set[i].FreeAt < set[quietest].FreeAt)
                quietest = i;
        }
        return ref set[quietest];
    }

    /// <summary>One caller, and when all that was used will have been given back, as a timestamp.</summary>
    private struct Bucket
    {
        public ulong Caller;
        public long FreeAt;
    }
}
