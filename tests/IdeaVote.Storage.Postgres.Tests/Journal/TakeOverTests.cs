using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Storage.Postgres.Journal;

namespace IdeaVote.Storage.Postgres.Tests.Journal;

/// <summary>What a process that lost the journal can no longer do, and what keeps even a broken one from doing harm.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class TakeOverTests(PostgresRun run)
{
    private const string Partition = PostgresJournal.Partition;

    [SuiteFact]
    public async Task Who_lost_the_journal_saves_no_snapshots_over_those_of_who_has_it()
    {
        var connection = run.Fresh(this);
        await using var former = await PostgresJournal.OpenAsync(connection);
        await using var later = await PostgresJournal.OpenAsync(connection);
        var stream = new Records().Voter(new Records().Campaign());
        await former.BeginAsync(Partition);
        await former.Snapshots.SaveAsync([new Snapshot(stream, 1, new byte[] { 1 })], [], new Checkpoint(1, 1));
        await later.BeginAsync(Partition);
        await later.Snapshots.SaveAsync([new Snapshot(stream, 2, new byte[] { 2 })], [], new Checkpoint(2, 1));

        await Should.ThrowAsync<StaleWriterException>(
            () => former.Snapshots.SaveAsync([new Snapshot(stream, 1, new byte[] { 1 })], [], new Checkpoint(1, 1)).AsTask());
        await Should.ThrowAsync<StaleWriterException>(() => former.Snapshots.ClearAsync().AsTask());

        (await later.Snapshots.LoadAsync(stream))!.Version.ShouldBe(2);
        (await later.Snapshots.LoadCheckpointAsync()).ShouldBe(new Checkpoint(2, 1));
    }

    [SuiteFact]
    public async Task Of_many_who_open_an_empty_database_each_finds_the_same_tables()
    {
        var connection = run.Fresh(this);
        var journals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresJournal.OpenAsync(connection)));
        journals.Select(journal => journal.Identity).Distinct().Count().ShouldBe(1);
        journals[0].Identity.ShouldNotBe(Guid.Empty);
        var fences = await Task.WhenAll(journals.Select(journal => journal.BeginAsync(Partition).AsTask()));
        fences.Select(head => head.Fence).Order().ShouldBe(Enumerable.Range(1, 8).Select(i => (long)i));
        foreach (var journal in journals)
            await journal.DisposeAsync();
    }

    [SuiteFact]
    public async Task Commits_are_synchronous_whatever_the_database_says()
    {
        var connection = run.Fresh(this);
        run.Server.Sql("postgres", $"ALTER DATABASE {GetType().Name} SET synchronous_commit = off; ALTER DATABASE {GetType().Name} SET default_transaction_isolation = 'serializable'");
        await using var journal = await PostgresJournal.OpenAsync(connection);
        for (var i = 0; i < 3; i++)
        {
            (await journal.ReadBackSettingAsync("synchronous_commit")).ShouldBe("on");
            (await journal.ReadBackSettingAsync("default_transaction_isolation")).ShouldBe("read committed");
        }
    }
}
