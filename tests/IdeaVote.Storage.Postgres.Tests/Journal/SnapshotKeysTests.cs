using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Storage.Postgres.Journal;

namespace IdeaVote.Storage.Postgres.Tests.Journal;

/// <summary>Asking for what was never saved is free, and what was saved is never missed.</summary>
public sealed class SnapshotKeysTests
{
    private readonly Some some = new(31);

    private StreamId[] Streams(int count)
    {
        // A few campaigns, and voters who vote in all of them.
        var campaigns = Enumerable.Range(0, 10).Select(_ => some.Campaign()).ToArray();
        return [.. Enumerable.Range(0, count / 10).Select(_ => some.Voter()).SelectMany(voter => campaigns.Select(campaign => StreamId.Of(campaign, voter)))];
    }

    [Fact]
    public void Until_all_are_known_each_may_be_there()
    {
        var keys = new SnapshotKeys();
        keys.MayHave(Streams(10)[0]).ShouldBeTrue();
        keys.Complete();
        keys.MayHave(Streams(10)[0]).ShouldBeFalse();
        keys.Disable();
        keys.MayHave(Streams(10)[0]).ShouldBeTrue();
    }

    [Fact]
    public void Whatever_was_added_is_found_and_little_else()
    {
        var (added, others, keys) = (Streams(200_000), Streams(200_000), new SnapshotKeys());
        Parallel.ForEach(added, keys.Add);
        keys.Complete();
        added.ShouldAllBe(stream => keys.MayHave(stream));
        others.Count(keys.MayHave).ShouldBeLessThan(20);
        // The same key of another kind or in another campaign is another stream.
        added.Count(stream => keys.MayHave(stream with { Kind = AggregateKind.Idea })).ShouldBeLessThan(20);
    }
}

/// <summary>The same with a database behind it.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class SnapshotQuestionTests(PostgresRun run)
{
    private readonly Some some = new(32);

    private StreamId Stream() => StreamId.Of(some.Campaign(), some.Voter());

    private static Task SaveAsync(PostgresJournal journal, params StreamId[] streams) => journal.Snapshots.SaveAsync(
        [.. streams.Select(stream => new Snapshot(stream, 1, new byte[] { 1 }))], [], new Checkpoint(1, 1)).AsTask();

    [SuiteFact]
    public async Task What_was_saved_before_and_since_is_asked_for_and_nothing_else()
    {
        var connection = run.Fresh(this);
        var (before, since, never) = (Stream(), Stream(), Stream());
        await using (var former = await PostgresJournal.OpenAsync(connection))
        {
            await former.BeginAsync(PostgresJournal.Partition);
            await SaveAsync(former, before);
        }
        await using var journal = await PostgresJournal.OpenAsync(connection);
        await journal.BeginAsync(PostgresJournal.Partition);
        (await journal.Snapshots.LoadAsync(never)).ShouldBeNull();
        await journal.Snapshots.KeysRead;
        await SaveAsync(journal, since);
        (await journal.Snapshots.LoadAsync(before)).ShouldNotBeNull();
        (await journal.Snapshots.LoadAsync(since)).ShouldNotBeNull();

        var settings = new Npgsql.NpgsqlConnectionStringBuilder(connection);
        run.Server.Sql(settings.Database!, $"DROP TABLE {settings.SearchPath}.snapshot");
        (await journal.Snapshots.LoadAsync(never)).ShouldBeNull();
        await Should.ThrowAsync<JournalException>(() => journal.Snapshots.LoadAsync(before).AsTask());
    }

    [SuiteFact]
    public async Task Who_takes_the_journal_back_finds_what_was_saved_meanwhile()
    {
        var connection = run.Fresh(this);
        var saved = Stream();
        await using var first = await PostgresJournal.OpenAsync(connection);
        await using var second = await PostgresJournal.OpenAsync(connection);
        await first.BeginAsync(PostgresJournal.Partition);
        (await first.Snapshots.LoadAsync(saved)).ShouldBeNull();
        await first.Snapshots.KeysRead;
        await second.BeginAsync(PostgresJournal.Partition);
        await SaveAsync(second, saved);
        await first.BeginAsync(PostgresJournal.Partition);
        (await first.Snapshots.LoadAsync(saved)).ShouldNotBeNull();
    }
}
