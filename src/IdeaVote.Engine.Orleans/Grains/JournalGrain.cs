using IdeaVote.Engine.Grains.Hosting;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Utilities;

namespace IdeaVote.Engine.Grains;

/// <summary>
/// A partition's one writer. Calls interleave: while one append is on its way to the disk, the next batch gathers. It waits for
/// nobody but the store.
/// </summary>
/// <param name="parts">What the silo has for it.</param>
/// <param name="logger">Where it says why it failed.</param>
[Reentrant]
public sealed partial class JournalGrain(SiloParts parts, ILogger<JournalGrain> logger) : Grain, IJournalGrain
{
    private static readonly TimeSpan Subscription = TimeSpan.FromMinutes(2);

    private readonly ObserverManager<IFeedObserver> observers = new(Subscription, logger);
    private Task<PartitionWriter>? writer;

    /// <inheritdoc/>
    public async Task<WireOutcome> OpenAsync(byte[] stream) =>
        WireOutcome.Of(await FindAsync() is { } found ? await found.OpenAsync(StreamKey.Read(stream)) : new OpenOutcome(AppendKind.Overloaded));

    /// <inheritdoc/>
    public async Task<WireOutcome[]> AppendAsync(WireAppend[] appends)
    {
        if (await FindAsync() is not { } found)
            return Array.ConvertAll(appends, _ => WireOutcome.Of(new AppendOutcome(AppendKind.Overloaded)));
        var outcomes = await found.AppendAsync(Array.ConvertAll(appends, static append => append.ToAppend()));
        if (found.Failure is { } failure && writer is { IsCompletedSuccessfully: true } current && current.Result == found)
        {
            LogLost(this.GetPrimaryKeyString(), failure.Message);
            writer = null;
            found.Dispose();
            // Should another activation have taken over, this one must not fight for the partition.
            DeactivateOnIdle();
        }
        return Array.ConvertAll(outcomes, WireOutcome.Of);
    }

    /// <inheritdoc/>
    public Task SubscribeAsync(IFeedObserver observer)
    {
        observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (writer is { IsCompletedSuccessfully: true } begun)
            begun.Result.Dispose();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <summary>The writer, which takes the partition over when it is first needed: to listen, nobody need write.</summary>
    private async Task<PartitionWriter?> FindAsync()
    {
        var name = this.GetPrimaryKeyString();
        var found = writer ??= PartitionWriter.BeginAsync(parts.Journal, name, parts.Writing with { Appended = _ => Tell(name) }).AsTask();
        try
        {
            return await found;
        }
        catch (JournalException e)
        {
            LogNotBegun(name, e.Message);
            if (writer == found)
                writer = null;
            return null;
        }
    }

    private void Tell(string name)
    {
        if (observers.Count > 0)
            observers.Notify(observer => observer.GrownAsync(name).Ignore());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} could not be taken over: {Reason}")]
    private partial void LogNotBegun(string partition, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} is given up: {Reason}")]
    private partial void LogLost(string partition, string reason);
}
