using IdeaVote.Engine;
using IdeaVote.Engine.Partitions;
using IdeaVote.Gateway.Limits;
using IdeaVote.Silo;
using IdeaVote.Silo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>A silo in this process that keeps its journal in memory, with a clock that tests move, in the place of the server.</summary>
public sealed class TestServer : ApiHost, IAsyncLifetime, IAsyncDisposable
{
    private readonly byte[]? secret;
    private ClusterStorage storage = null!;
    private IdeaVoteSilo? silo;

    public TestServer()
        : this(null)
    {
    }

    private TestServer(byte[]? secret) => this.secret = secret;

    public IServiceProvider Services => silo!.App.Services;

    public override string UsualLogs => "information,Microsoft=warning,Orleans=warning";

    public override bool MakesBackups => false;

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
        Disconnect();
        await silo.App.StopAsync();
        await silo.DisposeAsync();
        silo = null;
    }

    public Task DisposeAsync() => EndAsync(async () =>
    {
        await StopAsync();
        await storage.DisposeAsync();
    });

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

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
            // One voter of a test does in a second what none does in an hour.
            Rates = RateOptions.Off,
        };
        silo = await IdeaVoteSilo.CreateAsync(options, storage, [], builder => builder.Logging.ClearProviders().AddProvider(Log));
        await silo.App.StartAsync();
        await RemindAsync();
        Connect(silo.Address());
    }

    /// <summary>What reminders do that outlive their silo, which those in memory don't.</summary>
    private async Task RemindAsync()
    {
        foreach (var campaign in await Services.GetRequiredService<IEngine>().CampaignsAsync())
            await Services.GetRequiredService<FollowUpDesk>().TakeAsync(campaign);
    }
}
