using System.Diagnostics;
using System.Net.Http.Headers;

namespace IdeaVote.Server.Tests.Support;

/// <summary>A server in a process of its own, as people run it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process)
    {
        this.process = process;
        Output = new ServerOutput(process);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written.</summary>
    public ServerOutput Output { get; }

    /// <summary>Speaks to it as its administrator; not before it is ready.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Where it listens.</summary>
    public Uri Address => Client.BaseAddress!;

    public bool HasExited => process.HasExited;

    /// <summary>Starts a server and waits until it takes requests.</summary>
    public static async Task<ServerProcess> StartAsync(ServerLaunch launch)
    {
        var server = Launch(launch);
        try
        {
            var listening = server.Output.LineAsync("Listening on");
            var ended = server.ExitAsync();
            await Task.WhenAny(listening, ended);
            if (!listening.IsCompleted)
                throw new InvalidOperationException($"The server ended with {(await ended).Code} instead of serving: {server.Output.All}");
            server.Client = Connect(new Uri((await listening).Split("Listening on")[1].Trim()), launch.AdminToken);
            using var ready = await server.Client.GetAsync(new Uri("healthz/ready", UriKind.Relative));
            ready.EnsureSuccessStatusCode();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public static Task<ServerProcess> StartAsync(string data) => StartAsync(new ServerLaunch(data));

    /// <summary>Starts a server and waits for nothing.</summary>
    public static ServerProcess Launch(ServerLaunch launch) => new(new Process { StartInfo = launch.ToStartInfo() });

    /// <summary>Runs a server that is expected to end by itself.</summary>
    public static async Task<Exit> RunAsync(ServerLaunch launch)
    {
        await using var server = Launch(launch);
        var ended = server.ExitAsync();
        await Task.WhenAny(server.Output.LineAsync("Listening on"), ended);
        ended.IsCompleted.ShouldBeTrue("the server serves where it should not");
        return await ended;
    }

    /// <summary>A client of a server.</summary>
    public static HttpClient Connect(Uri address, string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = Eventually.Patience };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Ends it like <c>kill -9</c>: it gets to do nothing more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await ExitAsync();
    }

    /// <summary>Asks it to end, as Ctrl+C and service managers do, and waits until it has.</summary>
    public Task<Exit> TerminateAsync()
    {
        Signals.SendTerminate(process.Id);
        return ExitAsync();
    }

    /// <summary>Waits until it has ended by itself and all it wrote is read.</summary>
    public async Task<Exit> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return new Exit(process.ExitCode, Output.All, Output.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        Client?.Dispose();
        process.Dispose();
    }
}

/// <summary>How a server ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">All it wrote.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record Exit(int Code, string Output, string Errors);
