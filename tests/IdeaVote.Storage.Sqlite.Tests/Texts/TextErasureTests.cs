using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Sqlite.Files;
using IdeaVote.Storage.Sqlite.Texts;

namespace IdeaVote.Storage.Sqlite.Tests.Texts;

/// <summary>What is erased is in no byte of any file, while the store is open and others use it.</summary>
public sealed class TextErasureTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Some some = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A document whose every kilobyte holds its own mark, so that a piece of it left anywhere is found.</summary>
    private (TextDocument Document, string Mark) Marked(PersonId? owner, TextId? id = null)
    {
        var mark = some.Word();
        var content = string.Concat(Enumerable.Repeat($"{mark} and some more words between. ", some.Random.Next(1, 10) == 1 ? some.Random.Next(600) : some.Random.Next(1, 20)));
        return (some.Document(owner, Encoding.UTF8.GetBytes(content + mark), id), mark);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_of_an_erased_person_is_left_whatever_happened_before(int seed)
    {
        var random = new Random(seed);
        await using var store = SqliteTextStore.Open(folder.File("texts.db"));
        var people = Enumerable.Range(0, 40).Select(_ => some.Person()).ToList();
        var gone = new List<(byte[] Bytes, string What)>();
        var present = new Dictionary<TextId, (TextDocument Document, string Mark)>();
        // What was replaced may stay until its owner is erased.
        var replaced = new List<(TextDocument Document, string Mark)>();

        for (var round = 0; round < 8; round++)
        {
            for (var i = 0; i < 120; i++)
            {
                var known = random.Next(5) == 0 && present.Count > 0 ? present.Keys.ElementAt(random.Next(present.Count)) : (TextId?)null;
                var next = Marked(people[random.Next(people.Count)], known);
                await store.PutAsync(next.Document);
                if (known is { } id)
                    replaced.Add(present[id]);
                present[next.Document.Id] = next;
            }
            var deleted = present.Values.ElementAt(random.Next(present.Count));
            present.Remove(deleted.Document.Id);
            await store.DeleteAsync(deleted.Document.Id);
            gone.Add((Encoding.UTF8.GetBytes(deleted.Mark), "a deleted text"));

            var person = people[random.Next(people.Count)];
            people.Remove(person);
            await store.EraseAsync(person);
            gone.Add((person.Value.ToBytes(), "a person's id"));
            foreach (var (document, mark) in present.Values.Concat(replaced).Where(d => d.Document.Owner == person).ToArray())
            {
                gone.Add((Encoding.UTF8.GetBytes(mark), "a text"));
                gone.Add((document.Salt.ToArray(), "a salt"));
                present.Remove(document.Id);
            }

            var scan = new FileScan(folder.Path);
            foreach (var (bytes, what) in gone)
                scan.Find(bytes).ShouldBeNull(what);
            // The same scan does find what is still there.
            foreach (var (document, mark) in present.Values)
            {
                scan.Find(mark).ShouldNotBeNull();
                scan.Find(document.Salt.Span).ShouldNotBeNull();
                scan.Find(document.Owner!.Value.Value.ToBytes()).ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public async Task Readers_in_the_same_process_do_not_keep_what_is_erased()
    {
        await using var store = SqliteTextStore.Open(folder.File("texts.db"));
        var kept = Marked(null);
        await store.PutAsync(kept.Document);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                (await store.GetAsync(kept.Document.Id)).ShouldBeSameAs(kept.Document);
        })).ToArray();
        for (var i = 0; i < 10; i++)
        {
            var person = some.Person();
            var (document, mark) = Marked(person);
            await store.PutAsync(document);
            await store.EraseAsync(person);
            new FileScan(folder.Path).Find(mark).ShouldBeNull();
        }
        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task While_another_program_reads_the_erasure_says_so_and_can_be_asked_for_again()
    {
        var path = folder.File("texts.db");
        await using var store = SqliteTextStore.Open(path, new SqliteFileOptions { Patience = TimeSpan.FromMilliseconds(20) });
        var person = some.Person();
        var (document, mark) = Marked(person);
        await store.PutAsync(document);
        using (var other = new SqliteSession(SqliteFile.Open(path, new SqliteFileOptions { ReadOnly = true })))
        {
            other.Execute("BEGIN");
            other.Scalar("SELECT count(*) FROM text");
            var failure = await Should.ThrowAsync<JournalException>(() => store.EraseAsync(person).AsTask());
            failure.Message.ShouldContain("another program reads");
            failure.Message.ShouldContain(path);
        }
        new FileScan(folder.Path).Find(mark).ShouldNotBeNull();
        await store.EraseAsync(person);
        new FileScan(folder.Path).Find(mark).ShouldBeNull();
    }

    [Fact]
    public async Task A_crash_before_the_log_is_emptied_is_made_good_when_the_file_is_opened()
    {
        var path = folder.File("texts.db");
        await using var store = SqliteTextStore.Open(path, new SqliteFileOptions { Patience = TimeSpan.FromMilliseconds(20) });
        var person = some.Person();
        var (document, mark) = Marked(person);
        await store.PutAsync(document);
        using var other = new SqliteSession(SqliteFile.Open(path, new SqliteFileOptions { ReadOnly = true }));
        other.Execute("BEGIN");
        other.Scalar("SELECT count(*) FROM text");
        await Should.ThrowAsync<JournalException>(() => store.EraseAsync(person).AsTask());

        using var crashed = folder.CopyAsIfCrashed();
        new FileScan(crashed.Path).Find(mark).ShouldNotBeNull();
        await using var reopened = SqliteTextStore.Open(crashed.File("texts.db"));
        new FileScan(crashed.Path).Find(mark).ShouldBeNull();
        (await reopened.GetAsync(document.Id)).ShouldBeNull();
    }
}
