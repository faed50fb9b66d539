using IdeaVote.Engine.Grains.Hosting;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Access;
using IdeaVote.Storage.Sqlite.Accounts;
using IdeaVote.Storage.Sqlite.Texts;

namespace IdeaVote.Silo.Storage;

/// <summary>Everything in this process: nothing to install, and nothing is kept.</summary>
internal sealed class LocalhostCluster : ClusterStorage
{
    private LocalhostCluster() { }

    public override string Location => "memory; nothing is kept when this process ends";

    public override bool IsShared => false;

    public static Task<ClusterStorage> ConnectAsync(SiloOptions options)
    {
        var folder = new ScratchFolder(options.Folder);
        var (texts, access) = (SqliteTextStore.Open(folder.File("texts.db")), SqliteAccessStore.Open(folder.File("access.db")));
        var accounts = SqliteAccountStore.Open(folder.File("accounts.db"));
        var storage = new LocalhostCluster { Journal = new MemoryJournal(), Texts = texts, Access = access, Accounts = accounts };
        storage.Keep(folder, texts, access, accounts);
        return Task.FromResult<ClusterStorage>(storage);
    }

    public override void Configure(ISiloBuilder silo, SiloOptions options) => silo
        .UseLocalhostClustering(options.SiloPort, options.GatewayPort, null, options.Cluster, options.Cluster)
        .UseInMemoryReminderService()
        .AddMemoryGrainStorage(SiloParts.Storage);

    public override void Configure(IClientBuilder client, SiloOptions options) => client.UseLocalhostClustering(options.GatewayPort, options.Cluster, options.Cluster);
}
