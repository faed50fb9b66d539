using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using IdeaVote.Engine.Embedded;
using IdeaVote.Server;
using IdeaVote.Storage.Sqlite.Access;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>
/// The real server in this process: real Kestrel, real stores in a folder of its own, and a clock that tests move. Campaigns
/// with keys of their own keep the tests of a class apart.
/// </summary>
public sealed class TestServer : IAsyncLifetime, IAsyncDisposable
{
    public const string AdminToken = "the-administrator-of-the-tests-0123456789";

    private readonly byte[]? secret;
    private readonly EmbeddedOptions engine;
    private readonly ErrorLog log = new();
    private readonly ConcurrentDictionary<(string Scopes, string? Voter, string? Address), Task<Api>> callers = new();
    private IdeaVoteServer? server;
    private HttpClient http = null!;

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

    public TestClock Clock { get; } = new();

    /// <summary>The data folder; it is deleted with the server.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("ideavote-test-").FullName;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => server!.App.Services;

    /// <summary>What the server logged as an error so far.</summary>
    public IReadOnlyCollection<string> Errors => log.Errors;

    /// <summary>Somebody without a token.</summary>
    public Api Anyone => new(http, []);

    /// <summary>The administrator.</summary>
    public Api Admin => Anyone.WithToken(AdminToken);

    /// <summary>Starts a server that no class shares.</summary>
    /// <param name="secret">The server's secret, 32 bytes; null for a random one.</param>
    /// <param name="engine">How its engine behaves.</param>
    public static async Task<TestServer> StartAsync(byte[]? secret = null, EmbeddedOptions? engine = null)
    {
        var started = new TestServer(secret, engine);
        await started.InitializeAsync();
        return started;
    }

    public async Task InitializeAsync()
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
        http.Dispose();
        await server.App.StopAsync();
        await server.DisposeAsync();
        server = null;
    }

    /// <summary>A caller with a token of these scopes, issued when first asked for.</summary>
    /// <param name="scopes">Scopes, with spaces between.</param>
    /// <param name="voter">The voter the token is bound to.</param>
    /// <param name="address">That voter's confirmed address.</param>
    public Task<Api> AsAsync(string scopes, string? voter = null, string? address = null) =>
        callers.GetOrAdd((scopes, voter, address), key => IssueAsync(key.Scopes, key.Voter, key.Address));

    /// <summary>A voter with a token of their own.</summary>
    public Task<Api> VoterAsync(string name, string? address = null) => AsAsync("vote", name, address);

    public async Task DisposeAsync()
    {
        try
        {
            await StopAsync();
            log.Errors.ShouldBeEmpty();
        }
        finally
        {
            log.Dispose();
            if (Directory.Exists(Folder))
                Directory.Delete(Folder, recursive: true);
        }
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    private async Task<Api> IssueAsync(string scopes, string? voter, string? address)
    {
        var request = JsonSerializer.Serialize(new { name = "test", scopes = scopes.Split(' '), voter, address });
        var issued = await Admin.PostAsync("tokens", request).Expect(201);
        return Anyone.WithToken(issued.Text("token"));
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
            },
            builder => builder.Logging.ClearProviders().AddProvider(log));
        await server.App.StartAsync();
        Address = server.Address();
        http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 64,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        })
        {
            BaseAddress = Address,
            DefaultRequestVersion = HttpVersion.Version11,
            Timeout = TimeSpan.FromSeconds(100),
        };
        callers.Clear();
    }
}
