using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.Unit.Support;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class TextDocumentsTests
{
    private static readonly StreamId Stream = StreamId.Of(new Pseudonyms(new byte[32]).Campaign("k"));
    private static readonly CampaignText Text = new("k", "Größe 大", "", ["open"], [], null, []);

    private readonly TextShelf store = new();
    private readonly TextDocuments documents;

    public TextDocumentsTests() => documents = new TextDocuments(store, new Pseudonyms(new byte[32]), new GatewayOptions());

    [Fact]
    public async Task What_is_put_is_read_and_then_kept()
    {
        var reference = await PutAsync();

        (await ReadAsync(reference))!.Title.ShouldBe("Größe 大");
        (await ReadAsync(reference))!.Title.ShouldBe("Größe 大");
        (await documents.ReadManyAsync([reference], CampaignTextJson.Default.CampaignText)).Count.ShouldBe(1);
        store.Reads.ShouldBe(1);
    }

    [Fact]
    public void The_reference_is_the_salted_hash()
    {
        var (document, reference) = documents.Make(Stream, null, Text, CampaignTextJson.Default.CampaignText);
        var (again, other) = documents.Make(Stream, null, Text, CampaignTextJson.Default.CampaignText);

        document.ToRef().ShouldBe(reference);
        document.Salt.Length.ShouldBe(16);
        again.Content.ToArray().ShouldBe(document.Content.ToArray());
        string.Equals(other.Hash, reference.Hash, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_erased_is_not_read_from_memory()
    {
        var reference = await PutAsync();
        await ReadAsync(reference);

        await documents.DeleteAsync(reference.Id);

        (await ReadAsync(reference)).ShouldBeNull();
        (await documents.ReadManyAsync([reference], CampaignTextJson.Default.CampaignText)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reader_who_was_faster_than_the_erasure_does_not_put_the_text_back()
    {
        var reference = await PutAsync();
        store.Hold = new TaskCompletionSource();
        var reading = ReadAsync(reference).AsTask();

        await store.DeleteAsync(reference.Id);
        documents.Forget(reference.Id);
        store.Hold.SetResult();

        (await reading)!.Title.ShouldBe("Größe 大");
        (await ReadAsync(reference)).ShouldBeNull();
    }

    [Fact]
    public async Task No_reference_is_no_text() => (await ReadAsync(null)).ShouldBeNull();

    private async Task<TextRef> PutAsync()
    {
        var (document, reference) = documents.Make(Stream, null, Text, CampaignTextJson.Default.CampaignText);
        await documents.PutAsync(document);
        return reference;
    }

    private ValueTask<CampaignText?> ReadAsync(TextRef? reference) => documents.ReadAsync(reference, CampaignTextJson.Default.CampaignText);
}
