using IdeaVote.Engine.Grains.Caches;
using IdeaVote.Engine.Grains.Hosting;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Postgres.Access;
using IdeaVote.Storage.Postgres.Accounts;
using IdeaVote.Storage.Postgres.Journal;
using IdeaVote.Storage.Postgres.Texts;
using Orleans.Configuration;
using StackExchange.Redis;

namespace IdeaVote.Silo.Storage;

/// <summary>
/// Journal, texts and accounts in PostgreSQL. What Orleans keeps lies in Redis, which needs no schema; should it be lost, no vote is:
/// processes find each other anew, snapshots are made again, and reminders when their campaigns are next asked for.
/// </summary>
internal sealed class PostgresCluster : ClusterStorage
{
    private readonly string location;

    private PostgresCluster(string location) => this.location = location;

    public override string Location => location;

    public static async Task<ClusterStorage> ConnectAsync(SiloOptions options, CancellationToken cancellation)
    {
        await CheckRedisAsync(options.Redis!);
        var journal = await PostgresJournal.OpenAsync(options.Journal!, cancellation);
        var access = await PostgresAccessStore.OpenAsync(options.Journal!, cancellation);
        var texts = await PostgresTextStore.OpenAsync(options.Journal!, cancellation);
        var accounts = await PostgresAccountStore.OpenAsync(options.Journal!, cancellation);
        var storage = new PostgresCluster(journal.Location) { Journal = journal, Texts = texts, Access = access, Accounts = accounts };
        storage.Keep(journal, access, texts, accounts);
        return storage;
    }

    public override void Configure(ISiloBuilder silo, SiloOptions options)
    {
        var redis = ConfigurationOptions.Parse(options.Redis!);
        silo.UseRedisClustering(clustering => clustering.ConfigurationOptions = redis);
        silo.UseRedisReminderService(reminders => reminders.ConfigurationOptions = redis);
        silo.AddRedisGrainStorage(SiloParts.Storage, storage =>
        {
            storage.ConfigurationOptions = redis;
            storage.GrainStorageSerializer = new SnapshotSerializer();
        });
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster, options.Cluster));
    }

    public override void Configure(IClientBuilder client, SiloOptions options)
    {
        client.UseRedisClustering(clustering => clustering.ConfigurationOptions = ConfigurationOptions.Parse(options.Redis!));
        client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster, options.Cluster));
    }

    /// <summary>Says in one line what is wrong with Redis, rather than have every part of the silo say it.</summary>
    private static async Task CheckRedisAsync(string address)
    {
        try
        {
            var wanted = ConfigurationOptions.Parse(address);
            wanted.AbortOnConnectFail = true;
            await using var connection = await ConnectionMultiplexer.ConnectAsync(wanted);
            await connection.GetDatabase().PingAsync();
        }
        catch (Exception e) when (e is RedisException or ArgumentException)
        {
            // Its message repeats the address, and with it the password.
            throw new JournalException("The Redis server named in IDEAVOTE_REDIS can't be reached. Check its address, that it runs, and its password.");
        }
    }
}
