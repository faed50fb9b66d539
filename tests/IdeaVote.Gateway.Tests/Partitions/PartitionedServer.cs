using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Server;
using IdeaVote.Storage.Sqlite.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Gateway.Tests.Partitions;

/// <summary>
/// The API on a journal of several partitions: a cluster's engine, all of it in this process and in memory, in the place of the server's
/// own. Nothing is searched or refunded.
/// </summary>
public sealed class PartitionedServer : ApiHost, IAsyncLifetime
{
    public const int Partitions = 4;

    private readonly MemoryJournal journal = new();
    private LocalAggregates aggregates = null!;
    private CampaignFollowers followers = null!;
    private PartitionedEngine engine = null!;
    private IdeaVoteServer server = null!;

    public async Task InitializeAsync()
    {
        // Always the same ids, so that voters always fall into the same partitions.
        await using (var access = SqliteAccessStore.Open(Path.Combine(Folder, "access.db")))
            await access.GetOrAddSecretAsync(new byte[32]);
        var options = new PartitionedOptions { Partitions = await PartitionCount.EstablishAsync(journal, Partitions) };
        aggregates = new LocalAggregates(journal, options, new PartitionOptions(), Clock);
        aggregates.Followers = followers = new CampaignFollowers(journal, [], options, Clock);
        engine = new PartitionedEngine(journal, aggregates, followers, options, Clock);
        server = await IdeaVoteServer.CreateAsync(
            new ServerOptions { DataFolder = Folder, Urls = "http://127.0.0.1:0", AdminToken = AdminToken, Time = Clock },
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(Log);
                builder.Services.AddSingleton<IEngine>(engine);
            });
        await server.App.StartAsync();
        Connect(server.Address());
    }

    public Task DisposeAsync() => EndAsync(async () =>
    {
        Disconnect();
        await server.App.StopAsync();
        await server.DisposeAsync();
        aggregates.Dispose();
        await followers.DisposeAsync();
        engine.Dispose();
    });

    /// <summary>How many events each partition of a campaign holds.</summary>
    public async Task<long[]> EventsAsync(string campaign)
    {
        CampaignId id = server.App.Services.GetRequiredService<Pseudonyms>().Campaign(campaign);
        var events = new List<long>();
        for (var number = 0; number < Partitions; number++)
            events.Add(await journal.HeadAsync(PartitionMap.Name(id, number)));
        return [.. events];
    }
}
