using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Ballots;

/// <summary>
/// Takes ballots line by line and gives back a result for each, in order, while more are still coming. Three loops run side
/// by side: one reads and sends, one collects the answers in order, one delivers them. The results wait in a queue of their
/// own between the last two, so that a caller who sends everything before reading anything does not stop the reading.
/// </summary>
/// <param name="intake">Makes commands of lines and sends them.</param>
/// <param name="explain">Puts a refusal of the domain into words for the caller.</param>
/// <param name="settle">Waits until what was taken can be read; before the last result the caller hears nothing of the end.</param>
internal sealed class BallotStream(
    BallotIntake intake, Func<SentBallot, Refusal, ValueTask<Refusal>> explain, Func<Position, ValueTask<bool>> settle)
{
    /// <summary>How many ballots are with the engine at once.</summary>
    public const int Window = 1_024;

    /// <summary>How many results wait for a caller who does not read them; then the reading stops until the caller does.</summary>
    public const int MaxWaitingResults = 200_000;

    // A result has at most 60 bytes unless it is a refusal.
    private const long MaxWaitingBytes = MaxWaitingResults * 64L;
    private const int CollectedBytes = 16 * 1024;

    private readonly Channel<SentBallot> sent = Channel.CreateBounded<SentBallot>(
        new BoundedChannelOptions(Window) { SingleReader = true, SingleWriter = true });

    private Position taken;

    private readonly Pipe results = new(new PipeOptions(
        pauseWriterThreshold: MaxWaitingBytes, resumeWriterThreshold: MaxWaitingBytes / 2, useSynchronizationContext: false));

    /// <summary>Runs until the body has ended and every line has its result, or until the caller is gone.</summary>
    /// <param name="body">The lines.</param>
    /// <param name="answer">Where the results go.</param>
    /// <param name="stopping">Ends the reading; what was read still gets its results.</param>
    /// <param name="aborted">Ends everything: the caller is gone.</param>
    public async Task RunAsync(PipeReader body, PipeWriter answer, CancellationToken stopping, CancellationToken aborted)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        var reading = ReadAsync(body, stop.Token);
        var collecting = CollectAsync();
        try
        {
            await DeliverAsync(answer, aborted);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The caller is gone. What was sent to the engine happens all the same, and may be sent again.
        }
        finally
        {
            // Nobody reads results any more, so nobody may wait for room to write one.
            await stop.CancelAsync();
            await results.Reader.CompleteAsync();
            await Task.WhenAll(reading, collecting);
        }
    }

    private async Task ReadAsync(PipeReader body, CancellationToken stop)
    {
        var lines = new LineSplitter();
        var inMidLine = false;
        Exception? fault = null;
        try
        {
            for (var isEnd = false; !isEnd;)
            {
                var read = await body.ReadAsync(stop);
                await intake.RefreshAsync(stop);
                isEnd = read.IsCompleted;
                var received = read.Buffer;
                while (intake.TryTake(lines, ref received, isEnd, out var number, out var refusal, out var input))
                {
                    if (refusal is not null)
                        await sent.Writer.WriteAsync(SentBallot.Refused(number, refusal), stop);
                    else if (input.Votes is not null)
                        await sent.Writer.WriteAsync(await intake.SendAsync(number, input, stop), stop);
                }
                inMidLine = !received.IsEmpty;
                body.AdvanceTo(received.Start, received.End);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller is gone or the server stops. Lines without a result are the caller's to send again.
        }
        catch (IOException exception)
        {
            if (CutOff(exception, inMidLine) is { } refusal)
                await sent.Writer.WriteAsync(SentBallot.Refused(lines.Number + 1, refusal), CancellationToken.None);
        }
        catch (Exception exception)
        {
            fault = exception;
            throw;
        }
        finally
        {
            sent.Writer.Complete(fault);
        }
    }

    /// <summary>What the caller is told when the body broke off; null if all lines so far were whole.</summary>
    private static Refusal? CutOff(IOException exception, bool inMidLine)
    {
        if (exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
            return new Refusal("too_large", $"The body is at most {BallotsEndpoints.MaxBodyBytes} bytes; send the rest in another request.");
        return inMidLine ? BallotIntake.Incomplete() : null;
    }

    private async Task CollectAsync()
    {
        var output = results.Writer;
        using var lines = new BallotResults(output);
        Exception? fault = null;
        try
        {
            while (await sent.Reader.WaitToReadAsync())
            {
                while (sent.Reader.TryRead(out var ballot))
                {
                    // What is known goes out while the next answer is awaited.
                    if (ballot.Reply is { IsCompleted: false } || output.UnflushedBytes >= CollectedBytes)
                        await output.FlushAsync();
                    await WriteAsync(lines, ballot);
                }
                await output.FlushAsync();
            }
            await settle(taken);
        }
        catch (Exception exception)
        {
            fault = exception;
            throw;
        }
        finally
        {
            await output.CompleteAsync(fault);
        }
    }

    private async ValueTask WriteAsync(BallotResults lines, SentBallot ballot)
    {
        if (ballot.Reply is null)
        {
            lines.Refused(ballot.Line, ballot.Refusal!);
            return;
        }
        var reply = await ballot.Reply;
        if (reply.Kind == ReplyKind.Accepted)
        {
            if (!taken.Includes(reply.Position))
                taken = taken.Join(reply.Position);
            lines.Taken(ballot.Line, reply.Changed);
        }
        else
        {
            lines.Refused(ballot.Line, reply.Kind switch
            {
                ReplyKind.Refused => await explain(ballot, reply.Refusal!),
                ReplyKind.Overloaded => new Refusal("overloaded", "Too many ballots are waiting; this one was not looked at. Send it again later."),
                _ => new Refusal("outcome_unknown", "Whether this ballot was counted is not known. Send it again: it will not count twice."),
            });
        }
    }

    private async Task DeliverAsync(PipeWriter answer, CancellationToken aborted)
    {
        while (true)
        {
            var ready = await results.Reader.ReadAsync(aborted);
            foreach (var part in ready.Buffer)
                answer.Write(part.Span);
            results.Reader.AdvanceTo(ready.Buffer.End);
            var flushed = await answer.FlushAsync(aborted);
            if (ready.IsCompleted || flushed.IsCompleted)
                return;
        }
    }
}
