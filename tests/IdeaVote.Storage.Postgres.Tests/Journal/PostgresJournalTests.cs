using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Storage.Postgres.Journal;

namespace IdeaVote.Storage.Postgres.Tests.Journal;

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresJournalTests(PostgresRun run) : JournalStoreSuite
{
    private string? connection;

    protected override async ValueTask<IJournalStore> OpenAsync() => await PostgresJournal.OpenAsync(connection ??= run.Fresh(this));
}

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresJournalReadTests(PostgresRun run) : JournalReadSuite
{
    private string? connection;

    protected override string Partition => "some other one";

    protected override async ValueTask<IJournalStore> OpenAsync() => await PostgresJournal.OpenAsync(connection ??= run.Fresh(this));
}

/// <summary>In a campaign's own partition, where what is its own is stored in another way than what is not.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresOwnPartitionReadTests(PostgresRun run) : JournalReadSuite
{
    private string? connection;

    protected override string Partition => PartitionMap.Name(Large, 0);

    protected override async ValueTask<IJournalStore> OpenAsync() => await PostgresJournal.OpenAsync(connection ??= run.Fresh(this));
}

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresJournalRaceTests(PostgresRun run) : JournalRaceSuite
{
    private string? connection;

    protected override async ValueTask<IJournalStore> OpenAsync() => await PostgresJournal.OpenAsync(connection ??= run.Fresh(this));
}

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresJournalPartitionTests(PostgresRun run) : JournalPartitionSuite
{
    private string? connection;

    protected override async ValueTask<IJournalStore> OpenAsync() => await PostgresJournal.OpenAsync(connection ??= run.Fresh(this));
}

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresSnapshotTests(PostgresRun run) : SnapshotStoreSuite
{
    private readonly List<PostgresJournal> journals = [];
    private string? connection;

    protected override async ValueTask<ISnapshotStore> OpenAsync()
    {
        journals.Add(await PostgresJournal.OpenAsync(connection ??= run.Fresh(this)));
        return journals[^1].Snapshots;
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var journal in journals)
            await journal.DisposeAsync();
    }
}
