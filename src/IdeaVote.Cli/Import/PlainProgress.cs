namespace IdeaVote.Cli.Import;

/// <summary>Progress for logs: a plain line every few seconds, nothing for work that is done sooner.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="time">The clock.</param>
internal sealed class PlainProgress(TextWriter output, TimeProvider time) : IImportProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public Task RunAsync(string what, int total, Func<Action, Task> work)
    {
        var start = time.GetTimestamp();
        var shown = start;
        var done = 0;
        return work(() =>
        {
            done++;
            if (time.GetElapsedTime(shown) < Interval)
                return;
            shown = time.GetTimestamp();
            output.WriteLine(Line(what, done, total, time.GetElapsedTime(start)));
        });
    }

    private static string Line(string what, int done, int total, TimeSpan elapsed)
    {
        var rate = done / elapsed.TotalSeconds;
        var left = TimeSpan.FromSeconds(Math.Ceiling((total - done) / rate));
        return $"{what}: {done} of {total}, {rate:0.#} a second, {left:c} left";
    }
}
