using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Simulation.Cluster;
using IdeaVote.Simulation.Machine;

namespace IdeaVote.Simulation.Embedded;

/// <summary>
/// One process with one loop on one partition, as the embedded engine hosts it: a batch is decided on states that are not on disk
/// yet while the one before is being written; a failed commit answers everybody and ends the process.
/// </summary>
public sealed class SimProcess
{
    private const int BatchCommands = 6;

    private readonly SimScheduler scheduler;
    private readonly NodeJournal journal;
    private readonly Committer committer;
    private readonly Dictionary<StreamId, Aggregate> slots = [];
    private readonly Queue<Pending> queue = new();
    private readonly ProcessMutation mutation;
    private TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Pending(StreamId stream, Command? command)
    {
        public StreamId Stream => stream;

        public Command? Command => command;

        public Reply Decided { get; set; }

        public TaskCompletionSource<Reply> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private SimProcess(SimScheduler scheduler, SimJournal disk, string partition, ProcessMutation mutation)
    {
        this.scheduler = scheduler;
        this.mutation = mutation;
        journal = new NodeJournal(disk, () => IsUp);
        committer = new Committer(journal, partition);
    }

    public bool IsUp { get; private set; } = true;

    public Board Board { get; } = new();

    /// <summary>Starts a process: takes the journal over, folds it, serves.</summary>
    /// <exception cref="JournalException">It could not.</exception>
    public static async Task<SimProcess> StartAsync(SimScheduler scheduler, SimJournal disk, string partition, ProcessMutation mutation)
    {
        var process = new SimProcess(scheduler, disk, partition, mutation);
        await process.committer.BeginAsync();
        foreach (var record in await process.journal.ReadAsync(partition, 0, null, int.MaxValue))
        {
            var recorded = EventReader.Read(record.Body);
            process.slots[recorded.Stream] = process.Get(recorded.Stream).Apply(recorded);
            process.Board.Apply(recorded);
        }
        _ = process.LoopAsync();
        return process;
    }

    public void Kill() => IsUp = false;

    public Task<Reply> SendAsync(StreamId stream, Command? command)
    {
        var pending = new Pending(stream, command);
        queue.Enqueue(pending);
        arrived.TrySetResult();
        return pending.Answer.Task;
    }

    private async Task LoopAsync()
    {
        var writing = Task.CompletedTask;
        while (IsUp)
        {
            if (queue.Count == 0)
            {
                arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await arrived.Task;
            }
            List<Pending> batch = [];
            while (batch.Count < BatchCommands && queue.TryDequeue(out var pending))
                batch.Add(pending);
            var events = RunTurns(batch);
            await writing;
            writing = WriteAsync(batch, events);
        }
    }

    private List<RecordedEvent> RunTurns(List<Pending> batch)
    {
        List<RecordedEvent> events = [];
        var now = Instant.From(scheduler.Time.GetUtcNow());
        foreach (var pending in batch)
        {
            var state = Get(pending.Stream);
            if (pending.Command is not { } command)
            {
                pending.Decided = Reply.Accepted(state, default, changed: false);
                continue;
            }
            var result = Turn.Run(pending.Stream, state, command, new SlotContext(this, pending.Stream.Campaign, now));
            slots[pending.Stream] = result.State;
            events.AddRange(result.Events);
            pending.Decided = result.Refusal is { } refusal ? Reply.Refused(refusal) : Reply.Accepted(result.State, default, result.Events.Length > 0);
        }
        return events;
    }

    private async Task WriteAsync(List<Pending> batch, List<RecordedEvent> events)
    {
        if (mutation == ProcessMutation.AnswersEarly)
            Answer(batch);
        try
        {
            foreach (var recorded in events)
                await committer.StageAsync(recorded);
            await committer.CommitAsync();
        }
        catch (JournalException) when (mutation != ProcessMutation.SurvivesFailure)
        {
            IsUp = false;
            return;
        }
        catch (JournalException)
        {
            // The mutant goes on as if nothing had happened.
        }
        foreach (var recorded in events)
            Board.Apply(recorded);
        Answer(batch);
    }

    private static void Answer(List<Pending> batch)
    {
        foreach (var pending in batch)
            pending.Answer.TrySetResult(pending.Decided);
    }

    private Aggregate Get(StreamId stream) => slots.GetValueOrDefault(stream) ?? Aggregate.Empty(stream.Kind);

    private sealed class SlotContext(SimProcess process, CampaignId campaign, Instant now) : TurnContext
    {
        public override Instant Now => now;

        public override Domain.Campaigns.Campaign Campaign => (Domain.Campaigns.Campaign)process.Get(StreamId.Of(campaign));

        public override Domain.Ideas.IdeaStatus? StatusOf(IdeaId idea) =>
            process.Get(StreamId.Of(campaign, idea)) is Domain.Ideas.Idea { Exists: true } found ? found.Status : null;
    }
}

/// <summary>What is wrong with a mutant of the process.</summary>
public enum ProcessMutation
{
    None,
    AnswersEarly,
    SurvivesFailure,
}
