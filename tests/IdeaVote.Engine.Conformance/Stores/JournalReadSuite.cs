using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Journal;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>How every journal store is read: by pages, campaigns, streams and positions.</summary>
public abstract class JournalReadSuite : StoreSuite<IJournalStore>
{
    private const int Count = 300;

    private readonly Records records = new(7);
    private readonly List<StreamId> streams = [];
    private CampaignId small;

    /// <summary>The campaign to which nine of ten events belong.</summary>
    protected CampaignId Large { get; private set; }

    /// <summary>The partition to use; the only one of some stores.</summary>
    protected virtual string Partition => "0";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (Large, small) = (records.Campaign(), records.Campaign());
        // A few streams that grow in turn, one event in ten in the small campaign.
        for (var i = 0; i < 6; i++)
            streams.Add(records.Voter(i == 0 ? small : Large));
        for (var i = 0; i < Count; i++)
            records.Next(i % 10 == 0 ? streams[0] : streams[1 + i % 5]);
        var head = await Store.BeginAsync(Partition);
        for (var i = 0; i < Count; i += 60)
            await Store.AppendAsync(Partition, i, head.Fence, records.All.GetRange(i, 60));
    }

    private List<(long Position, JournalRecord Record)> Expected(Func<JournalRecord, bool> where) =>
        [.. records.All.Select((record, i) => (i + 1L, record)).Where(pair => where(pair.record))];

    private static void ShouldBe(IReadOnlyList<StoredRecord> actual, IReadOnlyList<(long Position, JournalRecord Record)> expected)
    {
        actual.Select(record => record.Position).ShouldBe(expected.Select(e => e.Position));
        foreach (var (record, (_, appended)) in actual.Zip(expected))
            record.ShouldBeOf(appended);
    }

    [SuiteTheory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(Count - 1)]
    [InlineData(Count)]
    [InlineData(Count + 1)]
    public async Task Pages_of_any_size_make_up_the_whole(int size)
    {
        var all = new List<StoredRecord>();
        IReadOnlyList<StoredRecord> page;
        do
        {
            page = await Store.ReadAsync(Partition, all.Count, null, size);
            page.Count.ShouldBeLessThanOrEqualTo(size);
            all.AddRange(page);
        }
        while (page.Count > 0);
        all.ShouldBeAt(1, records.All);
        all.ShouldBeChained();
    }

    [SuiteFact]
    public async Task A_page_begins_after_the_position_asked_for()
    {
        foreach (var after in new[] { 0, 1, 59, 60, 61, Count - 1 })
            (await Store.ReadAsync(Partition, after, null, 3)).ShouldBeAt(after + 1, [.. records.All.Skip(after).Take(3)]);
        (await Store.ReadAsync(Partition, Count, null, 3)).ShouldBeEmpty();
        (await Store.ReadAsync(Partition, long.MaxValue, null, 3)).ShouldBeEmpty();
    }

    [SuiteTheory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1_000)]
    public async Task A_campaign_is_read_without_the_others(int size)
    {
        foreach (var campaign in new[] { small, Large })
        {
            var all = new List<StoredRecord>();
            IReadOnlyList<StoredRecord> page;
            do
            {
                page = await Store.ReadAsync(Partition, all is [.., var last] ? last.Position : 0, campaign, size);
                page.Count.ShouldBeLessThanOrEqualTo(size);
                all.AddRange(page);
            }
            while (page.Count > 0);
            ShouldBe(all, Expected(record => record.Stream.Campaign == campaign));
            all.ShouldBeChained();
        }
        (await Store.ReadAsync(Partition, 0, records.Campaign(), size)).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task A_stream_is_read_from_a_version_on()
    {
        foreach (var stream in streams)
        {
            var expected = Expected(record => record.Stream == stream);
            foreach (var from in new[] { 1, 2, expected.Count, expected.Count + 1 })
            {
                var read = new List<StoredRecord>();
                await foreach (var record in Store.ReadStreamAsync(Partition, stream, from))
                    read.Add(record);
                ShouldBe(read, [.. expected.Skip(from - 1)]);
                read.Select(record => EventReader.Read(record.Body).Version).ShouldBe(Enumerable.Range(from, expected.Count - from + 1).Select(v => (long)v));
            }
        }
        await foreach (var record in Store.ReadStreamAsync(Partition, records.Voter(Large), 1))
            throw new InvalidOperationException($"{record.Position} is of another stream.");
    }

    [SuiteFact]
    public async Task A_stream_knows_its_version()
    {
        foreach (var stream in streams)
            (await Store.VersionAsync(Partition, stream)).ShouldBe(Expected(record => record.Stream == stream).Count);
        (await Store.VersionAsync(Partition, records.Voter(Large))).ShouldBe(0);
        StreamId[] several = [.. streams, records.Voter(Large), streams[0]];
        (await Store.VersionsAsync(Partition, several)).ShouldBe(await Task.WhenAll(several.Select(stream => Store.VersionAsync(Partition, stream).AsTask())));
        (await Store.VersionsAsync(Partition, [])).ShouldBeEmpty();
        // The same key in another campaign or of another kind is another stream.
        (await Store.VersionAsync(Partition, streams[1] with { Campaign = small })).ShouldBe(0);
        (await Store.VersionAsync(Partition, streams[1] with { Kind = AggregateKind.Idea })).ShouldBe(0);
    }

    [SuiteFact]
    public async Task The_last_of_a_campaign_is_found_at_or_before_any_position()
    {
        foreach (var campaign in new[] { small, Large })
        {
            var expected = Expected(record => record.Stream.Campaign == campaign);
            foreach (var atOrBefore in new long[] { 0, 1, 2, 10, 11, 12, 60, 61, 150, Count - 1, Count, Count + 1, long.MaxValue })
            {
                var last = await Store.LastOfAsync(Partition, campaign, atOrBefore);
                var before = expected.FindAll(e => e.Position <= atOrBefore);
                ShouldBe(last is null ? [] : [last], before is [.., var found] ? [found] : []);
            }
            (await Store.LastOfAsync(Partition, campaign))!.Position.ShouldBe(expected[^1].Position);
        }
        (await Store.LastOfAsync(Partition, records.Campaign())).ShouldBeNull();
    }

    [SuiteFact]
    public async Task The_head_is_the_last_position() => (await Store.HeadAsync(Partition)).ShouldBe(Count);
}
