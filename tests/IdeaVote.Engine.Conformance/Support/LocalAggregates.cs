using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Conformance.Support;

/// <summary>
/// A whole cluster in one process: every aggregate and every partition's writer behind a queue of its own, as a runtime of grains
/// would keep them, with nothing between them but calls.
/// </summary>
public sealed class LocalAggregates(IJournalStore store, PartitionedOptions options, PartitionOptions writing, TimeProvider time) : IAggregates, IDisposable
{
    private readonly ConcurrentDictionary<StreamId, Hosted> aggregates = new();
    private readonly ConcurrentDictionary<string, LocalPartition> partitions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CampaignId, StageAlarm> alarms = new();
    private readonly MortalJournal journal = new(store);

    /// <summary>The copies by which turns decide.</summary>
    public CampaignFollowers? Followers { get; set; }

    public async ValueTask<Reply> SendAsync(StreamId stream, Command? command, CancellationToken cancellation = default)
    {
        var hosted = aggregates.GetOrAdd(stream, Make);
        await hosted.Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (journal.IsDead)
                return Reply.OutcomeUnknown;
            var reply = await hosted.Aggregate.HandleAsync(command, CancellationToken.None);
            if (hosted.Aggregate.IsLost)
                aggregates.TryRemove(KeyValuePair.Create(stream, hosted));
            if (reply is { Kind: ReplyKind.Accepted, State: Campaign campaign } && !journal.IsDead)
                alarms.GetOrAdd(stream.Campaign, id => new StageAlarm(time, () => _ = SendAsync(StreamId.Of(id), new KeepSchedule(), CancellationToken.None).AsTask())).Set(campaign);
            return reply;
        }
        finally
        {
            hosted.Gate.Release();
        }
    }

    public void Dispose()
    {
        journal.IsDead = true;
        foreach (var alarm in alarms.Values)
            alarm.Dispose();
    }

    private Hosted Make(StreamId stream)
    {
        var name = PartitionMap.Name(stream.Campaign, PartitionMap.NumberOf(stream, options.Partitions));
        var partition = partitions.GetOrAdd(name, made => new LocalPartition(made, journal, writing, () => Followers?.Wake(stream.Campaign)));
        var host = new AggregateHost(stream, partition, snapshots: null);
        return new Hosted(
            new LeasedAggregate(stream, host, async stop => await Followers!.FindAsync(stream.Campaign, stop), time), new SemaphoreSlim(1));
    }

    private sealed record Hosted(LeasedAggregate Aggregate, SemaphoreSlim Gate);

    /// <summary>A partition's writer on a scheduler of its own.</summary>
    private sealed class LocalPartition(string name, IJournalStore journal, PartitionOptions options, Action appended) : IPartition
    {
        private readonly TaskScheduler scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        private Task<PartitionWriter>? writer;

        public string Name => name;

        public async ValueTask<OpenOutcome> OpenAsync(StreamId stream, CancellationToken cancellation = default) => await RunAsync(async () =>
            await FindAsync() is { } found ? await found.OpenAsync(stream) : new OpenOutcome(AppendKind.Overloaded));

        public async ValueTask<AppendOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation = default) => await RunAsync(async () =>
        {
            if (await FindAsync() is not { } found)
                return new AppendOutcome(AppendKind.Overloaded);
            var outcome = await found.AppendAsync(append);
            if (found.Failure is not null && writer is { IsCompletedSuccessfully: true } current && current.Result == found)
                writer = null;
            return outcome;
        });

        public async IAsyncEnumerable<RecordedEvent> ReadAsync(
            StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await foreach (var record in journal.ReadStreamAsync(name, stream, fromVersion, cancellation))
                yield return EventReader.Read(record.Body);
        }

        private Task<T> RunAsync<T>(Func<Task<T>> work) =>
            Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();

        private async Task<PartitionWriter?> FindAsync()
        {
            var found = writer ??= PartitionWriter.BeginAsync(journal, name, options with { Appended = _ => appended() }).AsTask();
            try
            {
                return await found;
            }
            catch (JournalException)
            {
                if (writer == found)
                    writer = null;
                return null;
            }
        }
    }
}
