namespace IdeaVote.Server.Tests.Support;

/// <summary>
/// A server that listens in the tests' own process, for whatever needs neither signals nor a command line: a process of its own compiles
/// all of the product anew before it answers.
/// </summary>
internal sealed class HostedServer : IAsyncDisposable
{
    private readonly IdeaVoteServer server;

    private HostedServer(IdeaVoteServer server)
    {
        this.server = server;
        Client = ServerProcess.Connect(server.Address(), ServerLaunch.TestToken);
    }

    /// <summary>Speaks to it as its administrator.</summary>
    public HttpClient Client { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => Client.BaseAddress!;

    public static async Task<HostedServer> StartAsync(string data)
    {
        var server = await IdeaVoteServer.CreateAsync(
            new ServerOptions { DataFolder = data, Urls = "http://127.0.0.1:0", AdminToken = ServerLaunch.TestToken });
        await server.App.StartAsync();
        return new HostedServer(server);
    }

    /// <summary>Ends it as one that is asked to end: what waits is answered, snapshots are saved.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
    }
}
