using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Journal;

/// <summary>
/// Where a journal lies. A partition is one ordered sequence of records; of two writers of one partition, the one with the
/// older fence loses. Reads may run beside the writer and see what is durable only.
/// </summary>
public interface IJournalStore
{
    /// <summary>Begins to write a partition: raises its fence, so that any earlier writer fails from now on, then reads its head.</summary>
    /// <exception cref="JournalException">The store can't be used; the message says why in plain words.</exception>
    ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default);

    /// <summary>Appends records, all or none, and returns once they are durable.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="expected">The position of the partition's last record; anything else fails.</param>
    /// <param name="fence">The fence that <see cref="BeginAsync"/> gave.</param>
    /// <param name="records">
    /// The records, in order; none asks whether the writer still owns the partition. Their memory is the caller's again after the return.
    /// </param>
    /// <param name="cancellation">Not obeyed once the commit has begun.</param>
    /// <exception cref="StaleWriterException">Another writer has taken the partition or moved its head; nothing was appended.</exception>
    /// <exception cref="JournalException">The outcome is unknown.</exception>
    ValueTask AppendAsync(string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default);

    /// <summary>Reads records in order.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="after">Begin after this position.</param>
    /// <param name="campaign">Only records of this campaign; null for all.</param>
    /// <param name="max">At most so many, 1 or more; fewer mean that there were no more at that moment.</param>
    /// <param name="cancellation">Ends the reading.</param>
    ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default);

    /// <summary>Reads one stream in order, from a version on. In some stores a scan: for audits and repair.</summary>
    IAsyncEnumerable<StoredRecord> ReadStreamAsync(string partition, StreamId stream, long fromVersion, CancellationToken cancellation = default);

    /// <summary>The version of a stream's last durable event; 0 if it has none. In some stores a scan.</summary>
    ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default);

    /// <summary>As <see cref="VersionAsync"/>, of several streams, in their order. A store that is far away asks once.</summary>
    async ValueTask<IReadOnlyList<long>> VersionsAsync(string partition, IReadOnlyList<StreamId> streams, CancellationToken cancellation = default) =>
        await Task.WhenAll(streams.Select(stream => VersionAsync(partition, stream, cancellation).AsTask()));

    /// <summary>The last record of a campaign at or before a position; null if it has none there.</summary>
    ValueTask<StoredRecord?> LastOfAsync(string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default);

    /// <summary>The position of a partition's last durable record; 0 if it is empty.</summary>
    ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default);

    /// <summary>The names of the partitions that were ever begun, in the order of their first beginning.</summary>
    IAsyncEnumerable<string> PartitionsAsync(CancellationToken cancellation = default);
}

/// <summary>Where a writer begins.</summary>
/// <param name="Position">The position of the last record; 0 if the partition is empty.</param>
/// <param name="Fence">What the writer must name with each append.</param>
public readonly record struct JournalHead(long Position, long Fence);

/// <summary>A record to append.</summary>
/// <param name="Stream">The stream of the event.</param>
/// <param name="Version">The event's version in its stream.</param>
/// <param name="Body">The event's frozen written form.</param>
/// <param name="Hash">The chain's hash up to this record, 32 bytes.</param>
public readonly record struct JournalRecord(StreamId Stream, long Version, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Hash);

/// <summary>A record as it is stored.</summary>
/// <param name="Position">Its place, from 1, without gaps.</param>
/// <param name="Campaign">The campaign it belongs to.</param>
/// <param name="Body">The event's frozen written form.</param>
/// <param name="Hash">The chain's hash up to this record.</param>
public sealed record StoredRecord(long Position, CampaignId Campaign, byte[] Body, byte[] Hash);

/// <summary>The journal can't be read or written; the message says why and what to do, in plain words.</summary>
public class JournalException : Exception
{
    /// <summary>Makes the exception.</summary>
    public JournalException(string message, Exception? inner = null) : base(message, inner) { }
}

/// <summary>Another writer owns the partition now; this one must stop.</summary>
public sealed class StaleWriterException : JournalException
{
    /// <summary>Makes the exception.</summary>
    public StaleWriterException(string message, Exception? inner = null) : base(message, inner) { }
}
