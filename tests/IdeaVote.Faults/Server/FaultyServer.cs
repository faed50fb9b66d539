using System.Diagnostics;
using System.Net.Http.Headers;

namespace IdeaVote.Faults.Server;

/// <summary>A server in a process of its own, to be broken.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    /// <summary>How long anything may take; what takes longer hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly ServerOutput output;
    private readonly Task exited;

    private FaultyServer(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        output = new ServerOutput(process);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        exited = process.WaitForExitAsync();
    }

    /// <summary>Speaks to it as its administrator, once it listens.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Where it listens.</summary>
    public Uri Address => Client.BaseAddress!;

    public bool HasExited => process.HasExited;

    /// <summary>What it has written to standard error.</summary>
    public string Errors => output.Errors;

    /// <summary>Everything it has written.</summary>
    public string Output => output.All;

    public int ExitCode => process.ExitCode;

    /// <summary>The memory it has, in bytes.</summary>
    public long MemoryBytes
    {
        get
        {
            process.Refresh();
            return process.HasExited ? 0 : process.WorkingSet64;
        }
    }

    /// <summary>Starts a server and waits for nothing.</summary>
    public static FaultyServer Launch(FaultyLaunch launch) => new(launch.ToStartInfo());

    /// <summary>Waits until it takes requests, or has ended.</summary>
    /// <returns>Whether it takes requests.</returns>
    public async Task<bool> IsUpAsync()
    {
        var listening = output.LineAsync("Listening on");
        await Task.WhenAny(listening, exited).WaitAsync(Patience);
        if (!listening.IsCompletedSuccessfully)
            return false;
        var address = new Uri((await listening).Split("Listening on")[1].Trim());
        Client = Connect(address);
        return true;
    }

    /// <summary>A client of its own.</summary>
    public static HttpClient Connect(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", FaultyLaunch.Token);
        return client;
    }

    /// <summary>Ends it like <c>kill -9</c>: it gets to do nothing more.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await ExitAsync();
    }

    /// <summary>Asks it to end, as service managers do.</summary>
    public void AskToEnd()
    {
        if (!process.HasExited)
            Signals.SendTerminate(process.Id);
    }

    /// <summary>Waits until it has ended by itself and all it wrote is read.</summary>
    public Task ExitAsync() => exited.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Client?.Dispose();
        process.Dispose();
    }
}
