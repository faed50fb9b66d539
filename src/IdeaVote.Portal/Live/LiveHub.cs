using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Gateway.Telemetry;
using IdeaVote.Gateway.Votes;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Portal.Live;

/// <summary>
/// Tells open pages which counts have changed. Each campaign that somebody looks at is looked at once a second, however many look; what has
/// changed is written once and sent to all.
/// </summary>
/// <param name="engine">Has the counts.</param>
/// <param name="log">Says what went wrong.</param>
public sealed class LiveHub(IEngine engine, ILogger<LiveHub> log) : IAsyncDisposable
{
    /// <summary>The most pages that listen at once; further ones are told to come back later.</summary>
    public const int MaxListeners = 20_000;

    /// <summary>How many messages wait for a slow page. Counts are absolute: what is dropped comes again with the next change.</summary>
    private const int MaxWaiting = 16;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<CampaignId, Watch> watches = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private int listeners;

    /// <summary>How many pages listen.</summary>
    public int Listeners => Volatile.Read(ref listeners);

    /// <summary>Begins to listen.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="since">The board's revision that the page shows; what has changed since comes first.</param>
    /// <returns>The messages; to be given back with <see cref="Leave"/>. Null if too many listen.</returns>
    public Channel<ReadOnlyMemory<byte>>? Join(CampaignId campaign, long since)
    {
        lock (gate)
        {
            if (listeners >= MaxListeners || stop.IsCancellationRequested)
                return null;
            listeners++;
            GatewayTelemetry.Listening("live", 1);
            var channel = Channel.CreateBounded<ReadOnlyMemory<byte>>(
                new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
            if (!watches.TryGetValue(campaign, out var watch))
            {
                watches[campaign] = watch = new Watch();
                watch.Running = RunAsync(campaign, watch);
            }
            watch.Pages[channel] = since;
            return channel;
        }
    }

    /// <summary>Stops listening.</summary>
    public void Leave(CampaignId campaign, Channel<ReadOnlyMemory<byte>> channel)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(campaign, out var watch) || !watch.Pages.TryRemove(channel, out _))
                return;
            listeners--;
            GatewayTelemetry.Listening("live", -1);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(watches.Values.Select(watch => watch.Running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task RunAsync(CampaignId campaign, Watch watch)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stop.Token))
        {
            try
            {
                await engine.QueryAsync(campaign, (board, _) => watch.Look(board), stop.Token);
                watch.Tell();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A board that can't be read now can be in a second; pages stay as they are meanwhile.
                log.LogWarning(e, "Changed counts could not be read");
            }
            lock (gate)
            {
                if (!watch.Pages.IsEmpty)
                    continue;
                watches.TryRemove(campaign, out _);
                return;
            }
        }
    }

    /// <summary>One campaign that pages look at.</summary>
    private sealed class Watch
    {
        /// <summary>How many looks are remembered, for pages that were rendered a little before they began to listen.</summary>
        private const int MaxRemembered = 60;

        private static readonly byte[] Stale = "event: stale\ndata: {}\n\n"u8.ToArray();

        private readonly List<Counts> last = [];
        private readonly Queue<(long From, long To, byte[] Message)> looks = new();
        private long revision = -1;

        /// <summary>The pages, each with the revision that it shows.</summary>
        public ConcurrentDictionary<Channel<ReadOnlyMemory<byte>>, long> Pages { get; } = new();

        public Task Running { get; set; } = Task.CompletedTask;

        /// <summary>Looks what has changed since the last look.</summary>
        /// <returns>Whether anything has.</returns>
        public bool Look(Board board)
        {
            if (board.Revision == revision)
                return false;
            var (from, rules) = (revision, board.Campaign.Rules);
            revision = board.Revision;
            var changed = new StringBuilder();
            for (var i = 0; i < board.Ideas.Count; i++)
            {
                var idea = board.Ideas[i];
                var counts = new Counts(idea.Approvals, idea.Raters, StarsOf(idea), idea.Invested);
                if (i == last.Count)
                    last.Add(default);
                if (last[i] == counts)
                    continue;
                last[i] = counts;
                if (from < 0)
                    continue;
                var tally = TallyBody.Of(idea, rules);
                changed.Append(changed.Length == 0 ? "" : ",").Append(
                    CultureInfo.InvariantCulture, $"\"{idea.Id}\":{{\"approvals\":{tally.Approvals},\"raters\":{tally.Ratings},\"rating\":{tally.Rating?.ToString(CultureInfo.InvariantCulture) ?? "null"},\"invested\":{tally.Invested}}}");
            }
            if (from < 0)
                return false;
            looks.Enqueue((from, revision, changed.Length == 0 ? [] : Encoding.UTF8.GetBytes($"event: counts\ndata: {{{changed}}}\n\n")));
            if (looks.Count > MaxRemembered)
                looks.Dequeue();
            return true;
        }

        /// <summary>Tells each page what it does not show yet.</summary>
        public void Tell()
        {
            foreach (var (page, since) in Pages)
            {
                if (since >= revision)
                    continue;
                // Before the first look that is remembered, nobody knows what changed: the page asks anew.
                if (since < (looks.TryPeek(out var oldest) ? oldest.From : revision))
                {
                    page.Writer.TryWrite(Stale);
                }
                else
                {
                    foreach (var (_, to, message) in looks)
                        if (to > since && message.Length > 0)
                            page.Writer.TryWrite(message);
                }
                Pages.TryUpdate(page, revision, since);
            }
        }

        /// <summary>Changes whenever a rating does, near enough: it need not tell which.</summary>
        private static long StarsOf(IdeaTally idea)
        {
            long sum = 0;
            foreach (var count in idea.AllStars)
                sum = unchecked(sum * 31 + count);
            return sum;
        }

        private readonly record struct Counts(int Approvals, int Raters, long Stars, long Invested);
    }
}
