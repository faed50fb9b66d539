using Xunit;

namespace IdeaVote.Engine.Conformance.Stores;

/// <summary>What the suites of all stores have in common: a store is opened before each test and closed after it.</summary>
/// <typeparam name="TStore">The store's contract.</typeparam>
public abstract class StoreSuite<TStore> : IAsyncLifetime
    where TStore : class
{
    private readonly List<TStore> others = [];

    protected TStore Store { get; private set; } = null!;

    /// <summary>Opens the store; called again, the same one once more, also while another is open.</summary>
    protected abstract ValueTask<TStore> OpenAsync();

    public virtual async Task InitializeAsync() => Store = await OpenAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (var other in others)
            await CloseAsync(other);
        await CloseAsync(Store);
    }

    /// <summary>Opens the same store again, beside the first one.</summary>
    protected async Task<TStore> OpenAnotherAsync()
    {
        var other = await OpenAsync();
        others.Add(other);
        return other;
    }

    /// <summary>Closes the store and opens it again.</summary>
    protected async Task ReopenAsync()
    {
        await CloseAsync(Store);
        Store = await OpenAsync();
    }

    private static async Task CloseAsync(TStore store)
    {
        if (store is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (store as IDisposable)?.Dispose();
    }
}
