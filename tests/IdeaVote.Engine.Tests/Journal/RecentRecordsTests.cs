using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Tests.Journal;

/// <summary>A journal with a memory answers as one without; it only asks the store for less.</summary>
public sealed class RecentRecordsTests
{
    private const string Partition = "p";
    private readonly FaultyMemoryJournal store = new();
    private readonly Records records = new();

    [Fact]
    public async Task What_was_appended_here_is_not_asked_of_the_store()
    {
        var journal = new RecentRecords(store);
        var head = await journal.BeginAsync(Partition);
        await AppendAsync(journal, head, 3);
        store.NextReadFails = new JournalException("The store was asked.");

        (await journal.ReadAsync(Partition, 0, null, 3)).Select(record => record.Position).ShouldBe([1, 2, 3]);
        (await journal.ReadAsync(Partition, 1, null, 1)).Single().Position.ShouldBe(2);
        await Should.ThrowAsync<JournalException>(async () => await journal.ReadAsync(Partition, 3, null, 1));
    }

    [Fact]
    public async Task What_another_process_appended_behind_it_is_read_as_well()
    {
        var (here, elsewhere) = (new RecentRecords(store), store);
        await AppendAsync(here, await here.BeginAsync(Partition), 2);
        await AppendAsync(elsewhere, await elsewhere.BeginAsync(Partition), 2);

        (await here.ReadAsync(Partition, 0, null, 100)).Select(record => record.Position).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task A_gap_that_another_process_filled_is_read_from_the_store()
    {
        var here = new RecentRecords(store);
        await AppendAsync(here, await here.BeginAsync(Partition), 2);
        await AppendAsync(store, await store.BeginAsync(Partition), 2);
        await AppendAsync(here, await here.BeginAsync(Partition), 2);

        foreach (var after in Enumerable.Range(0, 6))
            (await here.ReadAsync(Partition, after, null, 100)).ShouldBeAt(after + 1, records.All[after..]);
    }

    [Fact]
    public async Task What_was_not_acknowledged_is_not_believed()
    {
        var journal = new RecentRecords(store);
        var head = await journal.BeginAsync(Partition);
        store.NextAppendFails = new JournalException("Lost.");
        await Should.ThrowAsync<JournalException>(() => AppendAsync(journal, head, 2));

        (await journal.ReadAsync(Partition, 0, null, 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_forgets_the_oldest_of_all_partitions_first()
    {
        // Room for two appends of one such record.
        var one = records.Votes(records.Campaign(), 1)[0];
        var journal = new RecentRecords(store, 2 * (one.Body.Length + one.Hash.Length));
        foreach (var name in (string[])["a", "b", "c"])
            await AppendAsync(journal, await journal.BeginAsync(name), 1, name);

        store.NextReadFails = new JournalException("The store was asked.");
        (await journal.ReadAsync("b", 0, null, 1)).Count.ShouldBe(1);
        (await journal.ReadAsync("c", 0, null, 1)).Count.ShouldBe(1);
        await Should.ThrowAsync<JournalException>(async () => await journal.ReadAsync("a", 0, null, 1));
    }

    private async Task AppendAsync(IJournalStore journal, JournalHead head, int count, string partition = Partition) =>
        await journal.AppendAsync(partition, head.Position, head.Fence, records.Votes(records.Campaign(), count));
}

public sealed class RememberedJournalTests : JournalStoreSuite
{
    private readonly RecentRecords journal = new(new FaultyMemoryJournal());

    protected override ValueTask<IJournalStore> OpenAsync() => new(journal);
}

public sealed class RememberedJournalReadTests : JournalReadSuite
{
    // Little is remembered, so that most reads find a part of what they ask for.
    private readonly RecentRecords journal = new(new FaultyMemoryJournal(), maxBytes: 500);

    protected override ValueTask<IJournalStore> OpenAsync() => new(journal);
}

public sealed class RememberedJournalRaceTests : JournalRaceSuite
{
    private readonly RecentRecords journal = new(new FaultyMemoryJournal());

    protected override ValueTask<IJournalStore> OpenAsync() => new(journal);
}

public sealed class RememberedJournalPartitionTests : JournalPartitionSuite
{
    private readonly RecentRecords journal = new(new FaultyMemoryJournal());

    protected override ValueTask<IJournalStore> OpenAsync() => new(journal);
}
