using Azure;
using Azure.Data.Tables;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>The row that every write to a partition must find unchanged and changes itself: of two writers one loses.</summary>
/// <param name="Epoch">The fence of the writer that began last, from 1.</param>
/// <param name="Head">The position of the last record that counts. Rows of records beyond it are nobody's yet.</param>
/// <param name="Batch">The id of the append that moved the head last; empty before the first.</param>
/// <param name="Staged">The position up to which there may be rows beyond the head, of an append in several transactions; 0 for none.</param>
/// <param name="Revision">How often the row was changed: tells two states of it apart whatever else is the same.</param>
/// <param name="Version">Azure's version of the row, to name as a condition.</param>
internal sealed record Fence(long Epoch, long Head, string Batch, long Staged, long Revision, ETag Version)
{
    /// <summary>The row of a partition that was never begun before.</summary>
    public static Fence First { get; } = new(1, 0, "", 0, 1, default);

    /// <summary>Whether there may be rows beyond the head.</summary>
    public bool HasLeftovers => Staged > Head;

    /// <summary>The same row after one more change.</summary>
    public Fence Next() => this with { Revision = Revision + 1 };

    /// <summary>Reads the row.</summary>
    public static Fence Of(TableEntity row) => new(
        row.Number(nameof(Epoch)), row.Number(nameof(Head)), row.Text(nameof(Batch)), row.Number(nameof(Staged)), row.Number(nameof(Revision)), row.ETag);

    /// <summary>Writes the row.</summary>
    public TableEntity ToRow(string partition) => new(partition, JournalKeys.Fence)
    {
        [nameof(Epoch)] = Epoch,
        [nameof(Head)] = Head,
        [nameof(Batch)] = Batch,
        [nameof(Staged)] = Staged,
        [nameof(Revision)] = Revision,
    };

    /// <summary>Says in which way a writer is stale, if it is.</summary>
    /// <exception cref="StaleWriterException">Another writer has the partition, or its head has moved.</exception>
    public static void Check(Fence? now, long expected, long epoch)
    {
        if (now?.Epoch != epoch)
            throw new StaleWriterException("Another process has taken this journal over; this one stops.");
        if (now.Head != expected)
            throw new StaleWriterException($"The journal ends at {now.Head}, not at {expected}: somebody else wrote to it; this process stops.");
    }
}

/// <summary>Reads the row of the fence.</summary>
internal static class FenceReading
{
    /// <summary>The fence of a partition; null if it was never begun.</summary>
    public static async Task<Fence?> FindFenceAsync(this Table table, string partition, CancellationToken cancellation) =>
        await table.FindAsync(partition, JournalKeys.Fence, cancellation) is { } row ? Fence.Of(row) : null;
}
