using System.Diagnostics;

namespace IdeaVote.Benchmarks;

/// <summary>A server in a process of its own, so that its processor time can be told from that of whoever asks.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>The processor time that the process has used so far, in microseconds.</summary>
    public double ProcessorMicroseconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalMicroseconds;
        }
    }

    /// <summary>The memory that the process has now, in bytes.</summary>
    public long WorkingSetBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>The most memory that the process has had so far, in bytes.</summary>
    public long PeakWorkingSetBytes
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts a program of this folder.</summary>
    /// <param name="assembly">The file's name.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="environment">What its environment holds besides this process's own.</param>
    /// <returns>The process, once it has written where it listens.</returns>
    public static Task<ServerProcess> StartAsync(string assembly, IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && System.IO.Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [System.IO.Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return ReadyAsync(Process.Start(start)!);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<ServerProcess> ReadyAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal);
            if (at < 0)
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new ServerProcess(process, new Uri(line[at..].Split(' ', 2)[0]));
        }
        throw new InvalidOperationException($"The server ended with {process.ExitCode} before it listened.");
    }
}
