using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Simulation.Cluster;

/// <summary>For the mutant that folds twice: gives the last vote of a page a second time.</summary>
internal sealed class DoublingJournal(IJournalStore inner) : IJournalStore
{
    public async ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default)
    {
        var page = await inner.ReadAsync(partition, after, campaign, max, cancellation);
        return page.Count > 1 && Engine.Codec.EventReader.Read(page[^1].Body).Event is Domain.Voters.VoteEvent ? [.. page, page[^1]] : page;
    }

    public ValueTask<JournalHead> BeginAsync(string partition, CancellationToken cancellation = default) => inner.BeginAsync(partition, cancellation);

    public ValueTask AppendAsync(string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default) =>
        inner.AppendAsync(partition, expected, fence, records, cancellation);

    public IAsyncEnumerable<StoredRecord> ReadStreamAsync(string partition, StreamId stream, long fromVersion, CancellationToken cancellation = default) =>
        inner.ReadStreamAsync(partition, stream, fromVersion, cancellation);

    public ValueTask<long> VersionAsync(string partition, StreamId stream, CancellationToken cancellation = default) => inner.VersionAsync(partition, stream, cancellation);

    public ValueTask<StoredRecord?> LastOfAsync(string partition, CampaignId campaign, long atOrBefore = long.MaxValue, CancellationToken cancellation = default) =>
        inner.LastOfAsync(partition, campaign, atOrBefore, cancellation);

    public IAsyncEnumerable<string> PartitionsAsync(CancellationToken cancellation = default) => inner.PartitionsAsync(cancellation);

    public ValueTask<long> HeadAsync(string partition, CancellationToken cancellation = default) => inner.HeadAsync(partition, cancellation);
}
