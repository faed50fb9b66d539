using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using IdeaVote.Cluster.Benchmarks.Baseline;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Grains;
using IdeaVote.Engine.Grains.Hosting;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Postgres.Journal;
using IdeaVote.Storage.Postgres.Tests.Server;
using IdeaVote.Storage.Sqlite.Projections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Storage;

namespace IdeaVote.Cluster.Benchmarks;

/// <summary>
/// One silo in this process on a PostgreSQL server of its own, put together as the product's silo of <c>--role silo</c> is; in it a
/// campaign, and both kinds of voters' grains.
/// </summary>
internal sealed class ClusterWorld : IAsyncDisposable
{
    // The journal's database and the baselines' are apart, so that none looks through another's tables.
    private const string Journal = "journal";
    private const string UsualStates = "usual";
    private const string LeanStates = "lean";

    private readonly Stack<object> opened = new();
    private string[] addresses = [];

    private ClusterWorld() { }

    public static CampaignId Campaign { get; } = new(Id("campaign", 0));

    /// <summary>The engine over the real grains.</summary>
    public IEngine Grains { get; private set; } = null!;

    /// <summary>The same engine over the grains that write their state once for each vote, to the storage that Orleans has for it.</summary>
    public IEngine Usual { get; private set; } = null!;

    /// <summary>The same again, to a storage that does nothing that need not be.</summary>
    public IEngine Lean { get; private set; } = null!;

    /// <summary>How to connect to the server.</summary>
    public string Address => addresses[0];

    public static IdeaId Idea(int number) => new(Id("idea", number));

    /// <summary>Ids made beforehand: hashing names is not what is measured.</summary>
    public static StreamId[] Voters(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => StreamId.Of(Campaign, new VoterId(Id("voter", number))))];

    /// <summary>Starts everything and makes the campaign.</summary>
    public static async Task<ClusterWorld> StartAsync(int ideas, int connections)
    {
        var world = new ClusterWorld();
        try
        {
            await world.OpenAsync(connections);
            await world.PrepareAsync(ideas);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has PostgreSQL look at its tables, from which it chooses the way to each row.</summary>
    public async Task AnalyzeAsync()
    {
        foreach (var address in addresses)
        {
            await using var source = NpgsqlDataSource.Create(address);
            await using var command = source.CreateCommand("ANALYZE");
            await command.ExecuteNonQueryAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (opened.TryPop(out var part))
        {
            if (part is IAsyncDisposable one)
                await one.DisposeAsync();
            else
                ((IDisposable)part).Dispose();
        }
    }

    private async Task OpenAsync(int connections)
    {
        var server = Keep(PostgresServer.Start("fsync = on", "synchronous_commit = on", "shared_buffers = 128MB", $"max_connections = {100 + 2 * connections}"));
        server.Create(Journal);
        server.Create(UsualStates);
        server.Create(LeanStates);
        addresses = [server.ConnectionString(Journal), server.ConnectionString(UsualStates), server.ConnectionString(LeanStates)];
        var journal = Keep(await PostgresJournal.OpenAsync(Address));
        await UsualStorage.PrepareAsync(addresses[1]);
        var states = Keep(await LeanStorage.OpenAsync(addresses[2], connections));
        var folder = Keep(new TempFolder());
        var backers = Keep(SqliteBackersIndex.Open(Path.Combine(folder.Path, "backers.db")));

        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IJournalStore>(journal);
        builder.Services.AddSingleton(new PartitionedOptions { Partitions = await PartitionCount.EstablishAsync(journal, null) });
        builder.Services.AddSingleton<IBackersIndex>(backers);
        builder.Services.AddGrainEngine(keepsBoards: true);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort());
            silo.UseInMemoryReminderService();
            silo.AddMemoryGrainStorage(SiloParts.Storage);
            silo.AddAdoNetGrainStorage(UsualStorage.Name, options =>
                (options.Invariant, options.ConnectionString) = (UsualStorage.Invariant, $"{addresses[1]};Maximum Pool Size={connections}"));
            silo.Services.AddKeyedSingleton<IGrainStorage>(LeanStorage.Name, states);
            silo.AddIdeaVoteGrains(traces: false);
        });
        var host = Keep(new RunningHost(builder.Build()));
        await host.StartAsync();
        var services = host.Services;
        Grains = services.GetRequiredService<IEngine>();
        Usual = Over<IUsualVoterStateGrain>();
        Lean = Over<ILeanVoterStateGrain>();

        PartitionedEngine Over<T>()
            where T : IAggregateGrain => Keep(new PartitionedEngine(
                journal, new StateAggregates<T>(services.GetRequiredService<IGrainFactory>()), services.GetRequiredService<CampaignFollowers>(),
                services.GetRequiredService<PartitionedOptions>(), TimeProvider.System));
    }

    private async Task PrepareAsync(int ideas)
    {
        var text = new TextRef(new TextId(Id("text", 0)), new string('0', 64));
        var rules = new Rules(
            new ApproveRule(null), new RateRule([1m]), null, VotesCanChange: true, ScoresHidden: false, null, WhoMayVote.Anyone, [], Moderated: false);
        Check(await Grains.SendAsync(
            StreamId.Of(Campaign),
            new CreateCampaign(text, Preset.Continuous, rules, [new Stage(Allows.Submit | Allows.Discuss | Allows.Vote, null)])));
        foreach (var reply in await Task.WhenAll(Enumerable.Range(0, ideas).Select(i => Grains.SendWhenRoomAsync(
            StreamId.Of(Campaign, Idea(i)), new SubmitIdea(text, ImmutableArray<TermId>.Empty, null, null)).AsTask())))
            Check(reply);
    }

    private static void Check(Reply reply)
    {
        if (reply.Kind != ReplyKind.Accepted)
            throw new InvalidOperationException($"The campaign could not be made: {reply}");
    }

    private T Keep<T>(T part)
        where T : notnull
    {
        opened.Push(part);
        return part;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Id Id(string kind, int number) => Domain.Kernel.Id.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {number}")));

    /// <summary>A host that leaves in good order.</summary>
    private sealed class RunningHost(IHost host) : IAsyncDisposable
    {
        public IServiceProvider Services => host.Services;

        public Task StartAsync() => host.StartAsync();

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }
    }
}
