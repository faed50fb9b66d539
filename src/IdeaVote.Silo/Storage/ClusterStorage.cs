using IdeaVote.Engine.Access;
using IdeaVote.Engine.Accounts;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Texts;
using IdeaVote.Silo.Storage;

namespace IdeaVote.Silo;

/// <summary>One way for a cluster to keep what it knows: the stores of ours, and what Orleans keeps beside them.</summary>
internal abstract class ClusterStorage : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> opened = new();

    /// <summary>The journal.</summary>
    public required IJournalStore Journal { get; init; }

    /// <summary>What people wrote.</summary>
    public required ITextStore Texts { get; init; }

    /// <summary>Tokens, rolls, and the secret that ids are keyed with.</summary>
    public required IAccessStore Access { get; init; }

    /// <summary>Accounts of the portal.</summary>
    public required IAccountStore Accounts { get; init; }

    /// <summary>Where it is, for people to read.</summary>
    public abstract string Location { get; }

    /// <summary>Whether other processes write to the same stores.</summary>
    public virtual bool IsShared => true;

    /// <summary>Opens what the options name.</summary>
    /// <exception cref="JournalException">It can't be used; the message says why and what to do.</exception>
    public static Task<ClusterStorage> OpenAsync(SiloOptions options, CancellationToken cancellation) => options.Storage switch
    {
        SiloStorage.Postgres => PostgresCluster.ConnectAsync(options, cancellation),
#if WITH_AZURE
        SiloStorage.Azure => AzureCluster.ConnectAsync(options, cancellation),
#else
        SiloStorage.Azure => throw new JournalException("This build has no Azure. Use one that has, or --storage postgres."),
#endif
        _ => LocalhostCluster.ConnectAsync(options),
    };

    /// <summary>Tells a silo where to keep membership, reminders and snapshots.</summary>
    public abstract void Configure(ISiloBuilder silo, SiloOptions options);

    /// <summary>Tells a gateway where to find silos.</summary>
    public abstract void Configure(IClientBuilder client, SiloOptions options);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (opened.TryPop(out var part))
            await part.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Has something closed at the end.</summary>
    protected void Keep(params IAsyncDisposable[] parts)
    {
        foreach (var part in parts)
            opened.Push(part);
    }
}
