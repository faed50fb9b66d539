using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Storage.Postgres.Access;
using IdeaVote.Storage.Postgres.Accounts;
using IdeaVote.Storage.Postgres.Texts;

namespace IdeaVote.Storage.Postgres.Tests.Texts;

/// <summary>A deletion does not leave the removal of its rows to whenever PostgreSQL finds the time.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class ErasureTests(PostgresRun run)
{
    private readonly Some some = new(21);

    [SuiteFact]
    public async Task Erased_and_deleted_texts_leave_no_dead_rows()
    {
        var connection = run.Fresh(this);
        await using var store = await PostgresTextStore.OpenAsync(connection);
        var person = some.Person();
        var kept = some.Document(some.Person(), some.Bytes(3_000));
        await store.PutAsync(kept);
        foreach (var _ in Enumerable.Range(0, 20))
            await store.PutAsync(some.Document(person, some.Bytes(3_000)));
        var single = some.Document();
        await store.PutAsync(single);

        await store.EraseAsync(person);
        RowsIn(connection, "document").ShouldBe("2");
        await store.DeleteAsync(single.Id);
        RowsIn(connection, "document").ShouldBe("1");
        (await store.GetAsync(kept.Id)).ShouldBeSameAs(kept);
    }

    [SuiteFact]
    public async Task An_erased_person_leaves_no_dead_rows_on_rolls_and_among_tokens()
    {
        var connection = run.Fresh(this);
        await using var store = await PostgresAccessStore.OpenAsync(connection);
        var (person, campaign, entry) = (some.Person(), some.Campaign(), new RollEntry(some.Voter(), some.Term()));
        await store.AddTokenAsync(new TokenRecord(some.Id(), some.Bytes(32), "name", Scopes.Vote, "voter", person, null, new(1), null));
        await store.PutRollAsync(campaign, [entry, new RollEntry(some.Voter(), null)]);
        await store.EraseAsync(person, [(campaign, entry.Voter)]);
        RowsIn(connection, "token").ShouldBe("0");
        RowsIn(connection, "roll").ShouldBe("1");
    }

    [SuiteFact]
    public async Task An_erased_account_leaves_no_dead_rows()
    {
        var connection = run.Fresh(this);
        await using var store = await PostgresAccountStore.OpenAsync(connection);
        var account = new Account { Id = some.Id(), Email = "a@example.org", PasswordHash = "x", Person = some.Person(), Name = "A", Created = new(1), Stamp = some.Id() };
        await store.AddAsync(account);
        await store.ReplaceAsync(account with { Version = 1, Name = "B" });
        await store.PutCodeAsync(new OneTimeCode(some.Bytes(32), CodePurpose.Reset, account.Id, new(2)));
        await store.EraseAsync(account.Id);
        RowsIn(connection, "account").ShouldBe("0");
        RowsIn(connection, "code").ShouldBe("0");
    }

    /// <summary>How many rows with content the pages of a table hold, dead ones included.</summary>
    private string RowsIn(string connection, string table)
    {
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(connection);
        run.Server.Sql(settings.Database!, "CREATE EXTENSION IF NOT EXISTS pageinspect SCHEMA public");
        var name = $"{settings.SearchPath}.{table}";
        return run.Server.Sql(settings.Database!, $"""
            SELECT count(*) FROM generate_series(0, pg_relation_size('{name}') / 8192 - 1) AS page,
                public.heap_page_items(public.get_raw_page('{name}', page::int)) AS item
            WHERE item.t_data IS NOT NULL
            """);
    }
}
