using IdeaVote.Cli.Output;
using Spectre.Console;

namespace IdeaVote.Cli;

/// <summary>Everything of the world outside that the commands use, so that they can be driven without it.</summary>
internal sealed class CliHost
{
    /// <summary>Sends the requests. Should not follow redirects: they would lose the body or the token.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where everything else goes: errors, warnings, progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Reads environment variables; null for one that is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Spreads retries: gives numbers from 0 up to, not including, 1.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>The width of the terminal results go to, in columns; null if they go elsewhere.</summary>
    public int? OutWidth { get; init; }

    /// <summary>The terminal behind <see cref="Error"/>; null if there is none.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>Tells the user something beside the result, whoever wrote it.</summary>
    public void Note(string text)
    {
        var line = TerminalText.Clean(text);
        // Through the terminal's own console a line does not tear a progress bar.
        if (Terminal is { } terminal)
            terminal.WriteLine(line);
        else
            Error.WriteLine(line);
    }
}
