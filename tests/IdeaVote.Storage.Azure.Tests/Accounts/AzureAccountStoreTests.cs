using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Storage.Azure.Accounts;

namespace IdeaVote.Storage.Azure.Tests.Accounts;

[NeedsAzure]
[Collection(AzureCollection.Name)]
public sealed class AzureAccountStoreTests(AzureRun run) : AccountStoreSuite
{
    private readonly AzureTables tables = run.Fresh();

    protected override async ValueTask<IAccountStore> OpenAsync() => await AzureAccountStore.OpenAsync(tables);
}

[NeedsAzure]
[Collection(AzureCollection.Name)]
public sealed class AzureAccountCodeTests(AzureRun run) : AccountCodeSuite
{
    private readonly AzureTables tables = run.Fresh();

    protected override async ValueTask<IAccountStore> OpenAsync() => await AzureAccountStore.OpenAsync(tables);
}

/// <summary>The same without a server.</summary>
public sealed class MemoryAccountStoreTests : AccountStoreSuite
{
    private readonly MemoryTable memory = new();

    protected override ValueTask<IAccountStore> OpenAsync() => new(new AzureAccountStore(memory.Open(), TimeProvider.System));
}

/// <summary>The same without a server.</summary>
public sealed class MemoryAccountCodeTests : AccountCodeSuite
{
    private readonly MemoryTable memory = new();

    protected override ValueTask<IAccountStore> OpenAsync() => new(new AzureAccountStore(memory.Open(), TimeProvider.System));
}
