using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// The one who writes a partition for many aggregates that live elsewhere: takes what is waiting, refuses alone whatever is
/// stale, appends the rest once, answers all. While one append is on its way to the disk the next batch gathers.
/// </summary>
/// <remarks>
/// Everything runs on its host's scheduler, interleaved at awaits only; so no lock, and no <c>ConfigureAwait(false)</c>. It calls
/// nobody but the store. After a failure it is of no more use: the host drops it and makes another, whose fence stops whatever
/// of this one is still on its way.
/// </remarks>
public sealed class PartitionWriter : IDisposable
{
    private const int TokenBits = 32;

    private readonly IJournalStore store;
    private readonly string partition;
    private readonly PartitionOptions options;
    private readonly Committer committer;
    private readonly Queue<Waiting> waiting = new();
    private readonly OpenStreams streams;
    private readonly StreamVersions versions;
    private long lastToken;
    private int waitingAppends;
    private bool isFlushing;

    private PartitionWriter(IJournalStore store, string partition, PartitionOptions options)
    {
        this.store = store;
        this.partition = partition;
        this.options = options;
        committer = new Committer(store, partition);
        streams = new OpenStreams(options.OpenStreams);
        versions = new StreamVersions(store, partition);
    }

    /// <summary>Takes a partition over: first the fence, then the head.</summary>
    /// <exception cref="JournalException">The store can't be used; the message says why.</exception>
    public static async ValueTask<PartitionWriter> BeginAsync(
        IJournalStore store, string partition, PartitionOptions options, CancellationToken cancellation = default)
    {
        var writer = new PartitionWriter(store, partition, options);
        try
        {
            await writer.committer.BeginAsync(cancellation);
            // No two writers of a partition give the same token.
            writer.lastToken = writer.committer.Fence << TokenBits;
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Why it is of no more use; null while it is.</summary>
    public JournalException? Failure { get; private set; }

    /// <summary>The place of the last event that is durable.</summary>
    public long Head => committer.Head;

    /// <summary>Announces a new activation; see <see cref="IPartition.OpenAsync"/>.</summary>
    public async Task<OpenOutcome> OpenAsync(StreamId stream)
    {
        if (Failure is not null)
            return new OpenOutcome(AppendKind.Overloaded);
        long version;
        try
        {
            version = streams.Find(stream)?.Version ?? await versions.FindAsync(stream);
        }
        catch (JournalException)
        {
            return new OpenOutcome(AppendKind.Overloaded);
        }
        // What the store said may be old by now: what was appended meanwhile is known better here.
        var token = ++lastToken;
        version = streams.Find(stream)?.Version ?? version;
        streams.Set(stream, new OpenStream(version, token));
        return new OpenOutcome(AppendKind.Done, token, version);
    }

    /// <summary>Appends, or confirms a version; see <see cref="IPartition.AppendAsync"/>.</summary>
    public async Task<AppendOutcome> AppendAsync(StreamAppend append) => (await AppendAsync([append]))[0];

    /// <summary>Appends what several turns decided, each for itself: what is stale is refused alone.</summary>
    /// <param name="appends">What to append, in order.</param>
    /// <returns>An outcome for each.</returns>
    public Task<AppendOutcome[]> AppendAsync(StreamAppend[] appends)
    {
        if (Failure is not null)
            return Task.FromResult(Array.ConvertAll(appends, static _ => new AppendOutcome(AppendKind.Unknown)));
        if (waitingAppends >= options.MaxWaiting)
            return Task.FromResult(Array.ConvertAll(appends, static _ => new AppendOutcome(AppendKind.Overloaded)));
        var some = new Waiting(appends);
        waiting.Enqueue(some);
        waitingAppends += appends.Length;
        if (!isFlushing)
            _ = FlushAsync();
        return some.Answer.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => committer.Dispose();

    private async Task FlushAsync()
    {
        isFlushing = true;
        List<Waiting> batch = [];
        try
        {
            while (waiting.Count > 0)
            {
                batch.Clear();
                var taken = 0;
                while (waiting.TryPeek(out var next) && (taken == 0 || taken + next.Appends.Length <= options.MaxBatch))
                {
                    batch.Add(waiting.Dequeue());
                    taken += next.Appends.Length;
                }
                waitingAppends -= taken;
                await WriteAsync(batch);
            }
        }
        catch (Exception e)
        {
            // Whatever it was: what these callers asked for may have happened or not.
            Fail(e as JournalException ?? new JournalException($"Writing partition {partition} failed: {e.Message}", e), batch);
        }
        finally
        {
            isFlushing = false;
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        foreach (var some in batch)
        {
            for (var i = 0; i < some.Appends.Length; i++)
                some.Kinds[i] = await StageAsync(some.Appends[i]);
        }
        // Also with nothing to append: it asks the store whether this writer still owns the partition, and with it the versions.
        await committer.CommitAsync(confirm: true);
        options.Appended?.Invoke(Head);
        foreach (var some in batch)
            some.Answer.TrySetResult(Array.ConvertAll(some.Kinds, kind => new AppendOutcome(kind, Head)));
    }

    private async ValueTask<AppendKind> StageAsync(StreamAppend append)
    {
        var (stream, token, version, events) = append;
        // Whoever is not known here must announce itself anew: its token may be an old one that was forgotten.
        if (streams.Find(stream) is not { } open || open.Token != token || open.Version != version)
            return AppendKind.Stale;
        for (var i = 0; i < events.Length; i++)
            await committer.StageAsync(stream, version + 1 + i, events[i]);
        streams.Set(stream, new OpenStream(version + events.Length, token));
        return AppendKind.Done;
    }

    private void Fail(JournalException failure, List<Waiting> batch)
    {
        Failure = failure;
        foreach (var some in batch.Concat(waiting))
            some.Answer.TrySetResult(Array.ConvertAll(some.Appends, static _ => new AppendOutcome(AppendKind.Unknown)));
        waiting.Clear();
        waitingAppends = 0;
    }

    /// <summary>What came together and is answered together.</summary>
    private sealed class Waiting(StreamAppend[] appends)
    {
        public StreamAppend[] Appends => appends;

        public AppendKind[] Kinds { get; } = new AppendKind[appends.Length];

        // Whoever waits goes on after this writer has answered all of a batch.
        public TaskCompletionSource<AppendOutcome[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
