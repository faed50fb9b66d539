using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Postgres.Texts;

namespace IdeaVote.Storage.Postgres.Tests.Texts;

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresTextStoreTests(PostgresRun run) : TextStoreSuite
{
    private string? connection;

    protected override async ValueTask<ITextStore> OpenAsync() => await PostgresTextStore.OpenAsync(connection ??= run.Fresh(this));
}
