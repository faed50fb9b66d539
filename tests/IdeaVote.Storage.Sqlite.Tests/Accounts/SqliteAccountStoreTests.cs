using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Storage.Sqlite.Accounts;

namespace IdeaVote.Storage.Sqlite.Tests.Accounts;

public sealed class SqliteAccountStoreTests : AccountStoreSuite
{
    private readonly TempFolder folder = new();

    protected override ValueTask<IAccountStore> OpenAsync() => new(SqliteAccountStore.Open(folder.File("accounts.db")));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SqliteAccountCodeTests : AccountCodeSuite
{
    private readonly TempFolder folder = new();

    protected override ValueTask<IAccountStore> OpenAsync() => new(SqliteAccountStore.Open(folder.File("accounts.db")));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
