using IdeaVote.Engine.Access;
using IdeaVote.Storage.Sqlite.Access;
using IdeaVote.Engine.Conformance.Stores;

namespace IdeaVote.Storage.Sqlite.Tests.Access;

public sealed class SqliteAccessStoreTests : AccessStoreSuite
{
    private readonly TempFolder folder = new();

    protected override ValueTask<IAccessStore> OpenAsync() => new(SqliteAccessStore.Open(folder.File("access.db")));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
