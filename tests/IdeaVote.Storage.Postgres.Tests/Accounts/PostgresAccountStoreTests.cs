using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Storage.Postgres.Accounts;

namespace IdeaVote.Storage.Postgres.Tests.Accounts;

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresAccountStoreTests(PostgresRun run) : AccountStoreSuite
{
    private string? connection;

    protected override async ValueTask<IAccountStore> OpenAsync() => await PostgresAccountStore.OpenAsync(connection ??= run.Fresh(this));
}

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresAccountCodeTests(PostgresRun run) : AccountCodeSuite
{
    private string? connection;

    protected override async ValueTask<IAccountStore> OpenAsync() => await PostgresAccountStore.OpenAsync(connection ??= run.Fresh(this));
}
