using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Texts;
using IdeaVote.Storage.Azure.Texts;

namespace IdeaVote.Storage.Azure.Tests.Texts;

[NeedsAzure]
[Collection(AzureCollection.Name)]
public sealed class AzureTextStoreTests(AzureRun run) : TextStoreSuite
{
    private readonly AzureTables tables = run.Fresh();

    protected override async ValueTask<ITextStore> OpenAsync() => await AzureTextStore.OpenAsync(tables);
}

/// <summary>The same without a server.</summary>
public sealed class MemoryTextStoreTests : TextStoreSuite
{
    private readonly MemoryTable memory = new();

    protected override ValueTask<ITextStore> OpenAsync() => new(new AzureTextStore(memory.Open()));
}
