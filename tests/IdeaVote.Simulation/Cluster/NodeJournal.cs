using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Simulation.Machine;

namespace IdeaVote.Simulation.Cluster;

/// <summary>The journal as one node reaches it: a node that is dead asks for nothing and hears nothing any more.</summary>
internal sealed class NodeJournal(SimJournal journal, Func<bool> isUp) : IJournalStore
{
    public async ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default) =>
        await AliveAsync(() => journal.BeginAsync(partition, cancellation));

    public async ValueTask AppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default) =>
        await AliveAsync(async () =>
        {
            await journal.AppendAsync(partition, expected, fence, records, cancellation);
            return true;
        });

    public async ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default) =>
        await AliveAsync(() => journal.ReadAsync(partition, after, campaign, max, cancellation));

    public async IAsyncEnumerable<StoredRecord> ReadStreamAsync(
        string partition, StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var records = await AliveAsync(async () =>
        {
            List<StoredRecord> all = [];
            await foreach (var record in journal.ReadStreamAsync(partition, stream, fromVersion, cancellation))
                all.Add(record);
            return all;
        });
        foreach (var record in records)
            yield return record;
    }

    public async ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default) =>
        await AliveAsync(() => journal.VersionAsync(partition, stream, cancellation));

    public async ValueTask<StoredRecord?> LastOfAsync(
        string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default) =>
        await AliveAsync(() => journal.LastOfAsync(partition, campaign, atOrBefore, cancellation));

    public IAsyncEnumerable<string> PartitionsAsync(CancellationToken cancellation = default) => journal.PartitionsAsync(cancellation);

    public async ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default) =>
        await AliveAsync(() => journal.HeadAsync(partition, cancellation));

    private async Task<T> AliveAsync<T>(Func<ValueTask<T>> call)
    {
        if (!isUp())
            await new TaskCompletionSource().Task;
        try
        {
            return await call();
        }
        finally
        {
            if (!isUp())
                await new TaskCompletionSource().Task;
        }
    }
}
