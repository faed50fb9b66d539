using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Sqlite.Files;

namespace IdeaVote.Storage.Sqlite.Tests.Files;

/// <summary>Changes that wait together are committed together, and each has its own fate.</summary>
public sealed class SqliteDatabaseTests : IAsyncLifetime
{
    private static readonly SqliteSchema Schema = new("tests", Mark: 77, Version: 1, Tables: "CREATE TABLE word (text TEXT UNIQUE);");

    private readonly TempFolder folder = new();
    private SqliteDatabase database = null!;

    public Task InitializeAsync()
    {
        database = SqliteDatabase.Open(folder.File("some.db"), new SqliteFileOptions(), Schema);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    private Task<int> AddAsync(string word) => database.WriteAsync(session => session.Execute("INSERT INTO word VALUES (?1)", word), default);

    private ValueTask<List<string>> WordsAsync() =>
        database.ReadAsync(session => session.Rows(row => row.GetString(0), "SELECT text FROM word ORDER BY text"), default);

    /// <summary>Keeps the writer busy until the changes it is given are all waiting.</summary>
    private async Task<Task<int>[]> TogetherAsync(params Func<Task<int>>[] changes)
    {
        using var running = new SemaphoreSlim(0);
        using var waiting = new ManualResetEventSlim();
        var first = database.WriteAsync(
            session =>
            {
                running.Release();
                waiting.Wait();
                return 0;
            },
            default);
        await running.WaitAsync();
        var tasks = Array.ConvertAll(changes, change => change());
        waiting.Set();
        await first;
        return tasks;
    }

    [Fact]
    public async Task Hundreds_that_wait_share_a_few_commits()
    {
        var before = database.Commits;
        var tasks = await TogetherAsync([.. Enumerable.Range(0, 500).Select(i => (Func<Task<int>>)(() => AddAsync($"{i:000}")))]);
        await Task.WhenAll(tasks);
        (await WordsAsync()).Count.ShouldBe(500);
        // One for the change that kept the others waiting, two for 500 at 256 each.
        (database.Commits - before).ShouldBe(3);
    }

    [Fact]
    public async Task One_that_fails_takes_no_other_with_it()
    {
        await AddAsync("b");
        var tasks = await TogetherAsync(
            () => AddAsync("a"),
            () => AddAsync("b"),
            () => database.WriteAsync<int>(
                session =>
                {
                    session.Execute("INSERT INTO word VALUES ('x')");
                    throw new InvalidTimeZoneException("Its own failure.");
                },
                default),
            () => AddAsync("c"));
        (await tasks[0]).ShouldBe(1);
        (await tasks[3]).ShouldBe(1);
        (await Should.ThrowAsync<JournalException>(() => tasks[1])).Message.ShouldContain("UNIQUE");
        await Should.ThrowAsync<InvalidTimeZoneException>(() => tasks[2]);
        (await WordsAsync()).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task What_waits_when_it_closes_is_still_committed()
    {
        var tasks = await TogetherAsync([.. Enumerable.Range(0, 50).Select(i => (Func<Task<int>>)(() => AddAsync($"{i:000}")))]);
        await database.DisposeAsync();
        (await Task.WhenAll(tasks)).ShouldAllBe(rows => rows == 1);
        await Should.ThrowAsync<ObjectDisposedException>(() => AddAsync("late"));
        database = SqliteDatabase.Open(folder.File("some.db"), new SqliteFileOptions(), Schema);
        (await WordsAsync()).Count.ShouldBe(50);
    }

    [Fact]
    public async Task Who_stops_waiting_hears_so_at_once()
    {
        using var stop = new CancellationTokenSource();
        var tasks = await TogetherAsync(() =>
        {
            var task = database.WriteAsync(session => session.Execute("INSERT INTO word VALUES ('a')"), stop.Token);
            stop.Cancel();
            return task;
        });
        await Should.ThrowAsync<OperationCanceledException>(() => tasks[0]);
        await AddAsync("b");
        (await WordsAsync()).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_reader_sees_only_what_is_committed()
    {
        using var running = new SemaphoreSlim(0);
        using var read = new ManualResetEventSlim();
        var change = database.WriteAsync(
            session =>
            {
                var rows = session.Execute("INSERT INTO word VALUES ('a')");
                running.Release();
                read.Wait();
                return rows;
            },
            default);
        await running.WaitAsync();
        (await WordsAsync()).ShouldBeEmpty();
        read.Set();
        await change;
        (await WordsAsync()).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Closing_leaves_one_file()
    {
        await AddAsync("a");
        await WordsAsync();
        await database.DisposeAsync();
        Directory.GetFiles(folder.Path).ShouldBe([folder.File("some.db")]);
        database = SqliteDatabase.Open(folder.File("some.db"), new SqliteFileOptions(), Schema);
    }
}
