using System.Collections.Concurrent;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Grains;

/// <summary>
/// The calls of a silo's aggregates to the partitions' grains. A call costs far more than what it carries, so whatever waits while
/// others are on their way shares the next one.
/// </summary>
/// <param name="grains">The grains.</param>
public sealed class PartitionCalls(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<string, PartitionCall> partitions = new(StringComparer.Ordinal);

    /// <summary>The calls to one partition.</summary>
    /// <param name="partition">Its name.</param>
    internal PartitionCall To(string partition) =>
        partitions.GetOrAdd(partition, static (name, grains) => new PartitionCall(grains.GetGrain<IJournalGrain>(name)), grains);
}

/// <summary>The calls of a silo to one partition's grain.</summary>
/// <param name="grain">The grain.</param>
internal sealed class PartitionCall(IJournalGrain grain)
{
    // One is being written while the next one gathers there; more would only make them smaller.
    private const int MaxCalls = 2;

    // A message has a largest size, and a single append may be a whole ballot.
    private const int MaxEvents = 2_000;

    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = new();
    private int calls;

    /// <summary>Announces a new activation of an aggregate.</summary>
    public async Task<OpenOutcome> OpenAsync(byte[] stream) => (await grain.OpenAsync(stream)).ToOpen();

    /// <summary>Appends; <see cref="AppendKind.Unknown"/> if the call that carried it has no answer.</summary>
    public Task<AppendOutcome> AppendAsync(StreamAppend append)
    {
        var one = new Waiting(WireAppend.Of(append));
        lock (gate)
        {
            waiting.Enqueue(one);
            if (calls == MaxCalls)
                return one.Answer.Task;
            calls++;
        }
        // Away from the caller's grain, whose turn must not carry the others' calls.
        _ = Task.Run(SendAsync);
        return one.Answer.Task;
    }

    private async Task SendAsync()
    {
        while (Take() is { Length: > 0 } batch)
        {
            try
            {
                var outcomes = await grain.AppendAsync(Array.ConvertAll(batch, one => one.Append));
                for (var i = 0; i < batch.Length; i++)
                    batch[i].Answer.TrySetResult(outcomes[i].ToAppend());
            }
            catch (Exception)
            {
                // Time-outs, lost connections, silos that left: any of them may have come after the appends.
                foreach (var one in batch)
                    one.Answer.TrySetResult(new AppendOutcome(AppendKind.Unknown));
            }
        }
    }

    private Waiting[] Take()
    {
        lock (gate)
        {
            var taken = new List<Waiting>(waiting.Count);
            for (var events = 0; events < MaxEvents && waiting.TryDequeue(out var one); events += one.Append.Events.Length)
                taken.Add(one);
            if (taken.Count == 0)
                calls--;
            return [.. taken];
        }
    }

    private sealed class Waiting(WireAppend append)
    {
        public WireAppend Append => append;

        public TaskCompletionSource<AppendOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
