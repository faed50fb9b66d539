using Azure.Data.Tables;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Storage.Azure.Connections;

/// <summary>Values of rows that must be there: a row without them was not written by this product.</summary>
internal static class RowValues
{
    private const string Kind = "Kind";
    private const string Campaign = "Campaign";
    private const string Key = "Key";

    /// <summary>A number.</summary>
    public static long Number(this TableEntity row, string name) => row.GetInt64(name) ?? throw Missing(row, name);

    /// <summary>A small number.</summary>
    public static int SmallNumber(this TableEntity row, string name) => row.GetInt32(name) ?? throw Missing(row, name);

    /// <summary>A text.</summary>
    public static string Text(this TableEntity row, string name) => row.GetString(name) ?? throw Missing(row, name);

    /// <summary>Bytes, 64 KiB at most.</summary>
    public static byte[] Bytes(this TableEntity row, string name) => row.GetBinary(name) ?? throw Missing(row, name);

    /// <summary>An id.</summary>
    public static Id Id(this TableEntity row, string name) =>
        Domain.Kernel.Id.TryParse(row.GetString(name), out var id) ? id : throw Missing(row, name);

    /// <summary>An id; null if there is none.</summary>
    public static Id? IdOrNull(this TableEntity row, string name) => row.GetString(name) is { } ? row.Id(name) : null;

    /// <summary>The stream that <see cref="SetStream"/> wrote.</summary>
    public static StreamId Stream(this TableEntity row) =>
        new((AggregateKind)row.SmallNumber(Kind), new CampaignId(row.Id(Campaign)), row.Id(Key));

    /// <summary>Writes a stream in three properties.</summary>
    public static void SetStream(this TableEntity row, StreamId stream) =>
        (row[Kind], row[Campaign], row[Key]) = ((int)stream.Kind, stream.Campaign.ToString(), stream.Key.ToString());

    private static JournalException Missing(TableEntity row, string name) =>
        new($"The row {row.RowKey} in the partition {row.PartitionKey} has no {name}. Somebody else wrote to this table; restore it from a backup.");
}
