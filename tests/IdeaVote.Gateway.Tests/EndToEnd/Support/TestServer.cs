using IdeaVote.Engine.Embedded;
using IdeaVote.Gateway.Limits;
using IdeaVote.Server;
using IdeaVote.Storage.Sqlite.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>
/// The real server in this process: real Kestrel, real stores in a folder of its own, and a clock that tests move. Campaigns
/// with keys of their own keep the tests of a class apart.
/// </summary>
public class TestServer : ApiHost, IAsyncLifetime, IAsyncDisposable
{
    private readonly byte[]? secret;
    private readonly EmbeddedOptions engine;
    private IdeaVoteServer? server;

    public TestServer()
        : this(null, null)
    {
    }

    private TestServer(byte[]? secret, EmbeddedOptions? engine)
    {
        this.secret = secret;
        // Little stays in memory, so that much has to come back from its snapshot.
        this.engine = engine ?? new EmbeddedOptions { CacheWeight = 20_000, DirtyWeight = 10_000 };
    }

    public IServiceProvider Services => server!.App.Services;

    /// <summary>Starts a server that no class shares.</summary>
    /// <param name="secret">The server's secret, 32 bytes; null for a random one.</param>
    /// <param name="engine">How its engine behaves.</param>
    public static async Task<TestServer> StartAsync(byte[]? secret = null, EmbeddedOptions? engine = null)
    {
        var started = new TestServer(secret, engine);
        await started.InitializeAsync();
        return started;
    }

    public virtual async Task InitializeAsync()
    {
        if (secret is not null)
        {
            await using var access = SqliteAccessStore.Open(Path.Combine(Folder, "access.db"));
            await access.GetOrAddSecretAsync(secret);
        }
        await OpenAsync();
    }

    /// <summary>Stops the server and opens its folder again with another.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await OpenAsync();
    }

    /// <summary>Stops the server; its folder stays.</summary>
    public async Task StopAsync()
    {
        if (server is null)
            return;
        Disconnect();
        await server.App.StopAsync();
        await server.DisposeAsync();
        server = null;
    }

    public Task DisposeAsync() => EndAsync(StopAsync);

    ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return new ValueTask(DisposeAsync());
    }

    /// <summary>A last word on what the server is made of.</summary>
    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    private async Task OpenAsync()
    {
        server = await IdeaVoteServer.CreateAsync(
            new ServerOptions
            {
                DataFolder = Folder,
                Urls = "http://127.0.0.1:0",
                AdminToken = AdminToken,
                Time = Clock,
                Engine = engine,
                // One voter of a test does in a second what none does in an hour.
                Rates = RateOptions.Off,
            },
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(Log);
                Configure(builder);
            });
        await server.App.StartAsync();
        Connect(server.Address());
    }
}
