using System.Buffers;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Engine.Journal;

/// <summary>
/// The only writer of a partition: encodes and chains what turns decided, appends it once, and knows the head. Every engine
/// commits through this. Not safe for concurrent use.
/// </summary>
public sealed class Committer : IDisposable
{
    private readonly IJournalStore store;
    private readonly string partition;
    private readonly EventWriter writer = new();
    private readonly ArrayBufferWriter<byte> bytes = new(64 * 1024);
    private readonly List<Staged> staged = [];
    private readonly List<JournalRecord> records = [];
    private readonly Dictionary<CampaignId, byte[]> chains = [];
    private JournalHead head;

    private readonly record struct Staged(StreamId Stream, long Version, int Offset, int BodyLength);

    /// <summary>Makes a committer; call <see cref="BeginAsync"/> before anything else.</summary>
    public Committer(IJournalStore store, string partition)
    {
        this.store = store;
        this.partition = partition;
    }

    /// <summary>The position of the last durable event.</summary>
    public long Head => head.Position;

    /// <summary>The fence under which it writes; no other writer of the partition has the same.</summary>
    public long Fence => head.Fence;

    /// <summary>How many events are staged and not committed.</summary>
    public int Pending => staged.Count;

    /// <summary>The bytes of what is staged and not committed.</summary>
    public int PendingBytes => bytes.WrittenCount;

    /// <summary>Takes the partition over.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellation = default) =>
        head = await store.BeginAsync(partition, cancellation);

    /// <summary>Encodes an event behind those staged before it.</summary>
    public async ValueTask StageAsync(RecordedEvent recorded)
    {
        if (!chains.TryGetValue(recorded.Stream.Campaign, out var last))
            last = await BeginChainAsync(recorded.Stream.Campaign);
        var offset = bytes.WrittenCount;
        writer.Write(bytes, recorded);
        Chain(last, recorded.Stream, recorded.Version, offset);
    }

    /// <summary>Stages an event that is in its written form already.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="version">Its version there.</param>
    /// <param name="body">Its written form (<see cref="EventBytes"/>).</param>
    public async ValueTask StageAsync(StreamId stream, long version, ReadOnlyMemory<byte> body)
    {
        if (!chains.TryGetValue(stream.Campaign, out var last))
            last = await BeginChainAsync(stream.Campaign);
        var offset = bytes.WrittenCount;
        bytes.Write(body.Span);
        Chain(last, stream, version, offset);
    }

    /// <summary>
    /// Appends what is staged, all or nothing, and returns once it is durable. After a failure the outcome is unknown and the
    /// committer is of no more use: whoever owns it stops and begins anew from the store.
    /// </summary>
    /// <param name="confirm">Whether to ask the store, with nothing staged, that this writer still owns the partition.</param>
    /// <exception cref="JournalException">The commit failed or another writer took over.</exception>
    public async ValueTask CommitAsync(bool confirm = false)
    {
        if (staged.Count == 0 && !confirm)
            return;
        var memory = bytes.WrittenMemory;
        foreach (var record in staged)
            records.Add(new JournalRecord(
                record.Stream, record.Version,
                memory.Slice(record.Offset, record.BodyLength),
                memory.Slice(record.Offset + record.BodyLength, HashChain.HashBytes)));
        await store.AppendAsync(partition, head.Position, head.Fence, records);
        head = head with { Position = head.Position + staged.Count };
        staged.Clear();
        records.Clear();
        bytes.ResetWrittenCount();
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private async ValueTask<byte[]> BeginChainAsync(CampaignId campaign)
    {
        var record = await store.LastOfAsync(partition, campaign);
        // A copy: the chain goes on in place, and the record is the store's own.
        var last = (record?.Hash ?? HashChain.Origin).ToArray();
        chains.Add(campaign, last);
        return last;
    }

    private void Chain(byte[] last, StreamId stream, long version, int offset)
    {
        var length = bytes.WrittenCount - offset;
        HashChain.Next(last, bytes.WrittenSpan.Slice(offset, length), last);
        last.CopyTo(bytes.GetSpan(HashChain.HashBytes));
        bytes.Advance(HashChain.HashBytes);
        staged.Add(new Staged(stream, version, offset, length));
    }
}
