using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

public sealed class SearchIndexTests : IAsyncLifetime
{
    private readonly SearchWorld world = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await world.DisposeAsync();

    private async Task ShouldFindAsync(string query, params IdeaId[] expected) =>
        (await world.SearchAsync(query)).ShouldBe(expected, $"\"{query}\"");

    [Fact]
    public async Task Every_word_must_be_there_and_the_last_may_be_a_beginning()
    {
        var idea = await world.SubmitAsync("Bicycle stands", "Covered ones, beside the station", "mobility");
        await world.SubmitAsync("Something else", "beside");
        await ShouldFindAsync("bicycle", idea);
        await ShouldFindAsync("BICYCLE station", idea);
        await ShouldFindAsync("station bicycle", idea);
        await ShouldFindAsync("stands mobil", idea);
        await ShouldFindAsync("bicycle beach");
        await ShouldFindAsync("mobil stands");
        await ShouldFindAsync("tation");
    }

    [Fact]
    public async Task Words_are_found_whatever_their_accents_and_case()
    {
        var german = await world.SubmitAsync("Größere Fahrradständer", "für ÖPNV-Kunden");
        var french = await world.SubmitAsync("Un cafe\u0301 à l’école");
        var vietnamese = await world.SubmitAsync("Đường phố ở Việt Nam");
        var russian = await world.SubmitAsync("Новый парк");
        var hindi = await world.SubmitAsync("हिन्दी पुस्तकालय");
        await ShouldFindAsync("fahrradstander", german);
        await ShouldFindAsync("FAHRRADSTÄNDER fur", german);
        await ShouldFindAsync("öpnv-kunden", german);
        await ShouldFindAsync("opnv", german);
        await ShouldFindAsync("café", french);
        await ShouldFindAsync("cafe\u0301 ecole", french);
        await ShouldFindAsync("viet", vietnamese);
        await ShouldFindAsync("новый пар", russian);
        await ShouldFindAsync("पुस्तकालय", hindi);
    }

