using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Snapshots;
using IdeaVote.Storage.Sqlite.Journal;

namespace IdeaVote.Storage.Sqlite.Tests.Journal;

public sealed class SqliteJournalTests : JournalStoreSuite
{
    private readonly TempFolder folder = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(new SqliteJournal(folder.File("journal.db")));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SqliteJournalReadTests : JournalReadSuite
{
    private readonly TempFolder folder = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(new SqliteJournal(folder.File("journal.db")));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SqliteJournalRaceTests : JournalRaceSuite
{
    private readonly TempFolder folder = new();

    protected override ValueTask<IJournalStore> OpenAsync() => new(new SqliteJournal(folder.File("journal.db")));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SqliteSnapshotTests : SnapshotStoreSuite
{
    private readonly TempFolder folder = new();
    private readonly List<SqliteJournal> journals = [];

    protected override ValueTask<ISnapshotStore> OpenAsync()
    {
        journals.Add(new SqliteJournal(folder.File("journal.db")));
        return new(journals[^1].Snapshots);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        journals.ForEach(journal => journal.Dispose());
        folder.Dispose();
    }
}
