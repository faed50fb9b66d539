using System.Diagnostics;
using IdeaVote.Silo.Tests.Support;

namespace IdeaVote.Silo.Tests.Cluster;

/// <summary>One process of a cluster, as people run it.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ServerOutput output;

    private SiloProcess(Process process)
    {
        this.process = process;
        output = new ServerOutput(process);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written.</summary>
    public string Output => output.All;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts a process and waits until it has joined.</summary>
    /// <param name="role">What it does.</param>
    /// <param name="journal">The database.</param>
    /// <param name="redis">The Redis server.</param>
    public static async Task<SiloProcess> StartAsync(string role, string journal, string redis)
    {
        var started = Launch(role, "postgres", journal, redis);
        var joined = started.output.LineAsync("Joined cluster");
        await Task.WhenAny(joined, started.process.WaitForExitAsync()).WaitAsync(Eventually.Patience);
        if (!joined.IsCompleted)
            throw new InvalidOperationException($"It ended instead of joining: {started.Output}");
        if (role != "silo")
            started.Address = new Uri((await started.output.LineAsync("Listening on").WaitAsync(Eventually.Patience)).Split("Listening on")[1].Trim());
        return started;
    }

    /// <summary>Starts a process and waits for nothing.</summary>
    public static SiloProcess Launch(string role, string storage, string? journal, string? redis)
    {
        var (siloPort, gatewayPort) = Ports.Take();
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "exec", Path.Combine(AppContext.BaseDirectory, "IdeaVote.Silo.dll"), "--role", role, "--storage", storage, "--urls", "http://127.0.0.1:0",
                "--silo-port", $"{siloPort}", "--gateway-port", $"{gatewayPort}", "--address", "127.0.0.1",
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["IDEAVOTE_ADMIN_TOKEN"] = ServerLaunch.TestToken;
        start.Environment["IDEAVOTE_JOURNAL"] = journal;
        start.Environment["IDEAVOTE_REDIS"] = redis;
        // The sockets that debuggers reach the runtime by lie in the temporary folder, and outlive a process that is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new SiloProcess(new Process { StartInfo = start });
    }

    /// <summary>Ends it like <c>kill -9</c>: it gets to do nothing more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        Signals.SendTerminate(process.Id);
        return await ExitAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }
}
