using IdeaVote.Engine.Access;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Storage.Azure.Access;

namespace IdeaVote.Storage.Azure.Tests.Access;

[NeedsAzure]
[Collection(AzureCollection.Name)]
public sealed class AzureAccessStoreTests(AzureRun run) : AccessStoreSuite
{
    private readonly AzureTables tables = run.Fresh();

    protected override async ValueTask<IAccessStore> OpenAsync() => await AzureAccessStore.OpenAsync(tables);
}

/// <summary>The same without a server.</summary>
public sealed class MemoryAccessStoreTests : AccessStoreSuite
{
    private readonly MemoryTable memory = new();

    protected override ValueTask<IAccessStore> OpenAsync() => new(new AzureAccessStore(memory.Open(), TimeProvider.System));
}
