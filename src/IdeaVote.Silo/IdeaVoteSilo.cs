using System.Net;
using System.Security.Cryptography;
using IdeaVote.Engine;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Grains.Hosting;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Projections;
using IdeaVote.Gateway;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Health;
using IdeaVote.Portal;
using IdeaVote.Portal.Accounts;
using IdeaVote.Server.Telemetry;
using IdeaVote.Silo.Storage;
using IdeaVote.Storage.Sqlite.Projections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Orleans.Configuration;
using Orleans.Dashboard;
using GatewayOptions = IdeaVote.Gateway.GatewayOptions;

namespace IdeaVote.Silo;

/// <summary>One process of the cluster: grains, the gateway, or both.</summary>
public sealed class IdeaVoteSilo : IAsyncDisposable
{
    private static readonly string[] Sources = ["Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application"];
    private static readonly string[] Meters = ["Microsoft.Orleans"];

    private readonly SiloOptions options;
    private readonly ClusterStorage storage;
    private readonly Stack<IAsyncDisposable> opened;
    private readonly TelemetryExport telemetry;

    private IdeaVoteSilo(SiloOptions options, ClusterStorage storage, Stack<IAsyncDisposable> opened, TelemetryExport telemetry, WebApplication app)
    {
        (this.options, this.storage, this.opened, this.telemetry) = (options, storage, opened, telemetry);
        App = app;
    }

    /// <summary>The application; its services hold the engine and the stores.</summary>
    public WebApplication App { get; }

    /// <summary>Opens the stores and puts the process together; it neither joins nor listens yet.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="configure">A last word on the application's building, for tests.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="JournalException">The stores can't be used; the message says why and what to do.</exception>
    public static async Task<IdeaVoteSilo> CreateAsync(SiloOptions options, Action<WebApplicationBuilder>? configure = null, CancellationToken cancellation = default)
    {
        var storage = await ClusterStorage.OpenAsync(options, cancellation);
        return await CreateAsync(options, storage, [storage], configure, cancellation);
    }

    /// <summary>As the other, on stores that are open already.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="storage">The stores.</param>
    /// <param name="owned">What is to be closed with the process.</param>
    /// <param name="configure">A last word on the application's building.</param>
    /// <param name="cancellation">Stops waiting.</param>
    internal static async Task<IdeaVoteSilo> CreateAsync(
        SiloOptions options, ClusterStorage storage, IEnumerable<IAsyncDisposable> owned, Action<WebApplicationBuilder>? configure, CancellationToken cancellation = default)
    {
        var telemetry = TelemetryExport.Start(options.Metrics, Sources, Meters);
        var opened = new Stack<IAsyncDisposable>(owned);
        try
        {
            var secret = await storage.Access.GetOrAddSecretAsync(options.Secret ?? RandomNumberGenerator.GetBytes(32), cancellation);
            var partitions = await PartitionCount.EstablishAsync(storage.Journal, options.Partitions, cancellation);
            var folder = new ScratchFolder(options.Folder);
            opened.Push(folder);
            var search = SqliteSearchIndex.Open(folder.File("search.db"), storage.Texts);
            opened.Push(search);
            var backers = SqliteBackersIndex.Open(folder.File("backers.db"));
            opened.Push(backers);
            var discussions = SqliteDiscussionIndex.Open(folder.File("discussions.db"));
            opened.Push(discussions);
            var news = SqliteNewsIndex.Open(folder.File("news.db"));
            opened.Push(news);
            var invitations = SqliteInvitationIndex.Open(folder.File("invitations.db"));
            opened.Push(invitations);
            var app = Build(options, storage, secret, new PartitionedOptions { Partitions = partitions }, search, backers, discussions, news, invitations, telemetry, configure);
            return new IdeaVoteSilo(options, storage, opened, telemetry, app);
        }
        catch
        {
            await CloseAsync(opened);
            telemetry.Dispose();
            throw;
        }
    }

    /// <summary>Joins, serves, and leaves in good order when it is told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await App.StartAsync(cancellation);
        await Console.Out.WriteLineAsync($"Joined cluster {options.Cluster} as {options.Role.ToString().ToLowerInvariant()}. Storage: {storage.Location}.");
        if (options.ServesPeople)
        {
            await Console.Out.WriteLineAsync($"Listening on {Address()}");
            if (await App.Services.GetRequiredService<SetupLink>().PathAsync(cancellation) is { } setup)
                await Console.Out.WriteLineAsync($"Set up at {new Uri(Address(), setup)} makes the first administrator of the portal.");
        }
        var draining = Drain.RunAsync(App, options.Drain, options.Time, cancellation);
        await App.WaitForShutdownAsync(CancellationToken.None);
        await draining;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address()
    {
        var address = App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? options.Urls;
        return new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
    }

