using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Embedded;

/// <summary>
/// What waits for the commit loop: bounded, so that an overload is told at once instead of growing. Bulk work may hold half of
/// it, so that an import never crowds out the one who votes by hand.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Who waits or asks after the end must still be answered; a semaphore whose wait handle nobody takes holds nothing to release.")]
internal sealed class CommandQueue
{
    private readonly Channel<Pending> channel;
    private readonly SemaphoreSlim bulkRoom;
    private volatile bool closed;
    private long overloads;

    public CommandQueue(int commands)
    {
        channel = Channel.CreateBounded<Pending>(new BoundedChannelOptions(commands) { SingleReader = true });
        bulkRoom = new SemaphoreSlim(Math.Max(1, commands / 2));
    }

    /// <summary>The loop's end.</summary>
    public ChannelReader<Pending> Reader => channel.Reader;

    /// <summary>How many commands wait.</summary>
    public int Count => channel.Reader.Count;

    /// <summary>How many commands and reads found no room so far.</summary>
    public long Overloads => Volatile.Read(ref overloads);

    /// <summary>Takes a command (or a read) if there is room.</summary>
    public ValueTask<Reply> Send(StreamId stream, Command? command)
    {
        var pending = new Pending(stream, command, isBulk: false);
        if (channel.Writer.TryWrite(pending))
            return pending.Answer;
        if (!closed)
            Interlocked.Increment(ref overloads);
        pending.Resolve(closed ? Reply.OutcomeUnknown : Reply.Overloaded);
        return pending.Answer;
    }

    /// <summary>Takes a command, when there is room.</summary>
    public ValueTask<Reply> SendWhenRoom(StreamId stream, Command command, CancellationToken cancellation)
    {
        var pending = new Pending(stream, command, isBulk: true);
        if (!bulkRoom.Wait(0, CancellationToken.None))
            return WaitForRoomAsync(pending, isIn: false, cancellation);
        return channel.Writer.TryWrite(pending) ? pending.Answer : WaitForRoomAsync(pending, isIn: true, cancellation);
    }

    /// <summary>Gives the places of bulk commands back that have been answered.</summary>
    public void Release(int bulk)
    {
        if (bulk > 0)
            bulkRoom.Release(bulk);
    }

    /// <summary>Takes no more; what waits is still read.</summary>
    public void Close()
    {
        closed = true;
        channel.Writer.TryComplete();
    }

    private async ValueTask<Reply> WaitForRoomAsync(Pending pending, bool isIn, CancellationToken cancellation)
    {
        if (!isIn)
            await bulkRoom.WaitAsync(cancellation);
        try
        {
            await channel.Writer.WriteAsync(pending, cancellation);
        }
        catch (ChannelClosedException)
        {
            bulkRoom.Release();
            pending.Resolve(Reply.OutcomeUnknown);
        }
        catch
        {
            bulkRoom.Release();
            // The caller went before there was room: nobody has looked at it.
            pending.Resolve(Reply.Overloaded);
            throw;
        }
        return await pending.Answer;
    }
}
