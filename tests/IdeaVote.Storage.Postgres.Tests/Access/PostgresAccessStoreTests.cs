using IdeaVote.Engine.Access;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Storage.Postgres.Access;

namespace IdeaVote.Storage.Postgres.Tests.Access;

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresAccessStoreTests(PostgresRun run) : AccessStoreSuite
{
    private string? connection;

    protected override async ValueTask<IAccessStore> OpenAsync() => await PostgresAccessStore.OpenAsync(connection ??= run.Fresh(this));
}
