using System.Diagnostics;
using Spectre.Console;

namespace IdeaVote.Cli.Output;

/// <summary>Says that work goes on when it takes longer than a second: a turning sign on a terminal, else a plain line every few seconds.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Runs the work.</summary>
    /// <param name="host">Where the signs go.</param>
    /// <param name="what">What is going on, and how far it is.</param>
    /// <param name="work">The work, which may keep a processor busy.</param>
    public static async Task<T> ForAsync<T>(CliHost host, Func<string> what, Func<Task<T>> work)
    {
        var started = Stopwatch.GetTimestamp();
        var running = Task.Run(work);
        // Seconds that pass for the user, whatever clock the requests go by.
        if (await EndsAsync(running, Patience))
            return await running;
        if (host.Terminal is { } terminal)
        {
            await terminal.Status().StartAsync(Markup.Escape(Line(what, started)), async status =>
            {
                while (!await EndsAsync(running, Turn))
                    status.Status = Markup.Escape(Line(what, started));
            });
            return await running;
        }
        while (!await EndsAsync(running, Interval))
            host.Error.WriteLine(Line(what, started));
        return await running;
    }

    private static async Task<bool> EndsAsync(Task running, TimeSpan within) => await Task.WhenAny(running, Task.Delay(within)) == running;

    private static string Line(Func<string> what, long started) =>
        $"{TerminalText.Clean(what())}, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s";
}
