using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Journal;
using Shouldly;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>What a journal store of many partitions must do.</summary>
public abstract class JournalPartitionSuite : StoreSuite<IJournalStore>
{
    private readonly Records records = new(9);

    [SuiteFact]
    public async Task Partitions_know_nothing_of_each_other()
    {
        var (campaign, stream) = (records.Campaign(), records.Voter(records.Campaign()));
        string[] partitions = ["a", "b", "A", "a ", "ä", "0"];
        var appended = new Dictionary<string, JournalRecord[]>(StringComparer.Ordinal);
        foreach (var partition in partitions)
        {
            var head = await Store.BeginAsync(partition);
            head.Position.ShouldBe(0);
            // The same stream in each: versions are counted apart, too.
            var made = new Records(appended.Count);
            appended.Add(partition, [.. made.Votes(campaign, 1 + appended.Count), made.Next(stream)]);
            await Store.AppendAsync(partition, 0, head.Fence, appended[partition]);
        }
        await ReopenAsync();
        foreach (var partition in partitions)
        {
            var expected = appended[partition];
            (await Store.HeadAsync(partition)).ShouldBe(expected.Length);
            (await Store.ReadAsync(partition, 0, null, 100)).ShouldBeAt(1, expected);
            (await Store.ReadAsync(partition, 0, campaign, 100)).ShouldBeAt(1, expected[..^1]);
            (await Store.LastOfAsync(partition, campaign))!.ShouldBeOf(expected[^2]);
            (await Store.VersionAsync(partition, stream)).ShouldBe(1);
        }
    }

    [SuiteFact]
    public async Task Taking_one_partition_over_leaves_the_writers_of_others_alone()
    {
        var campaign = records.Campaign();
        var (one, two) = (await Store.BeginAsync("one"), await Store.BeginAsync("two"));
        await (await OpenAnotherAsync()).BeginAsync("one");
        await Should.ThrowAsync<StaleWriterException>(() => Store.AppendAsync("one", 0, one.Fence, records.Votes(campaign, 1)).AsTask());
        await Store.AppendAsync("two", 0, two.Fence, records.Votes(campaign, 1));
        (await Store.HeadAsync("one")).ShouldBe(0);
        (await Store.HeadAsync("two")).ShouldBe(1);
    }

    [SuiteFact]
    public async Task Partitions_are_listed_in_the_order_in_which_they_were_first_begun()
    {
        (await NamesAsync()).ShouldBeEmpty();
        string[] partitions = ["z", "a", "ä", "10", "9", "A"];
        foreach (var partition in partitions)
            await Store.BeginAsync(partition);
        await Store.BeginAsync("a");
        (await NamesAsync()).ShouldBe(partitions);
        await ReopenAsync();
        await Store.BeginAsync("z");
        await Store.BeginAsync("b");
        (await NamesAsync()).ShouldBe([.. partitions, "b"]);

        async Task<List<string>> NamesAsync()
        {
            var names = new List<string>();
            await foreach (var name in Store.PartitionsAsync())
                names.Add(name);
            return names;
        }
    }

    [SuiteFact]
    public async Task Many_partitions_are_written_at_once()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var made = new Records(50 + i);
            var campaign = made.Campaign();
            var head = await Store.BeginAsync($"p{i}");
            for (var batch = 0; batch < 20; batch++)
                await Store.AppendAsync($"p{i}", batch * 5, head.Fence, made.Votes(campaign, 5));
            return made.All;
        }));
        for (var i = 0; i < written.Length; i++)
            (await Store.ReadAsync($"p{i}", 0, null, 1_000)).ShouldBeAt(1, written[i]);
    }
}
