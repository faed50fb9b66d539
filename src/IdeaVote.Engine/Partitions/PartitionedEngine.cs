using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// The engine of a process whose aggregates live anywhere in a cluster: commands go to them, everything that is read comes from
/// this process's own copies, folded from the journal.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="aggregates">The aggregates.</param>
/// <param name="followers">The copies.</param>
/// <param name="options">How to behave.</param>
/// <param name="time">The clock.</param>
public sealed class PartitionedEngine(
    IJournalStore journal, IAggregates aggregates, CampaignFollowers followers, PartitionedOptions options, TimeProvider time)
    : IEngine, IProjectionWaiter, IDisposable
{
    private const int FeedPage = 1_000;
    private static readonly TimeSpan BoardPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RoomPause = TimeSpan.FromMilliseconds(20);
    private static readonly Board NoBoard = new();

    private readonly ConcurrentDictionary<CampaignId, bool> existing = new();
    private readonly SemaphoreSlim bulkRoom = new(Math.Max(1, options.MaxCommands / 2));
    private readonly CancellationTokenSource ended = new();
    private int underWay;

    /// <inheritdoc/>
    public async ValueTask<Reply> SendAsync(StreamId stream, Command command, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var reply = await RunAsync(stream, command, CancellationToken.None);
        // Whoever votes by hand sees their vote in the answer. It is durable already: where the copy is late, the answer is not.
        return reply is { Kind: ReplyKind.Accepted, Position.IsStart: false } ? await IncludedAsync(stream.Campaign, reply) : reply;
    }

    /// <inheritdoc/>
    public async ValueTask<Reply> SendWhenRoomAsync(StreamId stream, Command command, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        // Nearly always there is room, and then there is nothing to give up waiting for.
        if (bulkRoom.Wait(0, CancellationToken.None))
        {
            try
            {
                if (Begin() is null && await aggregates.SendAsync(stream, command, CancellationToken.None) is { Kind: not ReplyKind.Overloaded } reply)
                    return reply;
            }
            finally
            {
                End();
                bulkRoom.Release();
            }
        }
        return await SendInTurnAsync(stream, command, cancellation);
    }

    private async ValueTask<Reply> SendInTurnAsync(StreamId stream, Command command, CancellationToken cancellation)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ended.Token);
        try
        {
            await bulkRoom.WaitAsync(ends.Token);
            try
            {
                while (true)
                {
                    var reply = await RunAsync(stream, command, CancellationToken.None);
                    if (reply.Kind != ReplyKind.Overloaded)
                        return reply;
                    await Task.Delay(RoomPause, TimeProvider.System, ends.Token);
                }
            }
            finally
            {
                bulkRoom.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Reply.OutcomeUnknown;
        }
    }

    /// <inheritdoc/>
    public ValueTask<Reply> ReadAsync(StreamId stream, CancellationToken cancellation = default) => RunAsync(stream, null, cancellation);

    /// <inheritdoc/>
    /// <exception cref="JournalException">The journal can't be read.</exception>
    public async ValueTask<T> QueryAsync<T>(CampaignId campaign, Func<Board, Position, T> read, CancellationToken cancellation = default)
    {
        if (await followers.FindAsync(campaign, cancellation) is not { } found)
            return read(NoBoard, Position.Start);
        await found.LoadedAsync(cancellation);
        return found.Follower.Read(read);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<CampaignId>> CampaignsAsync(CancellationToken cancellation = default)
    {
        var campaigns = new List<CampaignId>();
        await foreach (var name in journal.PartitionsAsync(cancellation))
        {
            if (!PartitionMap.TryParse(name, out var campaign, out var number) || number != 0)
                continue;
            // A partition may have been begun for a campaign that was then refused. One that exists will always exist.
            if (!existing.ContainsKey(campaign) && await journal.HeadAsync(name, cancellation) == 0)
                continue;
            existing.TryAdd(campaign, true);
            campaigns.Add(campaign);
        }
        return campaigns;
    }

    /// <inheritdoc/>
    public ValueTask<bool> WaitAsync(Position position, TimeSpan patience, CancellationToken cancellation = default) =>
        WaitAsync(position, patience, static (found, part, patience, cancellation) => found.WaitAsync(part, patience, cancellation), cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> WaitAsync(string projection, Position position, TimeSpan patience, CancellationToken cancellation = default) =>
        WaitAsync(
            position,
            patience,
            (found, part, patience, cancellation) =>
            {
                found.Wake();
                return found.Runners.Single(runner => string.Equals(runner.Name, projection, StringComparison.Ordinal)).WaitAsync(part, patience, cancellation);
            },
            cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedEntry> FeedAsync(
        CampaignId campaign, Position after, bool follow, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            var news = followers.News.NextAsync();
            if (await followers.FindAsync(campaign, cancellation) is not null)
                break;
            if (!follow)
                yield break;
            await PauseAsync(news, cancellation);
        }
        var feed = followers.FeedOf(campaign);
        var previous = await HashesAsync(feed, campaign, after, cancellation);
        while (true)
        {
            // Asked anew each time: it is in use as long as somebody listens.
            var grown = (await followers.FindAsync(campaign, cancellation))!.Refreshed.NextAsync();
            var page = await feed.ReadPageAsync(after, FeedPage, cancellation);
            foreach (var (number, record) in page.Records)
            {
                after = after.Join(Position.Of(feed.Partitions[number], record.Position));
                yield return new FeedEntry(after, campaign, number, record.Body, previous[number], record.Hash);
                previous[number] = record.Hash;
            }
            if (page.HasMore || page.Records.Count > 0)
                continue;
            if (!follow)
                yield break;
            await PauseAsync(grown, cancellation);
        }
    }

    /// <summary>Takes no more commands. What was read so far can still be read.</summary>
    public void Dispose() => ended.Cancel();

    /// <summary>The answer with the position at which this process's copy includes it, so that a feed read on from there repeats nothing.</summary>
    private async ValueTask<Reply> IncludedAsync(CampaignId campaign, Reply reply)
    {
        try
        {
            if (await followers.FindAsync(campaign, ended.Token) is { } found && await found.WaitAsync(reply.Position, BoardPatience, ended.Token))
                return reply with { Position = found.Follower.Position };
        }
        catch (Exception e) when (e is OperationCanceledException or JournalException)
        {
            // What is done is done, whether it can be seen here or not.
        }
        return reply;
    }

    private async Task PauseAsync(Task news, CancellationToken cancellation)
    {
        await Task.WhenAny(news, Task.Delay(options.Poll, time, cancellation));
        cancellation.ThrowIfCancellationRequested();
    }

    private async ValueTask<Reply> RunAsync(StreamId stream, Command? command, CancellationToken cancellation)
    {
        try
        {
            return Begin() ?? await aggregates.SendAsync(stream, command, cancellation);
        }
        finally
        {
            End();
        }
    }

    /// <summary>Counts a command in; <see cref="End"/> counts it out whatever this says.</summary>
    /// <returns>The answer to it if it is not even sent; null if it may be.</returns>
    private Reply? Begin()
    {
        var isRoom = Interlocked.Increment(ref underWay) <= options.MaxCommands;
        return ended.IsCancellationRequested ? Reply.OutcomeUnknown : isRoom ? null : Reply.Overloaded;
    }

    private void End() => Interlocked.Decrement(ref underWay);

    private async ValueTask<bool> WaitAsync(
        Position position, TimeSpan patience, Func<FollowedCampaign, Position, TimeSpan, CancellationToken, ValueTask<bool>> wait, CancellationToken cancellation)
    {
        if (position.IsStart)
            return true;
        var began = time.GetTimestamp();
        foreach (var (campaign, part) in ByCampaign(position))
        {
            var left = patience - time.GetElapsedTime(began);
            if (campaign is not { } id || await followers.FindAsync(id, cancellation) is not { } found
                || !await wait(found, part, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellation))
                return false;
        }
        return true;
    }

    private static IEnumerable<(CampaignId? Campaign, Position Part)> ByCampaign(Position position) =>
        position.Partitions.ToArray()
            .GroupBy(static part => PartitionMap.TryParse(part.Partition, out var campaign, out _) ? campaign : (CampaignId?)null)
            .Select(static group => (group.Key, Position.Of(group)));

    private async ValueTask<ReadOnlyMemory<byte>[]> HashesAsync(CampaignFeed feed, CampaignId campaign, Position after, CancellationToken cancellation)
    {
        var hashes = new ReadOnlyMemory<byte>[feed.Partitions.Count];
        for (var number = 0; number < hashes.Length; number++)
        {
            var name = feed.Partitions[number];
            var last = after.In(name) is > 0 and var offset ? await journal.LastOfAsync(name, campaign, offset, cancellation) : null;
            hashes[number] = last?.Hash ?? HashChain.Origin;
        }
        return hashes;
    }
}