    /// <summary>Leaves the cluster and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await CloseAsync(opened);
        telemetry.Dispose();
    }

    private static async Task CloseAsync(Stack<IAsyncDisposable> opened)
    {
        while (opened.TryPop(out var part))
            await part.DisposeAsync();
    }

    private static WebApplication Build(
        SiloOptions options, ClusterStorage storage, byte[] secret, PartitionedOptions partitions, SqliteSearchIndex search, SqliteBackersIndex backers,
        SqliteDiscussionIndex discussions, SqliteNewsIndex news, SqliteInvitationIndex invitations, TelemetryExport telemetry, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "IdeaVote.Silo" });
        // A silo alone listens where only health checks of its own machine reach it.
        builder.WebHost.UseUrls(options.Urls);
        LogOutput.Add(builder.Logging, options.LogsJson);
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(60));
        builder.Services.AddKeyedSingleton(VoteClock.Key, options.Time);
        builder.Services.AddSingleton(storage.Journal);
        builder.Services.AddSingleton(storage.Texts);
        builder.Services.AddSingleton(storage.Access);
        builder.Services.AddSingleton(partitions);
        builder.Services.AddSingleton<ISearchIndex>(search);
        // Whoever serves nobody searches for nobody.
        if (options.ServesPeople)
            builder.Services.AddSingleton<IProjection>(search).AddSingleton<IProjection>(discussions).AddSingleton<IProjection>(news)
                .AddSingleton<IProjection>(invitations);
        builder.Services.AddSingleton<IDiscussionIndex>(discussions);
        builder.Services.AddSingleton<INewsIndex>(news);
        builder.Services.AddSingleton<IInvitationIndex>(invitations);
        builder.Services.AddSingleton<IBackersIndex>(backers);
        builder.Services.AddGrainEngine(keepsBoards: options.HostsGrains);
        AddCluster(builder, options, storage);
        var readiness = new Readiness();
        AddPeople(builder, options, storage, secret, readiness);
        configure?.Invoke(builder);
        var app = builder.Build();
        readiness.Watch(app.Services);
        if (!options.ServesPeople)
        {
            app.MapHealth();
            // Nobody here knows tokens.
            if (options.Metrics == MetricsAccess.Public)
                app.MapMetrics(telemetry.Scrape, options.Metrics);
            return app;
        }
        // Before the gateway, which checks that every endpoint says who may call it.
        if (options.Dashboard)
            app.MapOrleansDashboard("/orleans").Requires(Scopes.Admin).ExcludeFromDescription();
        app.MapMetrics(telemetry.Scrape, options.Metrics);
        app.MapGateway(PortalExtensions.MapPortal);
        return app;
    }

    private static void AddCluster(WebApplicationBuilder builder, SiloOptions options, ClusterStorage storage)
    {
        if (!options.HostsGrains)
        {
            builder.UseOrleansClient(client =>
            {
                storage.Configure(client, options);
                if (OtlpSignals.OfProcess.Traces)
                    client.AddActivityPropagation();
                if (options.Dashboard)
                    client.AddDashboard();
                client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = GrainEngineExtensions.ResponseTimeout);
            });
            return;
        }
        builder.UseOrleans(silo =>
        {
            storage.Configure(silo, options);
            silo.AddIdeaVoteGrains(traces: OtlpSignals.OfProcess.Traces);
            if (options.Dashboard)
                silo.AddDashboard();
            if (options.Storage != SiloStorage.Localhost)
                silo.Configure<EndpointOptions>(endpoint =>
                {
                    (endpoint.SiloPort, endpoint.GatewayPort) = (options.SiloPort, options.GatewayPort);
                    if (options.Address is { } address)
                        endpoint.AdvertisedIPAddress = IPAddress.Parse(address);
                });
        });
    }

    private static void AddPeople(WebApplicationBuilder builder, SiloOptions options, ClusterStorage storage, byte[] secret, Readiness readiness)
    {
        builder.Services.AddSingleton(new GatewayOptions
        {
            AdminToken = options.AdminToken,
            Secret = secret,
            SharesStores = storage.IsShared,
            Rates = options.Rates,
            Proxies = options.Proxies,
            Logs = options.Logs,
            IsReady = () => readiness.IsReady,
        });
        builder.Services.AddGateway();
        builder.Services.AddSingleton(storage.Accounts);
        builder.Services.AddSingleton(options.Mail);
        builder.Services.AddPortal();
    }
}
