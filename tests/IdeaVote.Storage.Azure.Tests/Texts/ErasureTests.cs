using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Azure.Texts;

namespace IdeaVote.Storage.Azure.Tests.Texts;

/// <summary>A text is found by its owner's erasure whatever happened around it.</summary>
public sealed class ErasureTests
{
    private readonly MemoryTable memory = new();
    private readonly Some some = new(10);

    private AzureTextStore Open() => new(memory.Open());

    [Fact]
    public async Task An_erasure_leaves_no_row_at_all()
    {
        var person = some.Person();
        foreach (var document in Enumerable.Range(0, 40).Select(_ => some.Document(person)).ToArray())
            await Open().PutAsync(document);
        (await Open().EraseAsync(person)).Count.ShouldBe(40);
        memory.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_text_that_has_another_owner_now_is_not_erased_with_the_former_one()
    {
        var (before, after) = (some.Person(), some.Person());
        var document = some.Document(before);
        await Open().PutAsync(document);
        await Open().PutAsync(document with { Owner = after });
        (await Open().EraseAsync(before)).ShouldBeEmpty();
        (await Open().GetAsync(document.Id)).ShouldNotBeNull();
        (await Open().EraseAsync(after)).ShouldHaveSingleItem();
        memory.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_text_put_while_an_erasure_runs_is_listed()
    {
        var (person, document) = (some.Person(), some.Document());
        document = document with { Owner = person };
        memory.OnPut = async row =>
        {
            if (row != TextRows.Row)
                return;
            // The text is listed but not there yet: the erasure takes it off the list.
            memory.OnPut = null;
            (await Open().EraseAsync(person)).ShouldBeEmpty();
        };
        await Open().PutAsync(document);
        (await Open().OfPersonAsync(person)).ShouldBe([new OwnedText(document.Stream, document.Id)]);
        (await Open().EraseAsync(person)).ShouldHaveSingleItem();
        memory.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_text_that_comes_after_an_erasure_looked_for_it_is_erased_in_its_next_round()
    {
        var person = some.Person();
        var (first, second) = (some.Document(person), some.Document(person));
        await Open().PutAsync(first);
        memory.OnDelete = async row =>
        {
            if (row != first.Id.ToString())
                return;
            memory.OnDelete = null;
            await Open().PutAsync(first);
            await Open().PutAsync(second);
        };
        (await Open().EraseAsync(person)).Count.ShouldBe(2);
        memory.Count.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_crash_left_on_the_list_is_passed_over_and_erased()
    {
        var document = some.Document(some.Person());
        memory.OnPut = row => row == TextRows.Row ? throw new IOException("The process ended.") : Task.CompletedTask;
        await Should.ThrowAsync<JournalException>(() => Open().PutAsync(document).AsTask());
        memory.OnPut = null;
        memory.Count.ShouldBe(1);
        (await Open().OfPersonAsync(document.Owner!.Value)).ShouldBeEmpty();
        (await Open().EraseAsync(document.Owner!.Value)).ShouldBeEmpty();
        memory.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_text_put_beside_its_deletion_stays_listed()
    {
        for (var round = 0; round < 50; round++)
        {
            var document = some.Document(some.Person());
            await Open().PutAsync(document);
            await Task.WhenAll(Task.Run(() => Open().PutAsync(document).AsTask()), Task.Run(() => Open().DeleteAsync(document.Id).AsTask()));
            var isThere = await Open().GetAsync(document.Id) is not null;
            (await Open().OfPersonAsync(document.Owner!.Value)).Count.ShouldBe(isThere ? 1 : 0);
        }
    }
}
