using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using IdeaVote.Engine;
using IdeaVote.Engine.Partitions;
using IdeaVote.Silo;
using IdeaVote.Silo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>A silo in this process that keeps everything in memory, with a clock that tests move, in the place of the server.</summary>
public sealed class TestServer : IAsyncLifetime, IAsyncDisposable
{
    public const string AdminToken = "the-administrator-of-the-tests-0123456789";

    private readonly byte[]? secret;
    private readonly ErrorLog log = new();
    private readonly ConcurrentDictionary<(string Scopes, string? Voter, string? Address), Task<Api>> callers = new();
    private ClusterStorage storage = null!;
    private IdeaVoteSilo? silo;
    private HttpClient http = null!;

    public TestServer()
        : this(null)
    {
    }

    private TestServer(byte[]? secret) => this.secret = secret;

    public TestClock Clock { get; } = new();

    /// <summary>Where texts, accounts and what can be made again lie; it is deleted with the silo.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("ideavote-test-").FullName;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => silo!.App.Services;

    /// <summary>What the silo logged as an error so far.</summary>
    public IReadOnlyCollection<string> Errors => log.Errors;

    /// <summary>Somebody without a token.</summary>
    public Api Anyone => new(http, []);

    /// <summary>The administrator.</summary>
    public Api Admin => Anyone.WithToken(AdminToken);

    /// <summary>Starts a silo that no class shares.</summary>
    /// <param name="secret">Its secret, 32 bytes; null for a random one.</param>
    public static async Task<TestServer> StartAsync(byte[]? secret = null)
    {
        var started = new TestServer(secret);
        await started.InitializeAsync();
        return started;
    }

    public async Task InitializeAsync()
    {
        storage = await ClusterStorage.OpenAsync(new SiloOptions { Folder = Folder }, default);
        await OpenAsync();
    }

    /// <summary>Stops the silo and starts another on the same stores.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await OpenAsync();
    }

    /// <summary>Stops the silo; its stores stay.</summary>
    public async Task StopAsync()
    {
        if (silo is null)
            return;
        http.Dispose();
        await silo.App.StopAsync();
        await silo.DisposeAsync();
        silo = null;
    }

    /// <summary>What reminders do that outlive their silo, which those in memory don't.</summary>
    private async Task RemindAsync()
    {
        foreach (var campaign in await Services.GetRequiredService<IEngine>().CampaignsAsync())
            await Services.GetRequiredService<RefundDesk>().TakeAsync(campaign);
    }

    private async Task OpenAsync()
    {
        var (siloPort, gatewayPort) = Ports.Take();
        var options = new SiloOptions
        {
            Urls = "http://127.0.0.1:0",
            AdminToken = AdminToken,
            Secret = secret,
            Folder = Folder,
            Dashboard = false,
            SiloPort = siloPort,
            GatewayPort = gatewayPort,
            Time = Clock,
        };
        silo = await IdeaVoteSilo.CreateAsync(options, storage, [], builder => builder.Logging.ClearProviders().AddProvider(log));
        await silo.App.StartAsync();
        await RemindAsync();
        Address = silo.Address();
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

    /// <summary>A caller with a token of these scopes, issued when first asked for.</summary>
    public Task<Api> AsAsync(string scopes, string? voter = null, string? address = null) =>
        callers.GetOrAdd((scopes, voter, address), key => IssueAsync(key.Scopes, key.Voter, key.Address));

    /// <summary>A voter with a token of their own.</summary>
    public Task<Api> VoterAsync(string name, string? address = null) => AsAsync("vote", name, address);

    public async Task DisposeAsync()
    {
        try
        {
            await StopAsync();
            await storage.DisposeAsync();
            log.Errors.ShouldBeEmpty();
        }
        finally
        {
            log.Dispose();
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
}
