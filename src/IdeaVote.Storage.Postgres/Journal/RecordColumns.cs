using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Postgres.Connections;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>Records turned into columns: a batch of any size travels as one statement's arrays.</summary>
internal static class RecordColumns
{
    /// <summary>Adds versions, kinds, campaigns, keys, bodies and hashes, in this order.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, IReadOnlyList<JournalRecord> records)
    {
        var (versions, kinds) = (new long[records.Count], new short[records.Count]);
        var (campaigns, keys) = (new ReadOnlyMemory<byte>[records.Count], new ReadOnlyMemory<byte>[records.Count]);
        var (bodies, hashes) = (new ReadOnlyMemory<byte>[records.Count], new ReadOnlyMemory<byte>[records.Count]);
        var ids = new byte[2 * Id.ByteLength * records.Count];
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            versions[i] = record.Version;
            kinds[i] = (short)record.Stream.Kind;
            campaigns[i] = Written(record.Stream.Campaign.Value, ids, 2 * i);
            keys[i] = Written(record.Stream.Key, ids, 2 * i + 1);
            bodies[i] = record.Body;
            hashes[i] = record.Hash;
        }
        return command.With(versions).With(kinds).With(campaigns).With(keys).With(bodies).With(hashes);
    }

    private static ReadOnlyMemory<byte> Written(Id id, byte[] ids, int index)
    {
        var place = ids.AsMemory(index * Id.ByteLength, Id.ByteLength);
        id.WriteBytes(place.Span);
        return place;
    }
}
