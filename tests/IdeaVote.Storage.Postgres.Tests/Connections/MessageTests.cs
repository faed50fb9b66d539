using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Postgres.Access;
using IdeaVote.Storage.Postgres.Journal;
using IdeaVote.Storage.Postgres.Texts;
using Npgsql;

namespace IdeaVote.Storage.Postgres.Tests.Connections;

/// <summary>What can't work says so in one line that names the way out, and never the password.</summary>
[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class MessageTests(PostgresRun run)
{
    private static async Task<string> FailAsync(string connection)
    {
        var failure = await Should.ThrowAsync<JournalException>(() => PostgresJournal.OpenAsync(connection));
        failure.Message.ShouldNotContain("\n");
        failure.ToString().ShouldNotContain("QzX9");
        return failure.Message;
    }

    private string With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(run.Server.ConnectionString("postgres"));
        change(settings);
        return settings.ToString();
    }

    [SuiteTheory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("Host=localhost;Password=ab;QzX9=1")]
    [InlineData("Host=localhost;Password='QzX9")]
    [InlineData("Host=localhost;Port=QzX9")]
    [InlineData("Host=localhost;Port=99999999999")]
    [InlineData("Host=localhost;Search Path=a,b")]
    [InlineData("Host=localhost;Search Path=\"Q; DROP TABLE journal\"")]
    [InlineData("Host=a,b;Target Session Attributes=QzX9")]
    public async Task A_connection_string_that_is_none_is_not_repeated(string connection) =>
        (await FailAsync(connection)).ShouldContain("connection string");

    [SuiteFact]
    public async Task A_wrong_password_is_named_as_such() =>
        (await FailAsync(With(c => c.Password = "QzX9-wrong"))).ShouldContain("does not let the user tester in");

    [SuiteFact]
    public async Task A_missing_password_is_asked_for() => (await FailAsync(With(c => c.Password = null))).ShouldContain("asks for a password");

    [SuiteFact]
    public async Task A_missing_database_is_named() =>
        (await FailAsync(With(c => c.Database = "nowhere"))).ShouldContain("createdb -O tester nowhere");

    [SuiteFact]
    public async Task A_server_that_is_not_there_is_named()
    {
        (await FailAsync(With(c => c.Port = 1))).ShouldContain("can't be reached");
        (await FailAsync(With(c => (c.Host, c.Port) = ("127.0.0.1", 1)))).ShouldContain("127.0.0.1:1");
        (await FailAsync(With(c => c.Host = "no.such.machine.invalid"))).ShouldContain("no.such.machine.invalid");
    }

    [SuiteFact]
    public async Task Missing_rights_are_named()
    {
        run.Server.Create("guarded");
        run.Server.Sql("guarded", $"CREATE ROLE guest LOGIN PASSWORD 'guest-QzX9'; REVOKE CREATE ON DATABASE guarded FROM PUBLIC");
        var guest = With(c => (c.Database, c.Username, c.Password) = ("guarded", "guest", "guest-QzX9"));
        (await FailAsync(guest)).ShouldContain("guest lacks a right in the database guarded");

        await using (await PostgresJournal.OpenAsync(With(c => c.Database = "guarded")))
            (await FailAsync(guest)).ShouldContain("guest lacks a right");

        run.Server.Sql("guarded", "GRANT USAGE ON SCHEMA ideavote TO guest; GRANT SELECT ON ALL TABLES IN SCHEMA ideavote TO guest");
        await using var reader = await PostgresJournal.OpenAsync(guest);
        (await reader.HeadAsync("0")).ShouldBe(0);
        var failure = await Should.ThrowAsync<JournalException>(() => reader.BeginAsync("0").AsTask());
        failure.Message.ShouldContain("guest lacks a right");
    }

    [SuiteFact]
    public async Task Another_encoding_is_refused()
    {
        run.Server.Create("latin", "-E", "LATIN1", "-T", "template0", "--locale=C");
        (await FailAsync(With(c => c.Database = "latin"))).ShouldContain("LATIN1");
    }

    [SuiteFact]
    public async Task A_database_that_only_reads_is_refused()
    {
        run.Server.Create("frozen");
        run.Server.Sql("postgres", "ALTER DATABASE frozen SET default_transaction_read_only = on");
        (await FailAsync(With(c => c.Database = "frozen"))).ShouldContain("can only be read");
    }

    [SuiteFact]
    public async Task Tables_of_a_newer_version_are_left_alone()
    {
        run.Server.Create("future");
        var connection = With(c => c.Database = "future");
        await (await PostgresJournal.OpenAsync(connection)).DisposeAsync();
        await (await PostgresTextStore.OpenAsync(connection)).DisposeAsync();
        await (await PostgresAccessStore.OpenAsync(connection)).DisposeAsync();
        run.Server.Sql("future", "UPDATE ideavote.schema_version SET version = version + 1");
        (await FailAsync(connection)).ShouldContain("format 3; this program knows format 2");
        await Should.ThrowAsync<JournalException>(() => PostgresTextStore.OpenAsync(connection));
        await Should.ThrowAsync<JournalException>(() => PostgresAccessStore.OpenAsync(connection));
    }

    [SuiteFact]
    public async Task A_server_that_does_not_sync_is_refused()
    {
        using var careless = PostgresServer.Start("fsync = off");
        (await FailAsync(careless.ConnectionString("postgres"))).ShouldContain("fsync");
    }
}
