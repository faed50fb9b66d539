using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Access;

/// <summary>Idempotency keys: the first to claim one wins, and only for a day. Spread over 1,024 partitions by their first letters.</summary>
internal sealed class Claims(Table table)
{
    private const string Fingerprint = "Fingerprint";
    private const string At = "At";

    // How often a claim tidies its partition up, and how many old claims it takes away at most: no claim pays for a day's worth.
    private const int TidyEvery = 32;
    private const int TidyAtMost = 64;
    private const int ParallelRequests = 16;
    private const int MaxTries = 50;

    private int made;

    /// <summary>Claims a key.</summary>
    public async Task<Claim> ClaimAsync(Id key, Id fingerprint, Instant now, CancellationToken cancellation)
    {
        var (partition, name) = (PartitionOf(key), key.ToString());
        var oldest = now.UnixMilliseconds - (long)IAccessStore.ClaimLifetime.TotalMilliseconds;
        var mine = new TableEntity(partition, name) { [Fingerprint] = fingerprint.ToString(), [At] = now.UnixMilliseconds };
        // Most keys are new: one request.
        TableEntity? known = null;
        cancellation.ThrowIfCancellationRequested();
        for (var i = 0; i < MaxTries; i++)
        {
            var version = known is null
                ? await table.TryAddAsync(mine, CancellationToken.None)
                : await table.TryReplaceAsync(mine, known.ETag, CancellationToken.None);
            if (version is not null)
            {
                if (Interlocked.Increment(ref made) % TidyEvery == 0)
                    await TidyAsync(partition, oldest);
                return Claim.New;
            }
            known = await table.FindAsync(partition, name, cancellation);
            if (known is not null && known.Number(At) >= oldest)
                return known.Id(Fingerprint) == fingerprint ? Claim.Repeated : Claim.Reused;
        }
        throw new JournalException("Too many requests claim the same idempotency key at once. Send the request again.");
    }

    private async Task TidyAsync(string partition, long oldest)
    {
        try
        {
            var old = new List<TableEntity>();
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and At lt {oldest}");
            await foreach (var row in table.QueryAsync(filter, TidyAtMost, ["PartitionKey", "RowKey"]))
            {
                old.Add(row);
                if (old.Count == TidyAtMost)
                    break;
            }
            // Only in the state in which they were read: a key may be claimed anew meanwhile.
            var some = new ParallelOptions { MaxDegreeOfParallelism = ParallelRequests };
            await Parallel.ForEachAsync(old, some, async (row, stop) => await table.TryDeleteAsync(row.PartitionKey, row.RowKey, row.ETag, stop));
        }
        catch (JournalException)
        {
            // The claim itself is made; another one tidies up.
        }
    }

    private static string PartitionOf(Id key) => $"c-{key.ToString()[..2]}";
}
