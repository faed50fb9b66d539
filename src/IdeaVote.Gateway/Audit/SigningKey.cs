using IdeaVote.Engine.Access;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Gateway.Audit;

/// <summary>The key that heads are signed with: made once, kept where the server's secret is, so that all processes sign with the same one.</summary>
/// <param name="store">Keeps it.</param>
public sealed class SigningKey(IAccessStore store) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private HeadSigner? signer;

    /// <summary>What signs. The key is read, or made, when it is first asked for.</summary>
    /// <exception cref="Engine.Journal.JournalException">The store can't be used; the message says why.</exception>
    public async ValueTask<HeadSigner> GetAsync(CancellationToken cancellation = default)
    {
        if (Volatile.Read(ref signer) is { } known)
            return known;
        await gate.WaitAsync(cancellation);
        try
        {
            return signer ??= new HeadSigner(await store.GetOrAddSigningKeyAsync(HeadSigner.NewKey(), cancellation));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose()
    {
        signer?.Dispose();
        gate.Dispose();
    }
}
