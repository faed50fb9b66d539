using System.IO.Pipelines;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Feed;

/// <summary>Sends a campaign's events as they come, in constant memory: as fast as the caller reads and no faster.</summary>
/// <param name="engine">Has the feed.</param>
/// <param name="positions">Writes positions.</param>
/// <param name="time">The clock of the heartbeat.</param>
internal sealed class FeedStream(IEngine engine, Positions positions, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    /// <summary>How often a quiet server-sent stream says that it is still there.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private const int FlushBytes = 32 * 1024;

    /// <summary>Sends events until the end, or until cancelled when following.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="after">Begin after this position.</param>
    /// <param name="follow">Whether to go on with what happens later.</param>
    /// <param name="asServerSent">Whether as server-sent events, rather than as lines.</param>
    /// <param name="stop">Ends the sending: the caller is gone or the server stops.</param>
    public async Task SendAsync(PipeWriter output, CampaignId campaign, Position after, bool follow, bool asServerSent, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Heartbeat, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var events = engine.FeedAsync(campaign, after, follow, ended.Token).GetAsyncEnumerator(ended.Token);
        var beats = asServerSent ? new Beats(timer) : null;

        // The answer's head goes out at once, so that the caller knows that it is being served.
        beats?.Write(output);
        while (!(await output.FlushAsync(stop)).IsCompleted)
        {
            do
            {
                var next = events.MoveNextAsync();
                if (!(next.IsCompleted ? await next : await WaitAsync(next.AsTask(), output, beats, ended)))
                {
                    await output.FlushAsync(stop);
                    return;
                }
                FeedLines.Write(output, events.Current, positions.WriteAlike(events.Current.Position), asServerSent);
            }
            while (output.UnflushedBytes < FlushBytes);
        }
    }

    /// <summary>Lets out what has been written, and waits for the next event while the heart beats.</summary>
    private static async Task<bool> WaitAsync(Task<bool> next, PipeWriter output, Beats? beats, CancellationTokenSource ended)
    {
        try
        {
            while (true)
            {
                if ((await output.FlushAsync(ended.Token)).IsCompleted)
                    return await RestAsync(next, ended);
                if (beats is null || await Task.WhenAny(next, beats.Next) == next)
                    return await next;
                beats.Write(output);
            }
        }
        catch
        {
            await RestAsync(next, ended);
            throw;
        }
    }

    /// <summary>Ends the reading of the feed: it must have come to rest before it is let go.</summary>
    /// <returns>False: there is no next event.</returns>
    private static async Task<bool> RestAsync(Task next, CancellationTokenSource ended)
    {
        await ended.CancelAsync();
        await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return false;
    }

    /// <summary>The heartbeat of one stream.</summary>
    private sealed class Beats(PeriodicTimer timer)
    {
        /// <summary>Ends when the next beat is due.</summary>
        public Task Next { get; private set; } = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();

        /// <summary>Beats, if it is due.</summary>
        public void Write(PipeWriter output)
        {
            FeedLines.WriteHeartbeat(output);
            if (Next.IsCompleted)
                Next = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
        }
    }
}
