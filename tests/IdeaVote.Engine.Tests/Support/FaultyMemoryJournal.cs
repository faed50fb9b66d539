using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Tests.Support;

/// <summary>The journal in memory, which fails and waits when told to.</summary>
public sealed class FaultyMemoryJournal : MemoryJournal, IJournalStore
{
    private Held? held;
    private Held? heldVersions;

    /// <summary>What the next append fails with.</summary>
    public Exception? NextAppendFails { get; set; }

    /// <summary>What the next append fails with once it has written.</summary>
    public Exception? NextAppendFailsAfterwards { get; set; }

    /// <summary>What the next read fails with.</summary>
    public Exception? NextReadFails { get; set; }

    /// <summary>The most records one read answers, however many are asked for.</summary>
    public int PageLimit { get; set; } = int.MaxValue;

    /// <summary>Lets no append through until it is disposed.</summary>
    public IDisposable Hold() => held = new Held();

    /// <summary>Answers nobody about versions until it is disposed.</summary>
    public IDisposable HoldVersions()
    {
        VersionQuestions = 0;
        return heldVersions = new Held();
    }

    /// <summary>What the next question about versions fails with.</summary>
    public Exception? NextVersionsFail { get; set; }

    /// <summary>How often it was asked about the versions of one or many streams, since it was last held.</summary>
    public int VersionQuestions { get; private set; }

    async ValueTask<IReadOnlyList<long>> IJournalStore.VersionsAsync(string partition, IReadOnlyList<StreamId> streams, CancellationToken cancellation)
    {
        VersionQuestions++;
        if (heldVersions is { } waiting)
            await waiting.Released;
        if (NextVersionsFail is { } failure)
        {
            NextVersionsFail = null;
            throw failure;
        }
        return await Task.WhenAll(streams.Select(stream => VersionAsync(partition, stream, cancellation).AsTask()));
    }

    /// <summary>How many appends there were.</summary>
    public int Appends { get; private set; }

    public IReadOnlyList<StoredRecord> All(string partition) => base.ReadAsync(partition, 0, null, int.MaxValue).AsTask().GetAwaiter().GetResult();

    public override async ValueTask AppendAsync(
        string partition, long expected, long fence, IReadOnlyList<JournalRecord> records, CancellationToken cancellation = default)
    {
        if (held is { } waiting)
            await waiting.Released;
        if (NextAppendFails is { } failure)
        {
            NextAppendFails = null;
            throw failure;
        }
        await base.AppendAsync(partition, expected, fence, records, cancellation);
        Appends++;
        if (NextAppendFailsAfterwards is { } late)
        {
            NextAppendFailsAfterwards = null;
            throw late;
        }
    }

    public override ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(
        string partition, long after, CampaignId? campaign, int max, CancellationToken cancellation = default)
    {
        if (NextReadFails is { } failure)
        {
            NextReadFails = null;
            throw failure;
        }
        return base.ReadAsync(partition, after, campaign, Math.Min(max, PageLimit), cancellation);
    }

    private sealed class Held : IDisposable
    {
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Released => released.Task;

        public void Dispose() => released.TrySetResult();
    }
}
