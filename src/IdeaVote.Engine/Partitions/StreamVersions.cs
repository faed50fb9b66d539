using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// Asks the store how far streams are. When a crowd comes, each of its voters is new here and must be looked up: those who wait for an answer
/// that is on its way are asked about together. On its host's scheduler, as <see cref="PartitionWriter"/>.
/// </summary>
/// <param name="store">The journal.</param>
/// <param name="partition">The partition.</param>
internal sealed class StreamVersions(IJournalStore store, string partition)
{
    private const int MaxBatch = 500;

    private readonly Queue<Waiting> waiting = new();
    private bool isAsking;

    /// <summary>The version of a stream's last durable event; 0 if it has none.</summary>
    /// <exception cref="JournalException">The store can't be read.</exception>
    public Task<long> FindAsync(StreamId stream)
    {
        var one = new Waiting(stream);
        waiting.Enqueue(one);
        if (!isAsking)
            _ = AskAsync();
        return one.Answer.Task;
    }

    private async Task AskAsync()
    {
        isAsking = true;
        List<Waiting> batch = [];
        while (waiting.Count > 0)
        {
            batch.Clear();
            while (batch.Count < MaxBatch && waiting.TryDequeue(out var next))
                batch.Add(next);
            await AnswerAsync(batch);
        }
        isAsking = false;
    }

    private async Task AnswerAsync(List<Waiting> batch)
    {
        try
        {
            var versions = await store.VersionsAsync(partition, [.. batch.Select(static one => one.Stream)]);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Answer.TrySetResult(versions[i]);
        }
        catch (Exception e)
        {
            var failure = e as JournalException ?? new JournalException($"Partition {partition} can't be read: {e.Message}", e);
            foreach (var one in batch)
                one.Answer.TrySetException(failure);
        }
    }

    private sealed class Waiting(StreamId stream)
    {
        public StreamId Stream => stream;

        public TaskCompletionSource<long> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
