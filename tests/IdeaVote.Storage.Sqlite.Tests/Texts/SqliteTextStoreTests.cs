using IdeaVote.Engine.Texts;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Storage.Sqlite.Texts;

namespace IdeaVote.Storage.Sqlite.Tests.Texts;

public sealed class SqliteTextStoreTests : TextStoreSuite
{
    private readonly TempFolder folder = new();

    protected override ValueTask<ITextStore> OpenAsync() => new(SqliteTextStore.Open(folder.File("texts.db")));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
