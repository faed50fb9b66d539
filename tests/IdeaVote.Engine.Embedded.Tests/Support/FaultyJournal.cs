using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Embedded.Tests.Support;

/// <summary>A journal whose appends can be held up or made to fail.</summary>
internal sealed class FaultyJournal(IJournalStore inner) : IJournalStore
{
    private TaskCompletionSource? hold;

    public int Appends { get; private set; }

    /// <summary>Whether appends fail, with nothing written.</summary>
    public bool FailsNext { get; set; }

    /// <summary>Whether appends fail after all has been written.</summary>
    public bool FailsAfterWriting { get; set; }

    /// <summary>Holds every append from now on until the answer is disposed.</summary>
    public IDisposable Hold()
    {
        hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new Release(this);
    }

    public ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default) => inner.BeginAsync(partition, cancellation);

    public async ValueTask AppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default)
    {
        if (hold is { } wait)
            await wait.Task;
        if (FailsNext)
            throw new JournalException("The disk is gone.");
        Appends++;
        // On the loop's own thread again: the inner journal's connection belongs to it.
        inner.AppendAsync(partition, expected, fence, records, cancellation).AsTask().GetAwaiter().GetResult();
        if (FailsAfterWriting)
            throw new JournalException("The disk is gone.");
    }

    public ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default) =>
        inner.ReadAsync(partition, after, campaign, max, cancellation);

    public IAsyncEnumerable<StoredRecord> ReadStreamAsync(
        string partition, StreamId stream, long fromVersion, CancellationToken cancellation = default) =>
        inner.ReadStreamAsync(partition, stream, fromVersion, cancellation);

    public ValueTask<StoredRecord?> LastOfAsync(
        string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default) =>
        inner.LastOfAsync(partition, campaign, atOrBefore, cancellation);

    public ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default) =>
        inner.VersionAsync(partition, stream, cancellation);

    public IAsyncEnumerable<string> PartitionsAsync(CancellationToken cancellation = default) => inner.PartitionsAsync(cancellation);

    public ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default) => inner.HeadAsync(partition, cancellation);

    private sealed class Release(FaultyJournal journal) : IDisposable
    {
        public void Dispose()
        {
            var held = journal.hold;
            journal.hold = null;
            held?.TrySetResult();
        }
    }
}
