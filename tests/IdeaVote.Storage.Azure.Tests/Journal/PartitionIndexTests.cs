using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Storage.Azure.Journal;

namespace IdeaVote.Storage.Azure.Tests.Journal;

public sealed class PartitionIndexTests
{
    private readonly MemoryTable memory = new();
    private readonly Records records = new(8);

    private AzureJournal Open() => new(memory.Open(), TimeProvider.System);

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var name in Open().PartitionsAsync())
            names.Add(name);
        return names;
    }

    [Fact]
    public async Task Partitions_are_named_in_the_order_of_their_first_beginning()
    {
        (await NamesAsync()).ShouldBeEmpty();
        string[] names = ["zeta", "a/b", "Alpha", "größe 🙂", "alpha", "~partitions"];
        foreach (var name in names)
        {
            var head = await Open().BeginAsync(name);
            await Open().AppendAsync(name, 0, head.Fence, records.Votes(records.Campaign(), 1));
        }
        foreach (var name in names.Reverse())
            await Open().BeginAsync(name);
        (await NamesAsync()).ShouldBe(names);
    }

    [Fact]
    public async Task Who_only_reads_a_partition_does_not_begin_it()
    {
        await Open().HeadAsync("a");
        await Open().ReadAsync("a", 0, null, 10);
        (await NamesAsync()).ShouldBeEmpty();
        memory.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Of_many_who_begin_at_once_each_gets_a_fence_and_the_name_is_there_once()
    {
        var heads = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Open().BeginAsync(i % 2 == 0 ? "a" : "b").AsTask())));
        heads.Select(head => head.Fence).Order().ShouldBe([1, 1, 2, 2, 3, 3, 4, 4]);
        (await NamesAsync()).ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_crash_left_half_done_is_done_by_the_next()
    {
        await Open().BeginAsync("a");
        await Open().BeginAsync("b");
        // As if the first beginning of "a" had ended after its first row.
        var index = memory.RowsOf("~partitions");
        var rows = memory.Open();
        await rows.TryDeleteAsync("~partitions", index.Single(row => row.StartsWith('t') && row.EndsWith('a')), default);
        await rows.TryDeleteAsync("a", JournalKeys.Fence, default);
        (await NamesAsync()).ShouldBe(["b"]);
        await Open().BeginAsync("a");
        (await NamesAsync()).ShouldBe(["a", "b"]);
    }
}
