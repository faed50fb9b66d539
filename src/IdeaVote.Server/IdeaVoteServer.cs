using System.Net;
using IdeaVote.Engine;
using IdeaVote.Engine.Embedded;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway;
using IdeaVote.Portal;
using IdeaVote.Portal.Accounts;
using IdeaVote.Server.Demo;
using IdeaVote.Server.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace IdeaVote.Server;

/// <summary>One server: the gateway on the embedded engine, on the stores of one data folder or database.</summary>
public sealed class IdeaVoteServer : IAsyncDisposable
{
    private readonly ServerOptions options;
    private readonly Stores stores;
    private readonly EmbeddedEngine engine;
    private readonly TelemetryExport telemetry;
    private readonly StorageGauges storage;
    private readonly string adminToken;

    private IdeaVoteServer(ServerOptions options, Stores stores, EmbeddedEngine engine, TelemetryExport telemetry, WebApplication app, string adminToken)
    {
        this.options = options;
        this.stores = stores;
        this.engine = engine;
        this.telemetry = telemetry;
        storage = new StorageGauges(stores.Folder);
        this.adminToken = adminToken;
        App = app;
    }

    /// <summary>The web application; its services hold the engine and the stores.</summary>
    public WebApplication App { get; }

    /// <summary>Opens the stores, folds what is to be folded, and puts the web application together; it does not listen yet.</summary>
    /// <param name="options">What to serve and where.</param>
    /// <param name="configure">A last word on the application's building, for tests that host it in memory.</param>
    /// <exception cref="JournalException">The data can't be used; the message says why and what to do.</exception>
    public static async Task<IdeaVoteServer> CreateAsync(ServerOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var telemetry = TelemetryExport.Start(options.Metrics);
        var stores = await Stores.OpenAsync(options);
        EmbeddedEngine? engine = null;
        try
        {
            var adminToken = options.AdminToken ?? AdminTokenFile.ReadOrMake(stores.File(AdminTokenFile.Name));
            engine = await EmbeddedEngine.StartAsync(
                stores.Journal, Stores.Partition, stores.Snapshots, [stores.Search, stores.Backers, stores.Discussions, stores.News, stores.Invitations], options.Engine, options.Time);
            var app = Build(options, stores, engine, telemetry, adminToken, configure);
            return new IdeaVoteServer(options, stores, engine, telemetry, app, adminToken);
        }
        catch
        {
            if (engine is not null)
                await engine.DisposeAsync();
            await stores.DisposeAsync();
            telemetry.Dispose();
            throw;
        }
    }

    /// <summary>Listens until the process is told to stop or the engine fails.</summary>
    /// <exception cref="JournalException">
    /// The engine failed, or another server has taken the journal over; what was acknowledged is safe, and nothing more is.
    /// </exception>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await App.StartAsync(cancellation);
        var lifetime = App.Services.GetRequiredService<IHostApplicationLifetime>();
        await using var ownership = OwnerWatch.Start(stores.IsOwnerAsync, options.Time);
        var completion = Task.WhenAny(engine.Completion, ownership.Lost).Unwrap();
        _ = StopOnFailureAsync(completion, lifetime);
        await Welcome.WriteAsync(Console.Out, Address(), stores.Folder, stores.Location, options.AdminToken is null ? stores.File(AdminTokenFile.Name) : null,
            await SetupPathAsync(cancellation));
        var draining = Drain.RunAsync(App, options.Drain, options.Time, cancellation);
        if (options.Demo)
            await OpenDemoAsync(lifetime.ApplicationStopping);
        await App.WaitForShutdownAsync(CancellationToken.None);
        await draining;
        // It ends before the stop that it causes, so a failure is never taken for an ordinary end.
        if (completion.IsCompleted)
            await completion;
    }

    /// <summary>The path of the page that makes the portal's first administrator; null if there is one.</summary>
    public ValueTask<string?> SetupPathAsync(CancellationToken cancellation = default) => App.Services.GetRequiredService<SetupLink>().PathAsync(cancellation);

    /// <summary>Where the server listens.</summary>
    public Uri Address()
    {
        var address = App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? options.Urls;
        return new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
    }

    /// <summary>Stops listening, answers what waits, saves snapshots, and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await engine.DisposeAsync();
        await stores.DisposeAsync();
        telemetry.Dispose();
        storage.Dispose();
    }

    private static WebApplication Build(
        ServerOptions options, Stores stores, EmbeddedEngine engine, TelemetryExport telemetry, string adminToken, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "IdeaVote.Server" });
        builder.WebHost.UseUrls(options.Urls);
        LogOutput.Add(builder.Logging, options.LogsJson);
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
        builder.Services.AddKeyedSingleton(VoteClock.Key, options.Time);
        builder.Services.AddSingleton<IEngine>(engine);
        builder.Services.AddSingleton<IProjectionWaiter>(engine);
        builder.Services.AddSingleton(stores.Texts);
        builder.Services.AddSingleton(stores.Access);
        if (stores.Backup is { } backup)
            builder.Services.AddSingleton(backup);
        builder.Services.AddSingleton<ISearchIndex>(stores.Search);
        builder.Services.AddSingleton<IDiscussionIndex>(stores.Discussions);
        builder.Services.AddSingleton<INewsIndex>(stores.News);
        builder.Services.AddSingleton<IInvitationIndex>(stores.Invitations);
        builder.Services.AddSingleton(new GatewayOptions
        {
            AdminToken = adminToken,
            Secret = stores.Secret,
            DataFolder = stores.Folder,
            Rates = options.Rates,
            Proxies = options.Proxies,
            Logs = options.Logs,
            IsReady = () => !engine.Completion.IsCompleted,
        });
        builder.Services.AddGateway();
        builder.Services.AddSingleton(stores.Accounts);
        builder.Services.AddSingleton(options.Mail);
        builder.Services.AddPortal();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapMetrics(telemetry.Scrape, options.Metrics);
        app.MapGateway(PortalExtensions.MapPortal);
        return app;
    }

    private static async Task StopOnFailureAsync(Task completion, IHostApplicationLifetime lifetime)
    {
        await completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }

    /// <summary>Opens the demo campaign, if there is nothing yet. The server must listen.</summary>
    /// <param name="cancellation">Stops it.</param>
    public async Task OpenDemoAsync(CancellationToken cancellation)
    {
        if (!stores.AreNew)
        {
            await Console.Out.WriteLineAsync($"The {(stores.Location is null ? "data folder" : "journal")} is not empty: serving what is there, without a demo campaign.");
            return;
        }
        using var client = new HttpClient { BaseAddress = Address(), DefaultRequestVersion = HttpVersion.Version11 };
        client.DefaultRequestHeaders.Authorization = new("Bearer", adminToken);
        try
        {
            await DemoCampaign.OpenAsync(client, cancellation);
        }
        catch (Exception e) when ((e is OperationCanceledException or HttpRequestException) && cancellation.IsCancellationRequested)
        {
            // The server is stopping, and whoever waits for that says why.
            return;
        }
        await Console.Out.WriteLineAsync($"A demo campaign is open: {new Uri(Address(), $"api/v1/campaigns/{DemoCampaign.Key}/leaderboard?by=rating")}");
    }
}
