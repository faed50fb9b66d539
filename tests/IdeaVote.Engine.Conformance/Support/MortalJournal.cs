using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Conformance.Support;

/// <summary>A journal as one process reaches it: once the process is dead it writes nothing any more.</summary>
public sealed class MortalJournal(IJournalStore inner) : IJournalStore
{
    private volatile bool isDead;

    public bool IsDead
    {
        get => isDead;
        set => isDead = value;
    }

    public ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default) => Alive().BeginAsync(partition, cancellation);

    public ValueTask AppendAsync(string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default) =>
        Alive().AppendAsync(partition, expected, fence, records, cancellation);

    public ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default) =>
        inner.ReadAsync(partition, after, campaign, max, cancellation);

    public IAsyncEnumerable<StoredRecord> ReadStreamAsync(string partition, StreamId stream, long fromVersion, CancellationToken cancellation = default) =>
        inner.ReadStreamAsync(partition, stream, fromVersion, cancellation);

    public ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default) => inner.VersionAsync(partition, stream, cancellation);

    public ValueTask<StoredRecord?> LastOfAsync(
        string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default) =>
        inner.LastOfAsync(partition, campaign, atOrBefore, cancellation);

    public ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default) => inner.HeadAsync(partition, cancellation);

    public IAsyncEnumerable<string> PartitionsAsync(CancellationToken cancellation = default) => inner.PartitionsAsync(cancellation);

    private IJournalStore Alive() => isDead ? throw new JournalException("The process is dead.") : inner;
}
