using IdeaVote.Engine;
using IdeaVote.Engine.Conformance.Engine;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Tests.Support;
using IdeaVote.Silo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Silo.Tests.Conformance;

/// <summary>The engine of a silo in this process, on a journal in memory that fails when told to.</summary>
internal sealed class OrleansHost : EngineHost
{
    private const int Partitions = 3;

    private readonly EngineSetup setup;
    private readonly FaultyMemoryJournal journal = new();
    private readonly string folder = Directory.CreateTempSubdirectory("ideavote-test-").FullName;
    private ClusterStorage storage = null!;
    private IdeaVoteSilo silo = null!;
    private MortalJournal mortal = null!;
    private IEngine engine = null!;

    private OrleansHost(EngineSetup setup) => this.setup = setup;

    public override IEngine Engine => engine;

    public static async Task<EngineHost> StartAsync(EngineSetup setup)
    {
        var host = new OrleansHost(setup);
        host.storage = await ClusterStorage.OpenAsync(new SiloOptions { Folder = host.folder }, default);
        await host.StartAsync();
        return host;
    }

    public override async ValueTask<Position> UnreachedAsync(StreamId stream)
    {
        var name = PartitionMap.Name(stream.Campaign, PartitionMap.NumberOf(stream, Partitions));
        return Position.Of(name, await journal.HeadAsync(name) + 1);
    }

    public override async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public override async Task CrashAsync()
    {
        // From now on it writes nothing any more, whatever it does until it is gone.
        mortal.IsDead = true;
        await RestartAsync();
    }

    public override void FailNextCommit(CommitFault fault)
    {
        if (fault == CommitFault.Written)
            journal.NextAppendFailsAfterwards = new JournalException("The network is gone.");
        else
            journal.NextAppendFails = new JournalException("The network is gone.");
    }

    public override IDisposable HoldCommits() => journal.Hold();

    public override async ValueTask DisposeAsync()
    {
        await StopAsync();
        await storage.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync()
    {
        mortal = new MortalJournal(journal);
        var (siloPort, gatewayPort) = Ports.Take();
        var options = new SiloOptions { Urls = "http://127.0.0.1:0", Folder = folder, Partitions = Partitions, SiloPort = siloPort, GatewayPort = gatewayPort, Time = setup.Time };
        await PartitionCount.EstablishAsync(journal, Partitions);
        silo = await IdeaVoteSilo.CreateAsync(options, storage, [], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton<IJournalStore>(mortal));
            builder.Services.Replace(ServiceDescriptor.Singleton(new PartitionedOptions { Partitions = Partitions, MaxCommands = setup.QueueCommands ?? 16_384 }));
        });
        await silo.App.StartAsync();
        engine = silo.App.Services.GetRequiredService<IEngine>();
        // Reminders in memory are gone with their silo: what a durable one does, once.
        foreach (var campaign in await Engine.CampaignsAsync())
        {
            await silo.App.Services.GetRequiredService<IAggregates>().SendAsync(StreamId.Of(campaign), new Domain.Campaigns.KeepSchedule());
            await silo.App.Services.GetRequiredService<FollowUpDesk>().TakeAsync(campaign);
        }
    }

    private async Task StopAsync()
    {
        await silo.App.StopAsync();
        await silo.DisposeAsync();
    }
}
