using System.Diagnostics;
using System.Threading.Channels;

namespace IdeaVote.Benchmarks.Load;

/// <summary>
/// Sends requests at a fixed rate, whatever becomes of the answers, and measures from when a request was due, not from when it could be sent. A server that
/// stalls therefore pays for everybody who came meanwhile, as it would for people (no coordinated omission).
/// </summary>
/// <param name="address">The server.</param>
/// <param name="connections">How many requests may be under way at once; further ones wait, and their waiting counts.</param>
internal sealed class OpenLoop(Uri address, int connections)
{
    // The clock of arrivals. A finer one would cost the machine that the server runs on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Sends for a while.</summary>
    /// <param name="perSecond">Requests a second.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="request">The kind and the bytes of the n-th request.</param>
    /// <param name="kinds">How many kinds there are.</param>
    public async Task<OpenLoopResult> RunAsync(double perSecond, TimeSpan duration, Func<long, (int Kind, ReadOnlyMemory<byte> Bytes)> request, int kinds = 1)
    {
        var due = Channel.CreateUnbounded<(long Number, long At)>(new UnboundedChannelOptions { SingleWriter = true });
        var result = new OpenLoopResult(kinds);
        var workers = new List<Task>();
        for (var i = 0; i < connections; i++)
            workers.Add(WorkAsync(await Wire.ConnectAsync(address), due.Reader, request, result));
        var total = (long)(perSecond * duration.TotalSeconds);
        var started = Stopwatch.GetTimestamp();
        // Its own thread: on the pool it would wait behind the very answers whose arrivals it times.
        var clock = new Thread(() => Schedule(due.Writer, started, perSecond, total, result.Late)) { Priority = ThreadPriority.Highest, IsBackground = true };
        clock.Start();
        await Task.WhenAll(workers);
        result.Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return result;
    }

    private static void Schedule(ChannelWriter<(long Number, long At)> due, long started, double perSecond, long total, LatencyHistogram late)
    {
        for (long sent = 0; sent < total;)
        {
            var until = Math.Min(total, (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond));
            for (; sent < until; sent++)
            {
                var at = started + (long)(sent / perSecond * Stopwatch.Frequency);
                late.Add(Stopwatch.GetElapsedTime(at));
                due.TryWrite((sent, at));
            }
            Thread.Sleep(Tick);
        }
        due.Complete();
    }

    private static async Task WorkAsync(Wire wire, ChannelReader<(long Number, long At)> due, Func<long, (int Kind, ReadOnlyMemory<byte> Bytes)> request, OpenLoopResult result)
    {
        using (wire)
        {
            await foreach (var (number, at) in due.ReadAllAsync().ConfigureAwait(false))
            {
                var (kind, bytes) = request(number);
                var status = await wire.AskAsync(bytes).ConfigureAwait(false);
                result.Add(kind, status, Stopwatch.GetElapsedTime(at));
            }
        }
    }
}

/// <summary>What came of it.</summary>
/// <param name="kinds">How many kinds of requests there are.</param>
internal sealed class OpenLoopResult(int kinds)
{
    private readonly LatencyHistogram[] byKind = [.. Enumerable.Range(0, kinds).Select(static _ => new LatencyHistogram())];
    private long failed;
    private long shed;

    /// <summary>All successes, from when their requests were due.</summary>
    public LatencyHistogram All { get; } = new();

    /// <summary>How late the requests were given out: what of the times is the measuring's own.</summary>
    public LatencyHistogram Late { get; } = new();

    /// <summary>How long it took until the last answer.</summary>
    public double Seconds { get; set; }

    /// <summary>Successes a second.</summary>
    public double PerSecond => All.Count / Seconds;

    /// <summary>Answers of 429 or 503: the server said that it has too much to do.</summary>
    public long Shed => shed;

    /// <summary>Answers that are no success otherwise.</summary>
    public long Failed => failed;

    /// <summary>The answers of one kind.</summary>
    public LatencyHistogram Of(int kind) => byKind[kind];

    /// <summary>Adds an answer.</summary>
    public void Add(int kind, int status, TimeSpan took)
    {
        if (status < 300)
        {
            All.Add(took);
            byKind[kind].Add(took);
        }
        else
            Interlocked.Increment(ref status is 429 or 503 ? ref shed : ref failed);
    }
}
