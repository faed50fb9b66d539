using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>What an append in several transactions leaves beyond the head when it ends before the last of them.</summary>
internal static class Leftovers
{
    /// <summary>Takes it back, so that no row of it can be reached by a head that moves later.</summary>
    /// <returns>The fence afterwards; null if somebody else changed it meanwhile.</returns>
    public static async Task<Fence?> ClearAsync(Table table, string partition, Fence now, CancellationToken cancellation)
    {
        while (true)
        {
            var left = await FirstAsync(table, partition, now.Head, cancellation);
            var next = left is null ? now.Next() with { Staged = 0 } : now.Next();
            // A feed row was written together with its streams' rows and goes together with them; each time under the fence.
            var version = left is null
                ? await table.TryReplaceAsync(next.ToRow(partition), now.Version, cancellation)
                : await table.TrySubmitAsync(Batches.Remove(partition, now, next, left), cancellation);
            if (version is null)
                return null;
            now = next with { Version = version.Value };
            if (left is null)
                return now;
        }
    }

    private static async Task<FeedRow?> FirstAsync(Table table, string partition, long head, CancellationToken cancellation)
    {
        var beyond = Keys.After(partition, JournalKeys.Feed(head), JournalKeys.FeedEnd);
        await foreach (var row in table.QueryAsync(beyond, page: 1, cancellation: cancellation))
            return FeedRow.Of(row);
        return null;
    }
}
