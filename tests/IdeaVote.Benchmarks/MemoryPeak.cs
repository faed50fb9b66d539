using System.Diagnostics;

namespace IdeaVote.Benchmarks;

/// <summary>
/// How much more memory this process takes while something goes on. The working set is looked at every few milliseconds; it includes garbage
/// that was not worth collecting yet, but not the room for garbage that the process had taken before.
/// </summary>
internal sealed class MemoryPeak : IDisposable
{
    private readonly Lock gate = new();
    private readonly Timer timer;
    private readonly long lived;
    private readonly long before;
    private long most;

    public MemoryPeak()
    {
        lived = GC.GetTotalMemory(forceFullCollection: true);
        before = most = Now;
        timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
    }

    /// <summary>By how much the working set has grown at the most so far, in bytes.</summary>
    public long Growth
    {
        get
        {
            Look();
            lock (gate)
                return most - before;
        }
    }

    /// <summary>How much more is alive than when it began, in bytes.</summary>
    public long Kept => GC.GetTotalMemory(forceFullCollection: true) - lived;

    public void Dispose() => timer.Dispose();

    private static long Now
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
    }

    private void Look()
    {
        var now = Now;
        lock (gate)
            most = Math.Max(most, now);
    }
}
