using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Access;

/// <summary>
/// The rolls, each in a partition of its own with a row for each voter. What fits one transaction is put by one. More becomes an import:
/// stored aside, made to count by one change of the state's row, then spread over the voters' rows, by whoever writes next if its
/// writer ends before. Until that is done, readers look into the import first.
/// </summary>
internal sealed class Rolls(Table table)
{
    // Azure's 100 rows without the state's.
    private const int MaxChanges = 99;
    private const int MaxTries = 50;
    private const string Segment = "Segment";

    private readonly Lock gate = new();
    private Reading? reading;

    /// <summary>Puts entries on a roll, all or none; of several of one voter the last counts.</summary>
    public async Task PutAsync(CampaignId campaign, IReadOnlyCollection<RollEntry> entries)
    {
        if (entries.Count > RollImport.MaxEntries)
            throw new ArgumentException($"A roll takes at most {RollImport.MaxEntries} entries at once. Put them in parts.", nameof(entries));
        var last = new SortedDictionary<VoterId, RollEntry>();
        foreach (var entry in entries)
            last[entry.Voter] = entry;
        if (last.Count == 0)
            return;
        var partition = PartitionOf(campaign);
        if (last.Count > MaxChanges)
            await ImportAsync(partition, new RollImport(Guid.NewGuid().ToString("N"), [.. last.Values]));
        else
            await ChangeAsync(partition, _ => Task.FromResult(last.Values.Select(entry => Put(partition, entry))));
    }

    /// <summary>A voter's entry; null if not on the roll.</summary>
    public async Task<RollEntry?> FindAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation)
    {
        var partition = PartitionOf(campaign);
        if (await RollState.FindAsync(table, partition, cancellation) is not { } state)
            return null;
        if (await ReadImportAsync(partition, state) is { } import && import.Find(voter) is { } imported)
            return imported;
        return await table.FindAsync(partition, RowOf(voter), cancellation) is { } row
            ? new RollEntry(voter, row.IdOrNull(Segment) is { } segment ? new TermId(segment) : null)
            : null;
    }

    /// <summary>Takes voters off a roll, and whatever imports that never came to count hold of anybody.</summary>
    public async Task RemoveAsync(CampaignId campaign, IReadOnlyList<VoterId> voters)
    {
        var partition = PartitionOf(campaign);
        foreach (var some in voters.Distinct().Chunk(MaxChanges))
            if (await RollState.FindAsync(table, partition) is not null)
                await ChangeAsync(partition, _ => RemovalsAsync(partition, some));
        await RollImport.DeleteOthersAsync(table, partition, (await RollState.FindAsync(table, partition))?.Import ?? "");
    }

    private async Task<IEnumerable<TableTransactionAction>> RemovalsAsync(string partition, VoterId[] voters)
    {
        var removals = new List<TableTransactionAction>();
        foreach (var voter in voters)
            if (await table.FindAsync(partition, RowOf(voter)) is { } row)
                removals.Add(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, row.RowKey)));
        return removals;
    }

    private async Task ChangeAsync(string partition, Func<RollState, Task<IEnumerable<TableTransactionAction>>> changes)
    {
        for (var i = 0; i < MaxTries; i++)
        {
            var state = await SettledAsync(partition);
            if (await state.TryChangeAsync(table, partition, state.Next(), await changes(state)) is not null)
                return;
        }
        throw Crowded();
    }

    private async Task ImportAsync(string partition, RollImport import)
    {
        await import.WriteAsync(table, partition);
        var seen = 0L;
        for (var i = 0; i < MaxTries; i++)
        {
            var state = await SettledAsync(partition);
            if (state.Last == import.Name)
                return;
            // The state is as it was, so it is the import's rows that are gone: an erasure took them, which can't know what becomes of them.
            if (state.Revision == seen)
                await import.WriteAsync(table, partition);
            seen = state.Revision;
            var next = state.Next() with { Import = import.Name, Parts = import.Parts, Applied = 0 };
            await state.TryChangeAsync(table, partition, next, import.Presence(partition));
        }
        throw Crowded();
    }

    /// <summary>The state of a roll without an import to be spread: makes the row if there is none, spreads what is to be spread.</summary>
    private async Task<RollState> SettledAsync(string partition)
    {
        for (var i = 0; i < MaxTries; i++)
        {
            var state = await RollState.FindAsync(table, partition);
            if (state is null)
                await table.TryAddAsync(RollState.First.ToRow(partition));
            else if (!state.IsImporting)
                return state;
            else if (await RollImport.FindAsync(table, partition, state.Import, state.Parts) is { } import)
                await SpreadAsync(partition, state, import);
        }
        throw Crowded();
    }

    private async Task SpreadAsync(string partition, RollState state, RollImport import)
    {
        // Whoever finds the state changed leaves the rest to the one who changed it.
        var now = (RollState?)state;
        foreach (var some in import.Entries.Skip(state.Applied).Chunk(MaxChanges))
        {
            var next = now!.Next() with { Applied = now.Applied + some.Length };
            now = await now.TryChangeAsync(table, partition, next, some.Select(entry => Put(partition, entry)));
            if (now is null)
                return;
        }
        var done = now!.Next() with { Import = "", Parts = 0, Applied = 0, Last = import.Name };
        await now.TryChangeAsync(table, partition, done, import.Deletion(partition));
    }

    /// <summary>The import that counts but is not spread, read once for all who ask meanwhile; null if there is none.</summary>
    private async Task<RollImport?> ReadImportAsync(string partition, RollState state)
    {
        Task<RollImport?> import;
        lock (gate)
        {
            if (!state.IsImporting)
            {
                // An import may be large; nobody needs it any more.
                if (reading?.Name == state.Last)
                    reading = null;
                return null;
            }
            if (reading?.Name != state.Import || reading.Import.IsFaulted)
                reading = new Reading(state.Import, RollImport.FindAsync(table, partition, state.Import, state.Parts));
            import = reading.Import;
        }
        return await import;
    }

    private static TableTransactionAction Put(string partition, RollEntry entry)
    {
        var row = new TableEntity(partition, RowOf(entry.Voter));
        if (entry.Segment is { } segment)
            row[Segment] = segment.ToString();
        return new TableTransactionAction(TableTransactionActionType.UpsertReplace, row);
    }

    private static string PartitionOf(CampaignId campaign) => $"r-{campaign}";

    private static string RowOf(VoterId voter) => $"v{voter}";

    private static JournalException Crowded() =>
        new("Too many processes change the same voter roll at once. Put it again; if some of it was stored, that does no harm.");

    private sealed record Reading(string Name, Task<RollImport?> Import);
}
