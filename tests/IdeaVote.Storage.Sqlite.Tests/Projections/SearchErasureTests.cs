using IdeaVote.Domain.Kernel;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>What is erased is in no byte of any file of the index.</summary>
public sealed class SearchErasureTests : IAsyncLifetime
{
    private readonly SearchWorld world = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await world.DisposeAsync();

    private sealed record Written(IdeaId Idea, TextId Text, string[] Words);

    private async Task<Written> WriteAsync(IdeaId idea)
    {
        // Some words share a long beginning with others: the index then keeps more of them to tell its pages apart.
        var words = Enumerable.Range(0, 30).Select(i => (i % 2 == 0 ? "" : "sharedbeginning") + world.Some.Word()).ToArray();
        return new Written(idea, await world.PutAsync(words[0], string.Join(' ', words), words[1]), words);
    }

    /// <summary>How many of the texts have left a word behind. The index stores words without the beginning they share with the one before.</summary>
    private int Traces(IEnumerable<Written> texts)
    {
        var scan = new FileScan(world.IndexFolder);
        return texts.Count(text => text.Words.Any(word => scan.Find(word[^12..]) is not null));
    }

    [Fact]
    public async Task No_word_of_an_erased_text_is_left_whatever_happened_before()
    {
        var (present, gone) = (new List<Written>(), new List<Written>());
        var replaced = new List<Written>();
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 60; i++)
            {
                var written = await WriteAsync(world.Some.Idea());
                present.Add(written);
                await world.FoldAsync(world.Feed.Submitted(written.Idea, written.Text));
            }
            for (var i = 0; i < 10; i++)
            {
                var old = present[i];
                var @new = await WriteAsync(old.Idea);
                present[i] = @new;
                replaced.Add(old);
                await world.FoldAsync(world.Feed.Edited(old.Idea, old.Text, @new.Text));
            }
            var erased = present.Where(_ => world.Some.Random.Next(4) == 0).Concat(replaced).ToArray();
            replaced.Clear();
            present.RemoveAll(erased.Contains);
            gone.AddRange(erased);
            foreach (var text in erased)
                await world.Texts.DeleteAsync(text.Text);
            await world.FoldAsync([.. erased.Select(text => world.Feed.Erased(text.Idea, text.Text))]);

            Traces(gone).ShouldBe(0);
            // The same scan does find what is still there, and so does a search.
            Traces(present).ShouldBe(present.Count);
            foreach (var text in present)
                (await world.SearchAsync(text.Words[2])).ShouldBe([text.Idea]);
            foreach (var text in gone)
                (await world.SearchAsync(text.Words[2])).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task The_last_text_erased_leaves_nothing()
    {
        var written = await WriteAsync(world.Some.Idea());
        await world.FoldAsync(world.Feed.Submitted(written.Idea, written.Text));
        Traces([written]).ShouldBe(1);
        await world.FoldAsync(world.Feed.Erased(written.Idea, written.Text));
        Traces([written]).ShouldBe(0);
    }

    [Fact]
    public async Task An_erasure_of_what_was_never_folded_does_not_write_the_file_anew()
    {
        var written = await WriteAsync(world.Some.Idea());
        await world.FoldAsync(world.Feed.Submitted(written.Idea, written.Text));
        var before = await RewritesAsync();
        await world.FoldAsync(world.Feed.Erased(written.Idea, world.Some.Text()));
        (await RewritesAsync()).ShouldBe(before);
        await world.FoldAsync(world.Feed.Erased(written.Idea, written.Text));
        (await RewritesAsync()).ShouldBeGreaterThan(before);
    }

    // Rewriting the file is what counts its schema up here.
    private ValueTask<long> RewritesAsync() =>
        world.Index.Database.ReadAsync(session => (long)session.Scalar("PRAGMA schema_version")!, default);
}
