using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Engine.Journal;
using IdeaVote.Simulation.Machine;

namespace IdeaVote.Simulation.Embedded;

/// <summary>A machine that runs one process at a time and starts it again when it has died.</summary>
public sealed class SimServer : ISimWorld
{
    private const string Partition = "0";

    private readonly SimScheduler scheduler;
    private readonly SimNetwork network;
    private readonly ProcessMutation mutation;
    private SimProcess? process;

    public SimServer(SimScheduler scheduler, Faults faults, ProcessMutation mutation = ProcessMutation.None)
    {
        this.scheduler = scheduler;
        this.mutation = mutation;
        Journal = new SimJournal(scheduler) { Faults = faults };
        network = new SimNetwork(scheduler) { Faults = faults };
        _ = WatchAsync();
    }

    public SimJournal Journal { get; }

    public IReadOnlyList<string> PartitionNames => [Partition];

    public IEnumerable<Board> Boards => process is null ? [] : [process.Board];

    public void SetFaults(Faults faults) => (Journal.Faults, network.Faults) = (faults, faults);

    public async Task<Reply> SendAsync(StreamId stream, Command? command)
    {
        var callee = process;
        try
        {
            return await network.CallAsync(() => callee is { IsUp: true }, () => callee!.SendAsync(stream, command));
        }
        catch (TimeoutException)
        {
            return Reply.OutcomeUnknown;
        }
    }

    public void Crash() => process?.Kill();

    public void Disturb()
    {
        // There is nothing in memory that the process would let go.
    }

    public async Task CatchUpAsync()
    {
        while (process is not { IsUp: true })
            await scheduler.DelayAsync(100);
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            if (process is not { IsUp: true })
            {
                try
                {
                    process = await SimProcess.StartAsync(scheduler, Journal, Partition, mutation);
                }
                catch (JournalException)
                {
                    // As a service manager does: once more, a little later.
                }
            }
            await scheduler.DelayAsync(20, 200);
        }
    }
}
