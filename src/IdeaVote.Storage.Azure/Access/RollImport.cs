using Azure;
using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Access;

/// <summary>Many entries of a roll in few packed rows, stored aside until one change of the roll's state makes them count.</summary>
internal sealed class RollImport
{
    /// <summary>The most entries: their rows and the state's are one transaction.</summary>
    public const int MaxEntries = 3_000_000;

    private const int EntriesPerRow = 33_000;
    private const int EntryBytes = 1 + 2 * Id.ByteLength;
    private const string Prefix = "i";

    private readonly RollEntry[] entries;
    private readonly Dictionary<VoterId, RollEntry> byVoter;

    public RollImport(string name, RollEntry[] entries)
    {
        (Name, this.entries) = (name, entries);
        byVoter = entries.ToDictionary(entry => entry.Voter);
    }

    /// <summary>The import's name, random.</summary>
    public string Name { get; }

    /// <summary>In how many rows it is stored.</summary>
    public int Parts => (entries.Length + EntriesPerRow - 1) / EntriesPerRow;

    /// <summary>The entries, each voter once.</summary>
    public IReadOnlyList<RollEntry> Entries => entries;

    /// <summary>A voter's entry; null if the import has none.</summary>
    public RollEntry? Find(VoterId voter) => byVoter.GetValueOrDefault(voter);

    /// <summary>Stores the rows.</summary>
    public async Task WriteAsync(Table table, string partition)
    {
        for (var part = 0; part < Parts; part++)
        {
            var row = Key(partition, Name, part);
            Chunks.Put(row, Pack(entries.AsSpan(part * EntriesPerRow, Math.Min(EntriesPerRow, entries.Length - part * EntriesPerRow))));
            await table.PutAsync(row);
        }
    }

    /// <summary>Reads an import; null if a row of it is gone.</summary>
    public static async Task<RollImport?> FindAsync(Table table, string partition, string name, int parts)
    {
        var entries = new List<RollEntry>();
        for (var part = 0; part < parts; part++)
        {
            if (await table.FindAsync(partition, Key(partition, name, part).RowKey) is not { } row)
                return null;
            Unpack(Chunks.Get(row), entries);
        }
        return new RollImport(name, [.. entries]);
    }

    /// <summary>What asks in a transaction for all rows of an import to be there, and changes nothing.</summary>
    public IEnumerable<TableTransactionAction> Presence(string partition) => Enumerable.Range(0, Parts).Select(
        part => new TableTransactionAction(TableTransactionActionType.UpdateMerge, Key(partition, Name, part), ETag.All));

    /// <summary>What deletes all rows of an import in a transaction.</summary>
    public IEnumerable<TableTransactionAction> Deletion(string partition) => Enumerable.Range(0, Parts).Select(
        part => new TableTransactionAction(TableTransactionActionType.Delete, Key(partition, Name, part)));

    /// <summary>Deletes the rows of imports that never came to count.</summary>
    public static async Task DeleteOthersAsync(Table table, string partition, string kept)
    {
        var rows = new List<string>();
        await foreach (var row in table.QueryAsync(Keys.Range(partition, Prefix, Prefix + "~"), select: ["PartitionKey", "RowKey"]))
            if (kept.Length == 0 || !row.RowKey.StartsWith(Prefix + kept, StringComparison.Ordinal))
                rows.Add(row.RowKey);
        foreach (var row in rows)
            await table.TryDeleteAsync(partition, row, default);
    }

    private static TableEntity Key(string partition, string name, int part) => new(partition, $"{Prefix}{name}-{Keys.Number(part)}");

    private static byte[] Pack(ReadOnlySpan<RollEntry> entries)
    {
        var bytes = new byte[entries.Length * EntryBytes];
        for (var i = 0; i < entries.Length; i++)
        {
            var place = bytes.AsSpan(i * EntryBytes);
            entries[i].Voter.Value.WriteBytes(place[1..]);
            if (entries[i].Segment is not { } segment)
                continue;
            place[0] = 1;
            segment.Value.WriteBytes(place[(1 + Id.ByteLength)..]);
        }
        return bytes;
    }

    private static void Unpack(ReadOnlySpan<byte> bytes, List<RollEntry> entries)
    {
        if (bytes.Length % EntryBytes != 0)
            throw new JournalException("A stored roll can't be read: it was written by a newer version of this program, or is damaged. Import the roll again.");
        for (var at = 0; at < bytes.Length; at += EntryBytes)
        {
            var voter = new VoterId(Id.FromBytes(bytes[(at + 1)..]));
            var hasSegment = bytes[at] == 1;
            entries.Add(new RollEntry(voter, hasSegment ? new TermId(Id.FromBytes(bytes[(at + 1 + Id.ByteLength)..])) : null));
        }
    }
}
