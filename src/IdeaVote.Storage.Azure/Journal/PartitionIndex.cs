using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Connections;

namespace IdeaVote.Storage.Azure.Journal;

/// <summary>
/// The names of all partitions. Each has two rows: one found by its name, which fixes its place for ever, and one in that place.
/// Both are written before the partition's own first row, so that none is missing; whoever finds only the first one adds the second.
/// </summary>
internal sealed class PartitionIndex(Table table, TimeProvider time)
{
    // No escaped name begins with this.
    private const string Partition = "~partitions";
    private const string ByName = "n";
    private const string ByTime = "t";
    private const string Place = "Place";
    private const string NameOf = "Name";

    /// <summary>Adds a name if it is not there.</summary>
    public async Task AddAsync(string name, CancellationToken cancellation)
    {
        var escaped = Keys.Name(name);
        var place = ByTime + Keys.Number(time.GetUtcNow().UtcTicks) + escaped;
        if (await table.TryAddAsync(new TableEntity(Partition, ByName + escaped) { [Place] = place }, cancellation) is null)
        {
            var known = await table.FindAsync(Partition, ByName + escaped, cancellation);
            place = known?.Text(Place) ?? throw new JournalException("A table of the journal is missing. Start again: tables are made at the start.");
        }
        await table.PutAsync(new TableEntity(Partition, place) { [NameOf] = name }, cancellation);
    }

    /// <summary>The names, in the order of their places.</summary>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in table.QueryAsync(Keys.Range(Partition, ByTime, ByTime + "~"), cancellation: cancellation))
            yield return row.Text(NameOf);
    }
}