    [Fact]
    public async Task A_word_in_the_title_counts_more_than_a_tag_and_a_tag_more_than_the_body()
    {
        var filler = string.Join(' ', Enumerable.Repeat("filler", 3));
        var body = await world.SubmitAsync(filler, "solar " + filler, filler);
        var title = await world.SubmitAsync("solar " + filler, filler, filler);
        var tag = await world.SubmitAsync(filler, filler, "solar", filler);
        // Others without the word, so that it is worth anything.
        for (var i = 0; i < 10; i++)
            await world.SubmitAsync(filler, filler, filler);
        await ShouldFindAsync("solar", title, tag, body);
        (await world.SearchAsync("solar", max: 2)).ShouldBe([title, tag]);
        (await world.SearchAsync("solar", max: 0)).ShouldBeEmpty();
        (await world.SearchAsync("solar", max: -1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Campaigns_do_not_see_each_other()
    {
        var idea = await world.SubmitAsync("Shared word");
        var other = new Feed(world.Some.Campaign());
        var elsewhere = world.Some.Idea();
        // The same idea id in another campaign is another idea.
        await world.FoldAsync(other.Submitted(elsewhere, await world.PutAsync("Shared here")), other.Submitted(idea, await world.PutAsync("Shared there")));
        await ShouldFindAsync("shared", idea);
        (await world.Index.SearchAsync(other.Campaign, "shared", 10)).ShouldBe([elsewhere, idea], ignoreOrder: true);
        (await world.Index.SearchAsync(world.Some.Campaign(), "shared", 10)).ShouldBeEmpty();
        // What stands for a campaign inside is not a word to find.
        await ShouldFindAsync("c1");
        await ShouldFindAsync("c");
    }

    [Fact]
    public async Task An_edit_replaces_the_words()
    {
        var idea = world.Some.Idea();
        var (first, second) = (await world.PutAsync("Old words"), await world.PutAsync("New words"));
        await world.FoldAsync(world.Feed.Submitted(idea, first));
        await world.FoldAsync(world.Feed.Edited(idea, first, second));
        await ShouldFindAsync("old");
        await ShouldFindAsync("new words", idea);
    }

    [Fact]
    public async Task Several_events_of_an_idea_in_one_batch_come_to_the_last()
    {
        var idea = world.Some.Idea();
        var (first, second) = (await world.PutAsync("Old words"), await world.PutAsync("New words"));
        await world.FoldAsync(
            world.Feed.Submitted(idea, first), world.Feed.Edited(idea, first, second), world.Feed.Edited(idea, second, first),
            world.Feed.Edited(idea, first, second));
        await ShouldFindAsync("old");
        await ShouldFindAsync("new", idea);
    }

    [Theory]
    [InlineData(IdeaStatus.Withdrawn)]
    [InlineData(IdeaStatus.Declined)]
    [InlineData(IdeaStatus.Merged)]
    [InlineData(IdeaStatus.Shipped)]
    public async Task Whatever_its_status_an_idea_stays_findable(IdeaStatus status)
    {
        var idea = await world.SubmitAsync("Lasting");
        await world.FoldAsync(world.Feed.Status(idea, IdeaStatus.Published, status));
        await ShouldFindAsync("lasting", idea);
    }

    [Fact]
    public async Task Erasing_the_current_text_drops_the_idea_until_it_has_another()
    {
        var idea = world.Some.Idea();
        var (first, second) = (await world.PutAsync("Vanishing"), await world.PutAsync("Arriving"));
        await world.FoldAsync(world.Feed.Submitted(idea, first));
        await world.FoldAsync(world.Feed.Erased(idea, first));
        await ShouldFindAsync("vanishing");
        await world.FoldAsync(world.Feed.Edited(idea, first, second));
        await ShouldFindAsync("arriving", idea);
    }

    [Fact]
    public async Task Erasing_an_older_text_or_an_answer_leaves_the_current_one()
    {
        var idea = world.Some.Idea();
        var (first, second) = (await world.PutAsync("Older"), await world.PutAsync("Current"));
        await world.FoldAsync(world.Feed.Submitted(idea, first), world.Feed.Edited(idea, first, second));
        await world.FoldAsync(world.Feed.Erased(idea, first), world.Feed.Erased(idea, world.Some.Text()));
        await ShouldFindAsync("current", idea);
    }

    [Fact]
    public async Task An_erasure_in_the_same_batch_as_the_text_leaves_nothing()
    {
        var idea = world.Some.Idea();
        var text = await world.PutAsync("Brief");
        await world.FoldAsync(world.Feed.Submitted(idea, text), world.Feed.Erased(idea, text));
        await ShouldFindAsync("brief");
    }

    [Fact]
    public async Task A_text_that_is_gone_before_it_is_folded_is_not_found_and_takes_the_old_one_along()
    {
        var idea = world.Some.Idea();
        var (first, second) = (await world.PutAsync("First"), await world.PutAsync("Second"));
        await world.FoldAsync(world.Feed.Submitted(idea, first));
        await world.Texts.DeleteAsync(second);
        await world.FoldAsync(world.Feed.Edited(idea, first, second));
        await ShouldFindAsync("first");
        await ShouldFindAsync("second");
    }

    [Theory]
    [InlineData("""{"title":"strange"}""", true)]
    [InlineData("""{"title":"strange","body":null,"tags":null}""", true)]
    [InlineData("""{"title":"strange","body":5,"tags":"x"}""", true)]
    [InlineData("""{"title":["x"],"body":"strange","tags":[1,null,{"x":"y"},["z"]]}""", true)]
    [InlineData("""{"tags":["strange"]}""", true)]
    [InlineData("""{"title":"strange\u0000thing"}""", true)]
    [InlineData("""{}""", false)]
    [InlineData("""[1]""", false)]
    [InlineData("""strange""", false)]
    [InlineData("", false)]
    [InlineData("""{"title":"strange\ud800"}""", false)]
    public async Task Whatever_a_text_holds_folding_goes_on(string content, bool isFound)
    {
        var idea = world.Some.Idea();
        await world.FoldAsync(world.Feed.Submitted(idea, await world.PutRawAsync(System.Text.Encoding.UTF8.GetBytes(content))));
        var next = await world.SubmitAsync("ordinary");
        await ShouldFindAsync("strange", isFound ? [idea] : []);
        await ShouldFindAsync("ordinary", next);
        // What was folded can also be taken out again.
        await world.FoldAsync(world.Feed.Edited(idea, world.Some.Text(), await world.PutAsync("plain")));
        await ShouldFindAsync("strange");
        await ShouldFindAsync("plain", idea);
    }

    [Fact]
    public async Task The_position_and_the_words_are_kept_together()
    {
        (await world.Index.LoadPositionAsync()).Offset().ShouldBe(0);
        var idea = await world.SubmitAsync("Kept");
        await world.FoldAsync();
        (await world.Index.LoadPositionAsync()).Offset().ShouldBe(1);
        await world.ReopenAsync();
        (await world.Index.LoadPositionAsync()).Offset().ShouldBe(1);
        await ShouldFindAsync("kept", idea);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task A_lost_index_is_built_again(int batch)
    {
        var queries = new[] { "common", "first", "second", "word1", "word2", "word3" };
        for (var i = 0; i < 12; i++)
        {
            var idea = world.Some.Idea();
            var (first, second) = (await world.PutAsync($"common first word{i}"), await world.PutAsync($"common second word{i}"));
            await world.FoldAsync(world.Feed.Submitted(idea, first));
            if (i % 2 == 0)
                await world.FoldAsync(world.Feed.Edited(idea, first, second));
            if (i % 3 != 0)
                continue;
            await world.Texts.DeleteAsync(i % 2 == 0 ? second : first);
            await world.FoldAsync(world.Feed.Erased(idea, i % 2 == 0 ? second : first));
        }
        var before = new List<IReadOnlyList<IdeaId>>();
        foreach (var query in queries)
            before.Add(await world.SearchAsync(query));
        before[0].Count.ShouldBe(8);

        await world.RebuildAsync(batch);

        for (var i = 0; i < queries.Length; i++)
            (await world.SearchAsync(queries[i])).ShouldBe(before[i], ignoreOrder: true, queries[i]);
    }
}
