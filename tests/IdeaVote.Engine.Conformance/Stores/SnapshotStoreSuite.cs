using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Snapshots;
using Shouldly;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>What every snapshot store must do.</summary>
public abstract class SnapshotStoreSuite : StoreSuite<ISnapshotStore>
{
    private readonly Some some = new(3);

    private Snapshot Snapshot(StreamId? stream = null, long version = 1, int bytes = 100) =>
        new(stream ?? StreamId.Of(some.Campaign(), some.Voter()), version, some.Bytes(bytes));

    private async Task ShouldLoadAsync(Snapshot expected)
    {
        var loaded = (await Store.LoadAsync(expected.Stream)).ShouldNotBeNull();
        (loaded.Stream, loaded.Version).ShouldBe((expected.Stream, expected.Version));
        loaded.State.Span.SequenceEqual(expected.State.Span).ShouldBeTrue();
    }

    [SuiteFact]
    public async Task At_first_there_is_nothing()
    {
        (await Store.LoadCheckpointAsync()).ShouldBeNull();
        (await Store.LoadBoardsAsync()).ShouldBeEmpty();
        (await Store.LoadAsync(StreamId.Of(some.Campaign()))).ShouldBeNull();
    }

    [SuiteFact]
    public async Task What_is_saved_is_loaded_also_after_reopening()
    {
        var campaign = some.Campaign();
        Snapshot[] aggregates = [Snapshot(StreamId.Of(campaign)), Snapshot(StreamId.Of(campaign, some.Idea()), 7), Snapshot(bytes: 0), Snapshot(bytes: 300_000)];
        var board = new BoardSnapshot(campaign, 41, some.Bytes(5_000));
        await Store.SaveAsync(aggregates, [board], new Checkpoint(40, 3));
        await ReopenAsync();

        foreach (var aggregate in aggregates)
            await ShouldLoadAsync(aggregate);
        var loaded = (await Store.LoadBoardsAsync()).ShouldHaveSingleItem();
        (loaded.Campaign, loaded.Position).ShouldBe((campaign, 41));
        loaded.State.Span.SequenceEqual(board.State.Span).ShouldBeTrue();
        (await Store.LoadCheckpointAsync()).ShouldBe(new Checkpoint(40, 3));
        (await Store.LoadAsync(StreamId.Of(some.Campaign(), some.Voter()))).ShouldBeNull();
    }

    [SuiteFact]
    public async Task Saving_again_replaces_each_and_leaves_the_rest()
    {
        var (kept, before) = (Snapshot(), Snapshot());
        var after = Snapshot(before.Stream, 2, 4_000);
        var (first, second) = (some.Campaign(), some.Campaign());
        await Store.SaveAsync([kept, before], [new(first, 1, some.Bytes(10)), new(second, 2, some.Bytes(10))], new Checkpoint(1, 1));
        await Store.SaveAsync([after], [new(second, 9, some.Bytes(20))], new Checkpoint(5, 1));
        await Store.SaveAsync([], [], new Checkpoint(6, 1));

        await ShouldLoadAsync(kept);
        await ShouldLoadAsync(after);
        (await Store.LoadBoardsAsync()).Select(board => (board.Campaign, board.Position)).ShouldBe([(first, 1L), (second, 9L)], ignoreOrder: true);
        (await Store.LoadCheckpointAsync()).ShouldBe(new Checkpoint(6, 1));
    }

    [SuiteFact]
    public async Task Very_many_are_saved_at_once()
    {
        var many = Enumerable.Range(0, 12_000).Select(i => Snapshot(version: i, bytes: 50)).ToArray();
        await Store.SaveAsync(many, [], new Checkpoint(12_000, 1));
        for (var i = 0; i < many.Length; i += 101)
            await ShouldLoadAsync(many[i]);
    }

    [SuiteFact]
    public async Task Cleared_it_holds_nothing()
    {
        var saved = Snapshot();
        await Store.SaveAsync([saved], [new(some.Campaign(), 1, some.Bytes(10))], new Checkpoint(1, 1));
        await Store.ClearAsync();
        (await Store.LoadCheckpointAsync()).ShouldBeNull();
        (await Store.LoadBoardsAsync()).ShouldBeEmpty();
        (await Store.LoadAsync(saved.Stream)).ShouldBeNull();
        await Store.SaveAsync([saved], [], new Checkpoint(2, 1));
        await ShouldLoadAsync(saved);
    }

    [SuiteFact]
    public async Task One_loads_while_another_saves()
    {
        var streams = Enumerable.Range(0, 50).Select(_ => StreamId.Of(some.Campaign(), some.Voter())).ToArray();
        var versions = Enumerable.Range(1, 20).Select(version => streams.Select(stream => Snapshot(stream, version)).ToArray()).ToArray();
        await Store.SaveAsync(versions[0], [], new Checkpoint(1, 1));
        var saving = Task.Run(async () =>
        {
            for (var i = 1; i < versions.Length; i++)
                await Store.SaveAsync(versions[i], [], new Checkpoint(i + 1, 1));
        });
        var reached = 0L;
        while (reached < versions.Length && !saving.IsFaulted)
        {
            // All versions of one saving appear together, so none can be older than one that was seen before.
            foreach (var stream in streams)
            {
                var loaded = (await Store.LoadAsync(stream)).ShouldNotBeNull();
                loaded.Version.ShouldBeGreaterThanOrEqualTo(reached);
                reached = loaded.Version;
            }
        }
        await saving;
    }
}
