using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Grains.Caches;
using IdeaVote.Engine.Grains.Hosting;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Partitions;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Engine.Grains;

/// <summary>What all aggregates' grains do: keep the state, run the turns, one call at a time.</summary>
/// <param name="kind">What it is.</param>
/// <param name="parts">What the silo has for it.</param>
public abstract partial class AggregateGrain(AggregateKind kind, SiloParts parts) : Grain, IAggregateGrain
{
    private readonly ILogger logger = parts.Logger;
    private LeasedAggregate? aggregate;

    /// <summary>What the silo has for it.</summary>
    protected SiloParts Parts => parts;

    /// <summary>Which aggregate it is.</summary>
    protected StreamId Stream { get; private set; }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Stream = StreamKey.Parse(kind, this.GetPrimaryKeyString());
        var partition = new GrainPartition(Stream, parts.Partitions, parts.Calls, parts.Journal);
        var host = new AggregateHost(Stream, partition, new SnapshotCache(parts.Snapshots, this.GetGrainId()), parts.SnapshotEvents);
        aggregate = new LeasedAggregate(Stream, host, async stop => await parts.Followers.FindAsync(Stream.Campaign, stop), parts.Time);
        return base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<WireReply> HandleAsync(WireCommand? command)
    {
        if (!TryRead(command, out var wish))
            return WireReply.Of(Reply.Overloaded);
        if (wish is not null && BeforeAsync(wish) is { IsCompletedSuccessfully: false } before && !await TryAsync(before))
            return WireReply.Of(Reply.Overloaded);
        var reply = await aggregate!.HandleAsync(wish);
        // What it knows may be wrong: the next call finds another activation, which asks the journal.
        if (aggregate.IsLost)
            DeactivateOnIdle();
        else if (reply is { Kind: ReplyKind.Accepted, State: { } state } && AfterAsync(state) is { IsCompletedSuccessfully: false } after)
            await TryAsync(after);
        return WireReply.Of(reply);
    }

    /// <summary>Called before a command is run; if it fails, the command is not looked at.</summary>
    protected virtual Task BeforeAsync(Command command) => Task.CompletedTask;

    /// <summary>Called with the state after a command or a read was accepted; if it fails, it is called again the next time.</summary>
    protected virtual Task AfterAsync(Aggregate state) => Task.CompletedTask;

    private async Task<bool> TryAsync(Task work)
    {
        try
        {
            await work;
            return true;
        }
        catch (Exception e)
        {
            // Neither undoes or hides what the journal says.
            LogBeside(this.GetPrimaryKeyString(), e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What {Grain} needs besides the journal failed.")]
    private partial void LogBeside(string grain, Exception reason);

    /// <summary>Reads a command. One of a newer version is for a newer process: it is not looked at, and sent again it may find one.</summary>
    private static bool TryRead(WireCommand? sent, out Command? command)
    {
        try
        {
            command = sent?.ToCommand();
            return true;
        }
        catch (FormatException)
        {
            command = null;
            return false;
        }
    }
}
