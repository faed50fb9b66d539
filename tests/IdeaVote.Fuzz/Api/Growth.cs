using System.Globalization;

namespace IdeaVote.Fuzz.Api;

/// <summary>
/// How much more a process holds after many requests than after some. What is taken is kept: votes, ideas and campaigns with their boards, the answers to
/// repeatable requests for a day. So a request that writes may cost memory, one that reads may not.
/// </summary>
internal sealed class Growth
{
    /// <summary>What caches that are bounded may still have had room for, in bytes.</summary>
    private const long Slack = 16L * 1024 * 1024;

    /// <summary>What one request that is taken may leave behind on average, in bytes: with every 130 requests a campaign comes with its ideas, tokens and board.</summary>
    private const long PerTaken = 4 * 1024;

    private readonly List<(long Bytes, int Open, int Taken)> writes = [];
    private readonly List<(long Bytes, int Open)> reads = [];

    private static long Bytes => GC.GetTotalMemory(forceFullCollection: true);

    private static int OpenFiles => Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0;

    /// <summary>Measures after requests that may write.</summary>
    /// <param name="taken">How many requests were taken so far.</param>
    public void NoteWrites(int taken) => writes.Add((Bytes, OpenFiles, taken));

    /// <summary>Measures after requests that only read.</summary>
    public void NoteReads() => reads.Add((Bytes, OpenFiles));

    /// <summary>Fails if it grew by more than what was taken explains, or holds files open.</summary>
    public void ShouldBeBounded()
    {
        (writes[^1].Bytes - writes[0].Bytes).ShouldBeLessThan(Slack + PerTaken * (writes[^1].Taken - writes[0].Taken), ToString());
        (reads[^1].Bytes - reads[0].Bytes).ShouldBeLessThan(Slack, ToString());
        // A few connections of requests that have only just ended may be open.
        (reads[^1].Open - writes[0].Open).ShouldBeLessThan(50, ToString());
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"held {string.Join(" → ", writes.Select(static note => $"{Megabytes(note.Bytes)} MB and {note.Open} files after {note.Taken} taken"))}; while only reading {string.Join(" → ", reads.Select(static note => $"{Megabytes(note.Bytes)} MB and {note.Open} files"))}; working set {Megabytes(Environment.WorkingSet)} MB";

    private static string Megabytes(long bytes) => (bytes / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture);
}
