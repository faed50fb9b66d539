#if WITH_AZURE
using Azure.Data.Tables;
using Azure.Identity;
using IdeaVote.Engine.Grains.Caches;
using IdeaVote.Engine.Grains.Hosting;
using IdeaVote.Storage.Azure.Access;
using IdeaVote.Storage.Azure.Accounts;
using IdeaVote.Storage.Azure.Connections;
using IdeaVote.Storage.Azure.Journal;
using IdeaVote.Storage.Azure.Texts;
using Orleans.Configuration;

namespace IdeaVote.Silo.Storage;

/// <summary>Everything in the tables of one Azure storage account, entered by a connection string or by the managed identity.</summary>
internal sealed class AzureCluster : ClusterStorage
{
    private readonly TableServiceClient tables;

    private AzureCluster(TableServiceClient tables) => this.tables = tables;

    public override string Location => $"Azure tables of {tables.AccountName}";

    public static async Task<ClusterStorage> ConnectAsync(SiloOptions options, CancellationToken cancellation)
    {
        var (ours, theirs) = Connect(options.Account!);
        return new AzureCluster(theirs)
        {
            Journal = await AzureJournal.OpenAsync(ours, cancellation: cancellation),
            Texts = await AzureTextStore.OpenAsync(ours, cancellation),
            Access = await AzureAccessStore.OpenAsync(ours, cancellation: cancellation),
            Accounts = await AzureAccountStore.OpenAsync(ours, cancellation: cancellation),
        };
    }

    public override void Configure(ISiloBuilder silo, SiloOptions options)
    {
        silo.UseAzureStorageClustering(clustering => clustering.TableServiceClient = tables);
        silo.UseAzureTableReminderService(reminders => reminders.TableServiceClient = tables);
        silo.AddAzureTableGrainStorage(SiloParts.Storage, storage =>
        {
            storage.TableServiceClient = tables;
            storage.TableName = "ideavotesnapshots";
            storage.GrainStorageSerializer = new SnapshotSerializer();
        });
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster, options.Cluster));
    }

    public override void Configure(IClientBuilder client, SiloOptions options)
    {
        client.UseAzureStorageClustering(clustering => clustering.TableServiceClient = tables);
        client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster, options.Cluster));
    }

    private static (AzureTables Ours, TableServiceClient Theirs) Connect(string account)
    {
        if (!account.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            return (AzureTables.FromConnectionString(account), new TableServiceClient(account));
        var (endpoint, identity) = (new Uri(account), new DefaultAzureCredential());
        return (AzureTables.FromEndpoint(endpoint, identity), new TableServiceClient(endpoint, identity));
    }
}
#endif
