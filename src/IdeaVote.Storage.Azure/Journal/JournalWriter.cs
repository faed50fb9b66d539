using System.Collections.Concurrent;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>
/// Writes partitions. Each transaction names the version of the fence's row that it must find. What does not fit one transaction is
/// staged: its rows are written beyond the head, where no reader looks, and the last transaction moves the head over all of them.
/// </summary>
internal sealed class JournalWriter(Table table, PartitionIndex index)
{
    // Each failed try means that another writer came through; so many in a row do not happen by chance.
    private const int MaxTries = 50;

    private readonly Fates fates = new(table);
    private readonly ConcurrentDictionary<string, Fence> known = new(StringComparer.Ordinal);

    /// <summary>Raises the fence, clears what an unfinished append left, and reads the head.</summary>
    public async Task<JournalHead> BeginAsync(string name, CancellationToken cancellation)
    {
        var partition = Keys.Name(name);
        for (var i = 0; i < MaxTries; i++)
        {
            var now = await table.FindFenceAsync(partition, cancellation);
            if (now is null)
                await index.AddAsync(name, cancellation);
            var next = now is null ? Fence.First : now.Next() with { Epoch = now.Epoch + 1 };
            var version = now is null
                ? await table.TryAddAsync(next.ToRow(partition), cancellation)
                : await table.TryReplaceAsync(next.ToRow(partition), now.Version, cancellation);
            if (version is null)
                continue;
            // Who is overtaken here hears of it at its first append.
            var mine = next with { Version = version.Value };
            Remember(partition, mine.HasLeftovers ? await Leftovers.ClearAsync(table, partition, mine, cancellation) : mine);
            return new JournalHead(next.Head, next.Epoch);
        }
        throw new JournalException("Too many processes want to write the same journal. See that each partition has one writer, then start again.");
    }

    /// <summary>Appends records, all or none; with no records, asks whether the writer still owns the partition.</summary>
    public async Task AppendAsync(string name, long expected, long epoch, IReadOnlyList<JournalRecord> records, CancellationToken cancellation)
    {
        var (partition, batches) = (Keys.Name(name), Batches.Divide(records));
        for (var i = 0; i < MaxTries; i++)
        {
            if (batches.Count == 0 || !known.TryRemove(partition, out var now) || now.Epoch != epoch || now.Head != expected)
            {
                now = await table.FindFenceAsync(partition, cancellation);
                Fence.Check(now, expected, epoch);
            }
            if (batches.Count == 0)
                return;
            if (now!.HasLeftovers)
                now = await Leftovers.ClearAsync(table, partition, now, cancellation);
            if (now is not null && await TryAppendAsync(partition, now, batches))
                return;
        }
        throw new JournalException("Somebody else keeps changing this journal's fence; nothing was appended. See that each partition has one writer.");
    }

    /// <summary>Appends, unless the fence's row has changed; then it returns false, and nothing was appended.</summary>
    private async Task<bool> TryAppendAsync(string partition, Fence now, List<JournalRecord[]> batches)
    {
        var (id, position) = (Guid.NewGuid().ToString("N"), now.Head);
        for (var i = 0; i < batches.Count; i++)
        {
            var (records, isLast) = (batches[i], i == batches.Count - 1);
            var feed = new FeedRow(position + 1, position += records.Length, id, !isLast, PackedRecords.Write(records));
            var next = isLast ? now.Next() with { Head = position, Batch = id, Staged = 0 } : now.Next() with { Staged = position };
            var submission = await table.SubmitOnceAsync(Batches.Add(partition, now, next, feed, records));
            switch (submission.Outcome)
            {
                case SubmissionOutcome.Done:
                    break;
                case SubmissionOutcome.Refused:
                    throw NotAppended(submission.Failure);
                case SubmissionOutcome.ConditionFailed when !isLast:
                    return await WasOvertakenAsync(partition, now, submission.Failure);
                case SubmissionOutcome.Unknown when !isLast:
                    // The head was not to move yet. Should the rows still come, the next append clears them.
                    throw NotAppended(submission.Failure);
                default:
                    // Also if a condition failed: below this client, a lost connection may have led to a second try of its own.
                    if (await fates.IsDoneAsync(partition, now, next, submission))
                        return true;
                    return submission.Outcome == SubmissionOutcome.Unknown
                        ? throw NotAppended(submission.Failure)
                        : await WasOvertakenAsync(partition, now, submission.Failure);
            }
            // Without its version the fence's row is read again before the next transaction.
            if (submission.Version is { } version && version != default)
                now = next with { Version = version };
            else if (!isLast)
                now = await table.FindFenceAsync(partition, CancellationToken.None) is { } read && read.Revision == next.Revision ? read : throw NotAppended(null);
            else
                return true;
        }
        Remember(partition, now);
        return true;
    }

    /// <summary>Says why a condition failed.</summary>
    /// <returns>False: the row of the fence has changed, but the writer still owns the partition.</returns>
    private async Task<bool> WasOvertakenAsync(string partition, Fence before, JournalException? failure)
    {
        var now = await table.FindFenceAsync(partition, CancellationToken.None);
        Fence.Check(now, before.Head, before.Epoch);
        return now!.Revision == before.Revision
            ? throw new StaleWriterException(
                "The journal holds another event with the same version of its stream; nothing was appended, and this process stops.", failure)
            : false;
    }

    private void Remember(string partition, Fence? fence)
    {
        if (fence is not null && fence.Version != default)
            known[partition] = fence;
    }

    private static JournalException NotAppended(JournalException? failure) =>
        new($"The last events were not stored. {failure?.Message ?? "Start again."}", failure);
}
