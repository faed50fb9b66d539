using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Conformance.Support;
using IdeaVote.Engine.Texts;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>What every text store must do.</summary>
public abstract class TextStoreSuite : StoreSuite<ITextStore>
{
    private readonly Some some = new();

    [SuiteFact]
    public async Task A_document_is_read_as_it_was_put()
    {
        var owned = some.Document(some.Person());
        var teams = some.Document();
        await Store.PutAsync(owned);
        await Store.PutAsync(teams);
        (await Store.GetAsync(owned.Id)).ShouldBeSameAs(owned);
        (await Store.GetAsync(teams.Id)).ShouldBeSameAs(teams);
        await ReopenAsync();
        (await Store.GetAsync(owned.Id)).ShouldBeSameAs(owned);
        (await Store.GetAsync(teams.Id)).ShouldBeSameAs(teams);
    }

    [SuiteFact]
    public async Task Every_kind_of_stream_is_kept()
    {
        var campaign = some.Campaign();
        foreach (var stream in new[] { StreamId.Of(campaign), StreamId.Of(campaign, some.Idea()), StreamId.Of(campaign, some.Voter()) })
        {
            var document = some.Document() with { Stream = stream };
            await Store.PutAsync(document);
            (await Store.GetAsync(document.Id))!.Stream.ShouldBe(stream);
        }
    }

    [SuiteTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(TextDocument.MaxContentBytes)]
    public async Task Any_size_up_to_the_largest_is_kept(int bytes)
    {
        var document = some.Document(content: some.Bytes(bytes));
        await Store.PutAsync(document);
        (await Store.GetAsync(document.Id)).ShouldBeSameAs(document);
    }

    [SuiteFact]
    public async Task More_than_the_largest_size_is_refused_and_the_store_goes_on()
    {
        var tooLarge = some.Document(content: new byte[TextDocument.MaxContentBytes + 1]);
        await Should.ThrowAsync<ArgumentException>(() => Store.PutAsync(tooLarge).AsTask());
        (await Store.GetAsync(tooLarge.Id)).ShouldBeNull();
        var document = some.Document();
        await Store.PutAsync(document);
        (await Store.GetAsync(document.Id)).ShouldBeSameAs(document);
    }

    [SuiteFact]
    public async Task What_was_never_put_is_null() => (await Store.GetAsync(some.Text())).ShouldBeNull();

    [SuiteFact]
    public async Task Putting_again_replaces_all_of_it()
    {
        var (before, after) = (some.Person(), some.Person());
        var first = some.Document(before);
        var second = some.Document(after, id: first.Id);
        await Store.PutAsync(first);
        await Store.PutAsync(second);
        (await Store.GetAsync(first.Id)).ShouldBeSameAs(second);
        (await Store.OfPersonAsync(before)).ShouldBeEmpty();
        (await Store.OfPersonAsync(after)).ShouldBe([new OwnedText(second.Stream, second.Id)]);
        await Store.PutAsync(second);
        (await Store.OfPersonAsync(after)).Count.ShouldBe(1);
    }

    [SuiteFact]
    public async Task Many_are_read_at_once_without_those_that_are_not_there()
    {
        var documents = Enumerable.Range(0, 20).Select(_ => some.Document()).ToArray();
        foreach (var document in documents)
            await Store.PutAsync(document);
        var found = await Store.GetManyAsync([.. documents.Select(d => d.Id), some.Text(), documents[0].Id]);
        found.Keys.ShouldBe(documents.Select(d => d.Id), ignoreOrder: true);
        foreach (var document in documents)
            found[document.Id].ShouldBeSameAs(document);
        (await Store.GetManyAsync([])).ShouldBeEmpty();
    }

    [SuiteFact]
    public async Task A_deleted_document_is_gone_and_no_other()
    {
        var person = some.Person();
        var (gone, kept) = (some.Document(person), some.Document(person));
        await Store.PutAsync(gone);
        await Store.PutAsync(kept);
        await Store.DeleteAsync(gone.Id);
        await Store.DeleteAsync(some.Text());
        (await Store.GetAsync(gone.Id)).ShouldBeNull();
        (await Store.OfPersonAsync(person)).ShouldBe([new OwnedText(kept.Stream, kept.Id)]);
        await ReopenAsync();
        (await Store.GetAsync(gone.Id)).ShouldBeNull();
        (await Store.GetAsync(kept.Id)).ShouldBeSameAs(kept);
    }

    [SuiteFact]
    public async Task A_deleted_document_can_be_put_again()
    {
        var document = some.Document();
        await Store.PutAsync(document);
        await Store.DeleteAsync(document.Id);
        await Store.PutAsync(document);
        (await Store.GetAsync(document.Id)).ShouldBeSameAs(document);
    }

    [SuiteFact]
    public async Task Erasing_a_person_takes_all_of_theirs_and_nothing_else()
    {
        var (person, other) = (some.Person(), some.Person());
        var theirs = Enumerable.Range(0, 5).Select(_ => some.Document(person)).ToArray();
        TextDocument[] others = [some.Document(other), some.Document()];
        foreach (var document in theirs.Concat(others))
            await Store.PutAsync(document);
        var expected = theirs.Select(d => new OwnedText(d.Stream, d.Id)).ToArray();
        (await Store.OfPersonAsync(person)).ShouldBe(expected, ignoreOrder: true);

        (await Store.EraseAsync(person)).ShouldBe(expected, ignoreOrder: true);

        (await Store.OfPersonAsync(person)).ShouldBeEmpty();
        (await Store.GetManyAsync([.. theirs.Select(d => d.Id)])).ShouldBeEmpty();
        (await Store.EraseAsync(person)).ShouldBeEmpty();
        await ReopenAsync();
        (await Store.GetManyAsync([.. theirs.Select(d => d.Id)])).ShouldBeEmpty();
        foreach (var document in others)
            (await Store.GetAsync(document.Id)).ShouldBeSameAs(document);
    }

    [SuiteFact]
    public async Task Erasing_somebody_unknown_changes_nothing()
    {
        var document = some.Document(some.Person());
        await Store.PutAsync(document);
        (await Store.EraseAsync(some.Person())).ShouldBeEmpty();
        (await Store.GetAsync(document.Id)).ShouldBeSameAs(document);
    }

    [SuiteFact]
    public async Task What_many_put_at_once_is_all_there()
    {
        var documents = Enumerable.Range(0, 300).Select(_ => some.Document(some.Person())).ToArray();
        await Task.WhenAll(documents.Select(d => Store.PutAsync(d).AsTask()));
        await ReopenAsync();
        var found = await Store.GetManyAsync([.. documents.Select(d => d.Id)]);
        foreach (var document in documents)
            found[document.Id].ShouldBeSameAs(document);
    }

    [SuiteFact]
    public async Task What_is_cancelled_before_it_begins_does_not_happen()
    {
        var document = some.Document();
        await Should.ThrowAsync<OperationCanceledException>(() => Store.PutAsync(document, new CancellationToken(canceled: true)).AsTask());
        (await Store.GetAsync(document.Id)).ShouldBeNull();
    }
}
