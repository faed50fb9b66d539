using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace IdeaVote.Storage.Sqlite.Tests.Files;

public sealed class SqliteFileTests : IDisposable
{
    private static readonly SqliteSchema Schema = new("tests", Mark: 77, Version: 3, Tables: "CREATE TABLE word (text TEXT);");

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Path => folder.File("some.db");

    private async Task WriteSomeAsync()
    {
        await using var database = SqliteDatabase.Open(Path, new SqliteFileOptions(), Schema);
        await database.WriteAsync(session => session.Execute("INSERT INTO word VALUES (?1)", new string('x', 100_000)), default);
    }

    [Fact]
    public void What_a_killed_process_left_in_the_log_is_written_anew_before_anything_relies_on_it()
    {
        var left = folder.File("left.db");
        using (var session = new SqliteSession(SqliteFile.Open(Path, new SqliteFileOptions())))
        {
            session.Execute("CREATE TABLE word (text TEXT)");
            session.Execute("INSERT INTO word VALUES ('kept')");
            File.Copy(Path, left);
            File.Copy(Path + "-wal", left + "-wal");
        }
        new FileInfo(left + "-wal").Length.ShouldBePositive();
        using var next = new SqliteSession(SqliteFile.Open(left, new SqliteFileOptions()));
        new FileInfo(left + "-wal").Length.ShouldBe(0);
        next.Scalar("SELECT text FROM word").ShouldBe("kept");
    }

    [Theory]
    [InlineData(SqliteSynchronous.Full, true, 2L, 1L)]
    [InlineData(SqliteSynchronous.Normal, false, 1L, 0L)]
    public void Every_setting_asked_for_is_in_force(SqliteSynchronous synchronous, bool secureDelete, long synchronousNow, long secureDeleteNow)
    {
        using var session = new SqliteSession(SqliteFile.Open(Path, new SqliteFileOptions
        {
            Synchronous = synchronous,
            SecureDelete = secureDelete,
            CacheKib = 1_234,
            PageBytes = 8_192,
            CheckpointPages = 77,
            Patience = TimeSpan.FromSeconds(3),
        }));
        session.Execute("CREATE TABLE t (x)");
        session.Scalar("PRAGMA journal_mode").ShouldBe("wal");
        session.Scalar("PRAGMA synchronous").ShouldBe(synchronousNow);
        session.Scalar("PRAGMA secure_delete").ShouldBe(secureDeleteNow);
        session.Scalar("PRAGMA cache_size").ShouldBe(-1_234L);
        session.Scalar("PRAGMA page_size").ShouldBe(8_192L);
        session.Scalar("PRAGMA wal_autocheckpoint").ShouldBe(77L);
        session.Scalar("PRAGMA busy_timeout").ShouldBe(3_000L);
        session.Scalar("PRAGMA temp_store").ShouldBe(2L);
    }

    [Fact]
    public void A_missing_folder_is_made()
    {
        var path = System.IO.Path.Combine(folder.Path, "a", "b", "some.db");
        SqliteFile.Open(path, new SqliteFileOptions()).Dispose();
        File.Exists(path).ShouldBeTrue();
    }

    [Fact]
    public void A_new_file_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var session = new SqliteSession(SqliteFile.Open(Path, new SqliteFileOptions()));
        session.Execute("CREATE TABLE t (x)");
        Directory.GetFiles(folder.Path).Length.ShouldBe(3);
        foreach (var file in Directory.GetFiles(folder.Path))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public async Task A_connection_that_reads_cannot_write()
    {
        await WriteSomeAsync();
        using var session = new SqliteSession(SqliteFile.Open(Path, new SqliteFileOptions { ReadOnly = true }));
        session.Scalar("SELECT count(*) FROM word").ShouldBe(1L);
        Should.Throw<SqliteException>(() => session.Execute("DELETE FROM word"));
    }

    [Fact]
    public void Reading_a_file_that_is_not_there_says_so() =>
        ShouldSay(() => SqliteFile.Open(Path, new SqliteFileOptions { ReadOnly = true }), "can't be opened");

    [Fact]
    public void A_file_that_is_no_database_says_so()
    {
        File.WriteAllText(Path, new string('?', 10_000));
        ShouldSay(() => SqliteDatabase.Open(Path, new SqliteFileOptions(), Schema), "is not a database", "backup");
        ShouldSay(() => SqliteDatabase.Open(Path, new SqliteFileOptions { Rebuildable = true }, Schema), "is not a database", "delete this file");
    }

    [Fact]
    public async Task A_damaged_file_says_so()
    {
        await WriteSomeAsync();
        using (var file = new FileStream(Path, FileMode.Open))
        {
            file.Position = 100;
            file.Write(Enumerable.Repeat((byte)0xEE, 4_096 - 100).ToArray());
        }
        ShouldSay(() => SqliteDatabase.Open(Path, new SqliteFileOptions(), Schema), "is damaged", "backup");
        ShouldSay(() => SqliteDatabase.Open(Path, new SqliteFileOptions { Rebuildable = true }, Schema), "is damaged", "delete this file");
    }

