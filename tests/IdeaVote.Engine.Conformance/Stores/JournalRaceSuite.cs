using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Journal;
using Shouldly;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>Writers of one partition against each other, and readers beside them.</summary>
public abstract class JournalRaceSuite : StoreSuite<IJournalStore>
{
    private const int Writers = 4;
    private const int Rounds = 30;

    /// <summary>The partition to use; the only one of some stores.</summary>
    protected virtual string Partition => "0";

    [SuiteFact]
    public async Task Of_writers_that_race_one_wins_each_position_and_the_others_are_told()
    {
        var stores = new IJournalStore[Writers];
        for (var i = 0; i < Writers; i++)
            stores[i] = i == 0 ? Store : await OpenAnotherAsync();

        var won = await Task.WhenAll(stores.Select((store, i) => Task.Run(() => RaceAsync(store, new Records(100 + i)))));

        var stored = await Store.ReadAsync(Partition, 0, null, int.MaxValue);
        var acknowledged = won.SelectMany(each => each).OrderBy(each => each.Position).ToArray();
        stored.ShouldBeAt(1, [.. acknowledged.Select(each => each.Record)]);
        acknowledged.Select(each => each.Position).ShouldBe(stored.Select(record => record.Position));
    }

    private async Task<List<(long Position, JournalRecord Record)>> RaceAsync(IJournalStore store, Records records)
    {
        var won = new List<(long, JournalRecord)>();
        var campaign = records.Campaign();
        for (var round = 0; round < Rounds; round++)
        {
            var head = await store.BeginAsync(Partition);
            try
            {
                // Again and again until somebody else begins: each append may be the one that is overtaken.
                for (var appends = 0; appends < 3; appends++)
                {
                    var batch = records.Votes(campaign, 1 + round % 3);
                    await store.AppendAsync(Partition, head.Position, head.Fence, batch);
                    won.AddRange(batch.Select((record, i) => (head.Position + 1 + i, record)));
                    head = head with { Position = head.Position + batch.Length };
                }
            }
            catch (StaleWriterException)
            {
                // Nothing of that batch may be stored; the comparison at the end would find it.
            }
        }
        return won;
    }

    [SuiteFact]
    public async Task A_reader_beside_the_writer_sees_what_is_committed_whole_and_in_order()
    {
        const int Batches = 200;
        var reader = await OpenAnotherAsync();
        var records = new Records(5);
        var campaign = records.Campaign();
        var batches = Enumerable.Range(0, Batches).Select(i => records.Votes(campaign, 1 + i % 5)).ToArray();
        var ends = batches.Select(batch => (long)batch.Length).Aggregate(new List<long> { 0 }, (sums, next) => [.. sums, sums[^1] + next]);
        var acknowledged = 0L;

        var writing = Task.Run(async () =>
        {
            var head = await Store.BeginAsync(Partition);
            for (var i = 0; i < Batches; i++)
            {
                await Store.AppendAsync(Partition, ends[i], head.Fence, batches[i]);
                Volatile.Write(ref acknowledged, ends[i + 1]);
            }
        });
        var seen = new List<StoredRecord>();
        while (seen.Count < records.All.Count && !writing.IsFaulted)
        {
            var atLeast = Volatile.Read(ref acknowledged);
            var head = await reader.HeadAsync(Partition);
            ends.ShouldContain(head);
            head.ShouldBeGreaterThanOrEqualTo(atLeast);
            var page = await reader.ReadAsync(Partition, seen.Count, null, 100_000);
            seen.AddRange(page);
            ends.ShouldContain(seen.Count);
            ((long)seen.Count).ShouldBeGreaterThanOrEqualTo(head);
        }
        await writing;

        seen.ShouldBeAt(1, records.All);
        seen.ShouldBeChained();
    }
}
