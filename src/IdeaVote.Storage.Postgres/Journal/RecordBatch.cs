using System.Buffers;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Postgres.Connections;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Journal;

/// <summary>
/// What one append wrote, as it lies in one row: the bodies behind one another, the hashes behind one another, and beside them for each
/// record its stream, its version and where its body ends.
/// </summary>
internal static class RecordBatch
{
    /// <summary>Turns records into the columns of a row. The memory of bodies and hashes is rented until the columns are given back.</summary>
    /// <param name="records">The records, 1 or more.</param>
    /// <param name="own">The campaign whose partition it is, if it is anyone's.</param>
    public static Columns Write(IReadOnlyList<JournalRecord> records, CampaignId? own)
    {
        var (streams, versions, ends) = (new Guid[records.Count], new long[records.Count], new int[records.Count]);
        var length = 0;
        var isOwn = true;
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            streams[i] = StreamNumber.Of(record.Stream, own);
            versions[i] = record.Version;
            ends[i] = length += record.Body.Length;
            isOwn &= record.Stream.Campaign == own;
        }
        var (bodies, hashes) = (ArrayPool<byte>.Shared.Rent(length), ArrayPool<byte>.Shared.Rent(records.Count * HashChain.HashBytes));
        for (var i = 0; i < records.Count; i++)
        {
            records[i].Body.CopyTo(bodies.AsMemory(i == 0 ? 0 : ends[i - 1]));
            records[i].Hash.CopyTo(hashes.AsMemory(i * HashChain.HashBytes));
        }
        // Told only where they are not all the partition's own.
        var campaigns = isOwn ? null : records.Select(static record => record.Stream.Campaign.Value.ToBytes()).ToArray();
        return new Columns(streams, versions, ends, campaigns, bodies, hashes);
    }

    /// <summary>Takes a row's columns apart: its first position, the ends, the campaigns, the bodies and the hashes, in this order.</summary>
    /// <param name="row">The row.</param>
    /// <param name="own">The campaign of those whose campaign is not told.</param>
    public static Stored Read(NpgsqlDataReader row, CampaignId? own) => new(
        row.GetInt64(0), row.GetFieldValue<int[]>(1), row.IsDBNull(2) ? null : row.GetFieldValue<byte[][]>(2), row.GetFieldValue<byte[]>(3),
        row.GetFieldValue<byte[]>(4), own);

    /// <summary>The columns of a row.</summary>
    /// <param name="Streams">The number of each record's stream (<see cref="StreamNumber"/>).</param>
    /// <param name="Versions">The version of each record in its stream.</param>
    /// <param name="Ends">Where each record's body ends.</param>
    /// <param name="Campaigns">The campaign of each record; null where all are the partition's own.</param>
    /// <param name="Bodies">The bodies, rented.</param>
    /// <param name="Hashes">The hashes, rented.</param>
    internal sealed record Columns(Guid[] Streams, long[] Versions, int[] Ends, byte[][]? Campaigns, byte[] Bodies, byte[] Hashes) : IDisposable
    {
        /// <summary>Adds streams, versions, ends, campaigns, bodies and hashes to a statement, in this order.</summary>
        public void AddTo(NpgsqlCommand command) => command
            .With(Streams).With(Versions).With(Ends).With(Campaigns)
            .With(Bodies.AsMemory(0, Ends[^1])).With(Hashes.AsMemory(0, Ends.Length * HashChain.HashBytes));

        /// <summary>Gives the memory back; the statement must be done with it.</summary>
        public void Dispose()
        {
            ArrayPool<byte>.Shared.Return(Bodies);
            ArrayPool<byte>.Shared.Return(Hashes);
        }
    }

    /// <summary>A row that was read.</summary>
    internal sealed record Stored(long First, int[] Ends, byte[][]? Campaigns, byte[] Bodies, byte[] Hashes, CampaignId? Own)
    {
        /// <summary>The position of its last record.</summary>
        public long Last => First + Ends.Length - 1;

        /// <summary>The records at some positions, in order.</summary>
        /// <param name="from">The first position.</param>
        /// <param name="to">The last position.</param>
        /// <param name="campaign">Only those of this campaign; null for all.</param>
        public IEnumerable<StoredRecord> Records(long from, long to, CampaignId? campaign)
        {
            for (var position = Math.Max(from, First); position <= Math.Min(to, Last); position++)
            {
                var i = (int)(position - First);
                var of = CampaignOf(i);
                if (campaign is null || of == campaign)
                    yield return new StoredRecord(position, of, Bodies[(i == 0 ? 0 : Ends[i - 1])..Ends[i]], Hashes[(i * HashChain.HashBytes)..((i + 1) * HashChain.HashBytes)]);
            }
        }

        /// <summary>The last record of a campaign at or before a position; null if there is none.</summary>
        public StoredRecord? LastOf(CampaignId campaign, long atOrBefore)
        {
            for (var position = Math.Min(atOrBefore, Last); position >= First; position--)
                if (CampaignOf((int)(position - First)) == campaign)
                    return Records(position, position, null).Single();
            return null;
        }

        private CampaignId CampaignOf(int index) => Campaigns is null ? Own!.Value : new CampaignId(Id.FromBytes(Campaigns[index]));
    }
}