    [Fact]
    public async Task Damage_found_only_when_reading_says_so_too()
    {
        await WriteSomeAsync();
        using (var file = new FileStream(Path, FileMode.Open))
        {
            file.Position = 4_096;
            file.Write(Enumerable.Repeat((byte)0xEE, 4_096).ToArray());
        }
        await using var database = SqliteDatabase.Open(Path, new SqliteFileOptions(), Schema);
        var reading = await Should.ThrowAsync<JournalException>(() => database.ReadAsync(s => s.Scalar("SELECT max(text) FROM word"), default).AsTask());
        reading.Message.ShouldContain("is damaged");
        reading.Message.ShouldContain(Path);
        var writing = await Should.ThrowAsync<JournalException>(() => database.WriteAsync(s => s.Execute("INSERT INTO word VALUES ('x')"), default));
        writing.Message.ShouldContain("is damaged");
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused()
    {
        await WriteSomeAsync();
        ShouldSay(
            () => SqliteDatabase.Open(Path, new SqliteFileOptions(), Schema with { Version = 2 }), "in format 3", "knows format 2", "newer");
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused_and_left_alone()
    {
        await WriteSomeAsync();
        ShouldSay(() => SqliteDatabase.Open(Path, new SqliteFileOptions(), Schema with { Mark = 78, Name = "others" }), "not one of IdeaVote's others");
        await using var database = SqliteDatabase.Open(Path, new SqliteFileOptions(), Schema);
        (await database.ReadAsync(s => s.Scalar("SELECT count(*) FROM word"), default)).ShouldBe(1L);
    }

    [Fact]
    public void A_database_of_somebody_else_is_refused()
    {
        using (var session = new SqliteSession(SqliteFile.Open(Path, new SqliteFileOptions())))
            session.Execute("CREATE TABLE theirs (x)");
        ShouldSay(() => SqliteDatabase.Open(Path, new SqliteFileOptions(), Schema), "not one of IdeaVote's tests");
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_says_so()
    {
        Directory.CreateDirectory(Path);
        ShouldSay(() => SqliteFile.Open(Path, new SqliteFileOptions()), "read-only");
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_says_so()
    {
        File.WriteAllText(Path, "");
        var inside = System.IO.Path.Combine(Path, "some.db");
        var failure = Should.Throw<JournalException>(() => SqliteFile.Open(inside, new SqliteFileOptions()));
        failure.Message.ShouldContain("can't be made");
        failure.Message.ShouldContain(inside);
    }

    [Fact]
    public void A_folder_without_the_right_to_write_says_so()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Allow(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        using (new ReadOnlyRights())
            ShouldSay(() => SqliteFile.Open(Path, new SqliteFileOptions()), "read-only", "Let the account");
        Allow(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_file_without_the_right_to_write_says_so()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await WriteSomeAsync();
        Allow(Path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Allow(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        using (new ReadOnlyRights())
            ShouldSay(() => SqliteFile.Open(Path, new SqliteFileOptions()), "read-only", "Let the account");
        Allow(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_file_that_another_program_holds_says_so()
    {
        await WriteSomeAsync();
        using var other = new SqliteSession(SqliteFile.Open(Path, new SqliteFileOptions()));
        other.Execute("BEGIN IMMEDIATE");
        await using var database = SqliteDatabase.Open(Path, new SqliteFileOptions { Patience = TimeSpan.FromMilliseconds(10) }, Schema);
        var failure = await Should.ThrowAsync<JournalException>(() => database.WriteAsync(s => s.Execute("DELETE FROM word"), default));
        failure.Message.ShouldContain("Another program holds");
        failure.Message.ShouldContain(Path);
        other.Execute("ROLLBACK");
        (await database.WriteAsync(s => s.Execute("DELETE FROM word"), default)).ShouldBe(1);
    }

    [Fact]
    public async Task A_full_disk_says_so_and_what_was_there_stays()
    {
        await WriteSomeAsync();
        await using var database = SqliteDatabase.Open(Path, new SqliteFileOptions(), Schema);
        await database.WriteAsync(s => s.Scalar("PRAGMA max_page_count = 1"), default);
        var failure = await Should.ThrowAsync<JournalException>(
            () => database.WriteAsync(s => s.Execute("INSERT INTO word VALUES (zeroblob(1000000))"), default));
        failure.Message.ShouldContain("The disk is full");
        (await database.ReadAsync(s => s.Scalar("SELECT count(*) FROM word"), default)).ShouldBe(1L);
    }

    [Theory]
    [InlineData(13, "disk is full")]
    [InlineData(8, "can't be written")]
    [InlineData(11, "is damaged")]
    [InlineData(26, "is not a database")]
    [InlineData(10, "Check the disk")]
    [InlineData(14, "can't be opened")]
    [InlineData(5, "Another program")]
    [InlineData(6, "Another program")]
    [InlineData(3, "may not use")]
    [InlineData(7, "memory")]
    [InlineData(1, "can't be used")]
    public void Every_failure_names_the_file_and_says_what_to_do(int code, string says)
    {
        var cause = new SqliteException("what SQLite says", code, code);
        var failure = SqliteFile.Explain(cause, Path);
        failure.Message.ShouldContain(says);
        failure.Message.ShouldContain(Path);
        failure.Message.ShouldContain("what SQLite says");
        failure.InnerException.ShouldBeSameAs(cause);
    }

    private void ShouldSay(Func<object> act, params string[] parts)
    {
        var failure = Should.Throw<JournalException>(() => act());
        failure.Message.ShouldContain(Path);
        foreach (var part in parts)
            failure.Message.ShouldContain(part);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Allow(string path, UnixFileMode mode) => File.SetUnixFileMode(path, mode);
}
