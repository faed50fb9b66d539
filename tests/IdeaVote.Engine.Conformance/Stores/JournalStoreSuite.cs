using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Journal;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>What every journal store must do, in one partition.</summary>
public abstract class JournalStoreSuite : StoreSuite<IJournalStore>
{
    private readonly Records records = new();

    /// <summary>The partition to use; the only one of some stores.</summary>
    protected virtual string Partition => "0";

    private async Task<long> AppendAsync(JournalHead head, params JournalRecord[] batch)
    {
        await Store.AppendAsync(Partition, head.Position, head.Fence, batch);
        return head.Position + batch.Length;
    }

    private async Task<IReadOnlyList<StoredRecord>> AllAsync() => await Store.ReadAsync(Partition, 0, null, int.MaxValue);

    private async Task ShouldBeStaleAsync(IJournalStore store, JournalHead head, params JournalRecord[] batch) =>
        await Should.ThrowAsync<StaleWriterException>(() => store.AppendAsync(Partition, head.Position, head.Fence, batch).AsTask());

    [SuiteFact]
    public async Task A_new_partition_is_empty()
    {
        (await Store.HeadAsync(Partition)).ShouldBe(0);
        (await AllAsync()).ShouldBeEmpty();
        (await Store.LastOfAsync(Partition, records.Campaign())).ShouldBeNull();
        (await Store.BeginAsync(Partition)).Position.ShouldBe(0);
    }

    [SuiteFact]
    public async Task What_is_appended_is_read_back_byte_for_byte_at_positions_from_1_on()
    {
        var campaign = records.Campaign();
        var head = await Store.BeginAsync(Partition);
        head = head with { Position = await AppendAsync(head, records.Votes(campaign, 3)) };
        head = head with { Position = await AppendAsync(head, records.Votes(campaign, 1)) };
        await AppendAsync(head, records.Votes(campaign, 2));

        (await AllAsync()).ShouldBeAt(1, records.All);
        (await AllAsync()).ShouldBeChained();
        (await Store.HeadAsync(Partition)).ShouldBe(6);
    }

    [SuiteFact]
    public async Task Any_bytes_are_kept()
    {
        var stream = records.Voter(records.Campaign());
        byte[][] bodies = [[0], [.. Enumerable.Range(0, 256).Select(i => (byte)i)], [0x5C, 0x27, 0x00, 0x0A], records.Bytes(200_000)];
        await AppendAsync(await Store.BeginAsync(Partition), [.. bodies.Select(body => records.Next(stream, body))]);

        (await AllAsync()).ShouldBeAt(1, records.All);
    }

    [SuiteFact]
    public async Task A_large_batch_is_appended_as_a_whole()
    {
        var (one, two) = (records.Campaign(), records.Campaign());
        var batch = Enumerable.Range(0, 5_000).Select(i => records.Next(records.Voter(i % 7 == 0 ? one : two))).ToArray();
        await AppendAsync(await Store.BeginAsync(Partition), batch);

        (await AllAsync()).ShouldBeAt(1, batch);
        (await Store.HeadAsync(Partition)).ShouldBe(batch.Length);
    }

    [SuiteFact]
    public async Task Its_memory_is_the_callers_again_after_an_append()
    {
        var vote = records.Next(records.Voter(records.Campaign()));
        byte[] body = [.. vote.Body.Span], hash = [.. vote.Hash.Span];
        await AppendAsync(await Store.BeginAsync(Partition), vote with { Body = body, Hash = hash });
        Array.Clear(body);
        Array.Clear(hash);

        (await AllAsync()).ShouldBeAt(1, [vote]);
    }

    [SuiteFact]
    public async Task Of_two_writers_the_earlier_one_loses()
    {
        var other = await OpenAnotherAsync();
        var campaign = records.Campaign();
        var first = await Store.BeginAsync(Partition);
        first = first with { Position = await AppendAsync(first, records.Votes(campaign, 2)) };

        var second = await other.BeginAsync(Partition);
        second.Position.ShouldBe(2);
        second.Fence.ShouldBeGreaterThan(first.Fence);
        await ShouldBeStaleAsync(Store, first, new Records(2).Votes(campaign, 1));
        await other.AppendAsync(Partition, second.Position, second.Fence, records.Votes(campaign, 1));

        await ShouldBeStaleAsync(Store, first with { Position = 3 }, new Records(3).Votes(campaign, 1));
        (await AllAsync()).ShouldBeAt(1, records.All);
    }

    [SuiteTheory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task An_append_at_any_other_place_than_the_end_is_refused(int off)
    {
        var head = await Store.BeginAsync(Partition);
        head = head with { Position = await AppendAsync(head, records.Votes(records.Campaign(), 5)) };
        await ShouldBeStaleAsync(Store, head with { Position = head.Position + off }, new Records(2).Votes(records.Campaign(), 2));

        (await AllAsync()).ShouldBeAt(1, records.All);
        await AppendAsync(head, records.Votes(records.Campaign(), 1));
        (await AllAsync()).ShouldBeAt(1, records.All);
    }

    [SuiteFact]
    public async Task Appending_nothing_asks_whether_the_writer_still_owns_the_partition()
    {
        var head = await Store.BeginAsync(Partition);
        await Store.AppendAsync(Partition, head.Position, head.Fence, []);
        await ShouldBeStaleAsync(Store, head with { Position = 1 });
        await (await OpenAnotherAsync()).BeginAsync(Partition);
        await ShouldBeStaleAsync(Store, head);
        (await Store.HeadAsync(Partition)).ShouldBe(0);
    }

    [SuiteFact]
    public async Task What_was_refused_leaves_nothing_behind()
    {
        var (stale, campaign) = (await Store.BeginAsync(Partition), records.Campaign());
        var head = await Store.BeginAsync(Partition);
        var refused = new Records(2).Votes(campaign, 100);
        await ShouldBeStaleAsync(Store, stale, refused);

        (await AllAsync()).ShouldBeEmpty();
        (await Store.HeadAsync(Partition)).ShouldBe(0);
        (await Store.LastOfAsync(Partition, campaign)).ShouldBeNull();
        (await Store.VersionAsync(Partition, refused[0].Stream)).ShouldBe(0);
        await AppendAsync(head, refused);
        (await AllAsync()).ShouldBeAt(1, refused);
    }

    [SuiteFact]
    public async Task What_is_cancelled_before_it_begins_does_not_happen()
    {
        var head = await Store.BeginAsync(Partition);
        await Should.ThrowAsync<OperationCanceledException>(() => Store.AppendAsync(
            Partition, head.Position, head.Fence, new Records(2).Votes(records.Campaign(), 1), new CancellationToken(canceled: true)).AsTask());
        (await AllAsync()).ShouldBeEmpty();
        await AppendAsync(head, records.Votes(records.Campaign(), 1));
        (await AllAsync()).ShouldBeAt(1, records.All);
    }

    [SuiteFact]
    public async Task Everything_is_there_after_reopening()
    {
        var campaign = records.Campaign();
        var before = await Store.BeginAsync(Partition);
        await AppendAsync(before, records.Votes(campaign, 50));
        await ReopenAsync();

        (await Store.HeadAsync(Partition)).ShouldBe(50);
        (await AllAsync()).ShouldBeAt(1, records.All);
        var head = await Store.BeginAsync(Partition);
        head.Position.ShouldBe(50);
        head.Fence.ShouldBeGreaterThan(before.Fence);
        await AppendAsync(head, records.Votes(campaign, 50));
        (await AllAsync()).ShouldBeAt(1, records.All);
        (await AllAsync()).ShouldBeChained();
    }
}
