using System.Buffers;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Journal;
using Shouldly;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>Makes records as a committer does: real events, numbered in their streams and chained in their campaigns.</summary>
public sealed class Records(int seed = 1)
{
    private readonly Some some = new(seed);
    private readonly Dictionary<StreamId, long> versions = [];
    private readonly Dictionary<CampaignId, byte[]> chains = [];

    /// <summary>Everything that was made, in order.</summary>
    public List<JournalRecord> All { get; } = [];

    public CampaignId Campaign() => some.Campaign();

    public StreamId Voter(CampaignId campaign) => StreamId.Of(campaign, some.Voter());

    /// <summary>The next event of a stream; by default a vote.</summary>
    public JournalRecord Next(StreamId stream, byte[]? body = null)
    {
        var version = versions[stream] = versions.GetValueOrDefault(stream) + 1;
        body ??= Written(new RecordedEvent(
            stream, version, new Instant(1_750_000_000_000 + version), new ApprovalChanged(some.Idea(), false, true, null, new Instant(1), 1)));
        var hash = new byte[HashChain.HashBytes];
        HashChain.Next(chains.GetValueOrDefault(stream.Campaign) ?? HashChain.Origin.Span, body, hash);
        chains[stream.Campaign] = hash;
        var record = new JournalRecord(stream, version, body, hash);
        All.Add(record);
        return record;
    }

    /// <summary>Votes of as many new voters.</summary>
    public JournalRecord[] Votes(CampaignId campaign, int count) => [.. Enumerable.Range(0, count).Select(_ => Next(Voter(campaign)))];

    /// <summary>Bytes of no event at all.</summary>
    public byte[] Bytes(int count) => some.Bytes(count);

    private static byte[] Written(RecordedEvent recorded)
    {
        using var writer = new EventWriter();
        var bytes = new ArrayBufferWriter<byte>();
        writer.Write(bytes, recorded);
        return bytes.WrittenSpan.ToArray();
    }
}

/// <summary>Compares what is stored with what was appended.</summary>
public static class RecordAssertions
{
    /// <summary>The same records in the same order, at positions without a gap.</summary>
    public static void ShouldBeAt(this IReadOnlyList<StoredRecord> actual, long first, IReadOnlyList<JournalRecord> expected)
    {
        actual.Select(record => record.Position).ShouldBe(Enumerable.Range(0, expected.Count).Select(i => first + i));
        foreach (var (record, appended) in actual.Zip(expected))
            record.ShouldBeOf(appended);
    }

    /// <summary>The same campaign, body and hash, byte for byte.</summary>
    public static void ShouldBeOf(this StoredRecord actual, JournalRecord expected)
    {
        actual.Campaign.ShouldBe(expected.Stream.Campaign);
        actual.Body.AsSpan().SequenceEqual(expected.Body.Span).ShouldBeTrue($"The body at {actual.Position} differs.");
        actual.Hash.AsSpan().SequenceEqual(expected.Hash.Span).ShouldBeTrue($"The hash at {actual.Position} differs.");
    }

    /// <summary>Each hash is the one that the body and the campaign's hash before it make.</summary>
    public static void ShouldBeChained(this IEnumerable<StoredRecord> records)
    {
        foreach (var campaign in records.GroupBy(record => record.Campaign))
        {
            var hash = HashChain.Origin.ToArray();
            foreach (var record in campaign)
            {
                HashChain.Next(hash, record.Body, hash);
                record.Hash.AsSpan().SequenceEqual(hash).ShouldBeTrue($"The chain breaks at {record.Position}.");
            }
        }
    }
}
