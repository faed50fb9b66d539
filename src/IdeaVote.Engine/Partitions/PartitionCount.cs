using System.Globalization;
using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// How many partitions each campaign of a journal has. It is decided once, when the journal is new, and written into it: with
/// another number a voter's stream would be looked for where it is not, and everybody could vote twice.
/// </summary>
public static class PartitionCount
{
    private const string Settings = "~partitions";

    // Each try ends the others' tries, so that one of them comes through.
    private const int Tries = 50;

    /// <summary>Decides the number, or learns what was decided before.</summary>
    /// <param name="store">The journal.</param>
    /// <param name="wanted">What is asked for, 1 to <see cref="PartitionMap.MaxPartitions"/>; null for what was decided, or 1.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The number that holds for this journal.</returns>
    /// <exception cref="JournalException">Another number was decided before, or the journal can't be used.</exception>
    public static async ValueTask<int> EstablishAsync(IJournalStore store, int? wanted, CancellationToken cancellation = default)
    {
        if (wanted is < 1 or > PartitionMap.MaxPartitions)
            throw new JournalException($"A campaign has 1 to {PartitionMap.MaxPartitions} partitions, not {wanted}.");
        var decided = await ReadAsync(store, cancellation);
        for (var left = Tries; decided is null; left--)
        {
            if (left == 0)
                throw new JournalException("The number of partitions can't be written to the journal: other processes begin it at the same time. Start again.");
            await WriteAsync(store, wanted ?? 1, cancellation);
            decided = await ReadAsync(store, cancellation);
        }
        return wanted is null || wanted == decided ? decided.Value : throw new JournalException(
            $"This journal has {decided} partitions for each campaign, which can't be changed to {wanted} any more. Leave the number out, or begin a new journal.");
    }

    private static async ValueTask<int?> ReadAsync(IJournalStore store, CancellationToken cancellation)
    {
        var records = await store.ReadAsync(Settings, 0, null, 1, cancellation);
        return records.Count == 0 ? null : int.Parse(Encoding.ASCII.GetString(records[0].Body), CultureInfo.InvariantCulture);
    }

    private static async ValueTask WriteAsync(IJournalStore store, int number, CancellationToken cancellation)
    {
        var head = await store.BeginAsync(Settings, cancellation);
        if (head.Position > 0)
            return;
        var body = Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
        try
        {
            // Whoever comes second meets another fence, and reads what the first one wrote.
            await store.AppendAsync(Settings, 0, head.Fence, [new JournalRecord(StreamId.Of(default(CampaignId)), 1, body, new byte[HashChain.HashBytes])], cancellation);
        }
        catch (StaleWriterException)
        {
            // Another process decides at this moment.
        }
    }
}
