using System.Collections.Concurrent;
using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Texts;

/// <summary>
/// Texts in the table <c>{prefix}texts</c> of an Azure storage account. A deletion returns when Azure gives the row to nobody any more.
/// </summary>
/// <remarks>
/// <para>
/// When Azure overwrites the bytes on its disks is Azure's affair; tables keep no older versions and have no soft deletion. Copies made
/// with other tools (exports, backups) must be kept no longer than erased data may live. What is stored in another region for safety
/// follows within minutes.
/// </para>
/// <para>
/// A text and the list of its owner's texts are in different partitions, which no transaction covers. So a text is listed before it
/// is stored: what a crash leaves is a name too many, which every reader passes over, never a text that an erasure would miss.
/// </para>
/// </remarks>
public sealed class AzureTextStore : ITextStore
{
    private const string TableName = "texts";

    // Of one call; enough to hide the way to Azure and back, too few to be throttled.
    private const int ParallelRequests = 16;

    private readonly Table table;

    internal AzureTextStore(Table table) => this.table = table;

    /// <summary>Connects, and makes the table if there is none.</summary>
    /// <param name="tables">The account and how to get in.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="JournalException">The account can't be used; the message says why and what to do.</exception>
    public static async Task<AzureTextStore> OpenAsync(AzureTables tables, CancellationToken cancellation = default) =>
        new(await tables.OpenAsync(TableName, cancellation));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The content is larger than <see cref="TextDocument.MaxContentBytes"/>.</exception>
    /// <exception cref="JournalException">The outcome is unknown; the message says why. Putting it again is safe.</exception>
    public async ValueTask PutAsync(TextDocument document, CancellationToken cancellation = default)
    {
        if (document.Content.Length > TextDocument.MaxContentBytes)
            throw new ArgumentException($"A text has at most {TextDocument.MaxContentBytes} bytes.", nameof(document));
        cancellation.ThrowIfCancellationRequested();
        if (document.Owner is { } owner)
            await table.PutAsync(TextRows.List(document, owner), CancellationToken.None);
        await table.PutAsync(TextRows.Write(document), CancellationToken.None);
        // Listed once more: an erasure that ran beside this finds the list changed, and looks for the text again.
        if (document.Owner is { } again)
            await table.PutAsync(TextRows.List(document, again), CancellationToken.None);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<TextDocument?> GetAsync(TextId id, CancellationToken cancellation = default) =>
        await table.FindAsync(TextRows.PartitionOf(id), TextRows.Row, cancellation) is { } row ? TextRows.Read(id, row) : null;

    /// <inheritdoc/>
    /// <remarks>16 at a time.</remarks>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyDictionary<TextId, TextDocument>> GetManyAsync(
        IReadOnlyCollection<TextId> ids, CancellationToken cancellation = default)
    {
        var found = new ConcurrentDictionary<TextId, TextDocument>();
        await Parallel.ForEachAsync(ids.Distinct(), Bounded(cancellation), async (id, stop) =>
        {
            if (await GetAsync(id, stop) is { } document)
                found[id] = document;
        });
        return found;
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The deletion failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask DeleteAsync(TextId id, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (await table.FindAsync(TextRows.PartitionOf(id), TextRows.Row, cancellation) is not { } row)
            return;
        // Its name in the list goes only if nobody has listed the text again meanwhile.
        var listed = TextRows.OwnerOf(row) is { } owner
            ? await table.FindAsync(TextRows.PartitionOf(owner), id.ToString(), cancellation)
            : null;
        await table.TryDeleteAsync(TextRows.PartitionOf(id), TextRows.Row, default, CancellationToken.None);
        if (listed is not null)
            await table.TryDeleteAsync(listed.PartitionKey, listed.RowKey, listed.ETag, CancellationToken.None);
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The account can't be read; the message says why.</exception>
    public async ValueTask<IReadOnlyList<OwnedText>> OfPersonAsync(PersonId person, CancellationToken cancellation = default)
    {
        var owned = new ConcurrentBag<OwnedText>();
        await Parallel.ForEachAsync(await ListAsync(person, cancellation), Bounded(cancellation), async (listed, stop) =>
        {
            if (await FindOwnedAsync(person, TextRows.Listed(listed), stop) is { } row)
                owned.Add(new OwnedText(row.Stream(), TextRows.Listed(listed)));
        });
        return [.. owned.OrderBy(text => text.Id.Value)];
    }

    /// <inheritdoc/>
    /// <exception cref="JournalException">The erasure failed or isn't complete; the message says why. Asking again completes it.</exception>
    public async ValueTask<IReadOnlyList<OwnedText>> EraseAsync(PersonId person, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var erased = new ConcurrentDictionary<TextId, OwnedText>();
        // A name is taken off the list only in the state in which it was read; what was put beside this comes in the next round.
        while (await ListAsync(person, CancellationToken.None) is { Count: > 0 } list)
            await Parallel.ForEachAsync(list, Bounded(CancellationToken.None), async (listed, stop) =>
            {
                var id = TextRows.Listed(listed);
                while (await FindOwnedAsync(person, id, stop) is { } row)
                    if (await table.TryDeleteAsync(row.PartitionKey, row.RowKey, row.ETag, stop))
                        erased[id] = new OwnedText(row.Stream(), id);
                await table.TryDeleteAsync(listed.PartitionKey, listed.RowKey, listed.ETag, stop);
            });
        return [.. erased.Values.OrderBy(text => text.Id.Value)];
    }

    /// <summary>A text's row, if it is there and the person's.</summary>
    private async Task<TableEntity?> FindOwnedAsync(PersonId person, TextId id, CancellationToken cancellation) =>
        await table.FindAsync(TextRows.PartitionOf(id), TextRows.Row, cancellation) is { } row && TextRows.OwnerOf(row) == person ? row : null;

    private async Task<List<TableEntity>> ListAsync(PersonId person, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync(Keys.Range(TextRows.PartitionOf(person), "0", "~"), cancellation: cancellation))
            rows.Add(row);
        return rows;
    }

    private static ParallelOptions Bounded(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = ParallelRequests, CancellationToken = cancellation };
}
