using IdeaVote.Storage.Sqlite.Access;
using IdeaVote.Storage.Sqlite.Files;
using IdeaVote.Storage.Sqlite.Projections;
using IdeaVote.Storage.Sqlite.Texts;

namespace IdeaVote.Storage.Sqlite.Tests.Files;

/// <summary>The settings each store's writing connection says it runs with.</summary>
public sealed class StoreSettingsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Texts_and_accounts_are_synced_at_every_commit_and_overwritten_when_deleted()
    {
        await using var texts = SqliteTextStore.Open(folder.File("texts.db"));
        await using var access = SqliteAccessStore.Open(folder.File("access.db"));
        await ShouldBeAsync(texts.Database, synchronous: 2, secureDelete: 1);
        await ShouldBeAsync(access.Database, synchronous: 2, secureDelete: 1);
    }

    [Fact]
    public async Task What_can_be_rebuilt_is_not_synced_at_every_commit()
    {
        await using var texts = SqliteTextStore.Open(folder.File("texts.db"));
        await using var search = SqliteSearchIndex.Open(folder.File("search.db"), texts);
        await using var backers = SqliteBackersIndex.Open(folder.File("backers.db"));
        await using var discussions = SqliteDiscussionIndex.Open(folder.File("discussions.db"));
        await using var news = SqliteNewsIndex.Open(folder.File("news.db"));
        await using var invitations = SqliteInvitationIndex.Open(folder.File("invitations.db"));
        await ShouldBeAsync(invitations.Database, synchronous: 1, secureDelete: 0);
        await ShouldBeAsync(discussions.Database, synchronous: 1, secureDelete: 0);
        await ShouldBeAsync(news.Database, synchronous: 1, secureDelete: 0);
        await ShouldBeAsync(search.Database, synchronous: 1, secureDelete: 1);
        await ShouldBeAsync(backers.Database, synchronous: 1, secureDelete: 0);
    }

    private static async Task ShouldBeAsync(SqliteDatabase database, long synchronous, long secureDelete)
    {
        var read = await database.WriteAsync(
            session => (session.Scalar("PRAGMA journal_mode"), session.Scalar("PRAGMA synchronous"), session.Scalar("PRAGMA secure_delete")), default);
        read.ShouldBe(("wal", synchronous, secureDelete));
        // The same for the connections that read, as far as it means anything there.
        (await database.ReadAsync(session => session.Scalar("PRAGMA journal_mode"), default)).ShouldBe("wal");
    }
}
