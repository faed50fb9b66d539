using System.Buffers;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Audit;
using IdeaVote.Engine.Codec;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.Unit.Support;

namespace IdeaVote.Gateway.Tests.Unit;

/// <summary>Who gets ballots to download, and how much of the feed is read for that.</summary>
public sealed class BallotDeskTests : IDisposable
{
    private readonly Pseudonyms pseudonyms = new(new byte[32]);
    private readonly TinyEngine engine = new();
    private readonly List<FeedEntry> entries = [];
    private readonly List<Position> begun = [];
    private int read;

    public BallotDeskTests()
    {
        engine.Feed = (after, follow, cancellation) =>
        {
            begun.Add(after);
            return TinyEngine.Entries(entries.Where(entry => !after.Includes(entry.Position)).Select(entry => { read++; return entry; }), follow, cancellation);
        };
        Happened(StreamId.Of(Campaign, Idea), 1, new IdeaSubmitted(new TextRef(new TextId(pseudonyms.RandomId()), new string('0', 64)), [], null, [], IdeaStatus.Published));
        for (var voter = 0; voter < 9; voter++)
            Vote($"{voter}");
    }

    private CampaignId Campaign => pseudonyms.Campaign("town");

    private IdeaId Idea => pseudonyms.IdeaOfReference(Campaign, "idea");

    private Position Head => entries[^1].Position;

    public void Dispose() => pseudonyms.Dispose();

    [Fact]
    public async Task A_few_are_given_out_at_a_time_a_few_wait_and_the_rest_are_turned_away()
    {
        var desk = new BallotDesk(engine);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (reading, most) = (0, 0);
        var all = Enumerable.Range(0, BallotDesk.MaxAtOnce + BallotDesk.MaxWaiting).Select(_ => desk.ReadAsync(Campaign, Head, ReadAsync, default)).ToList();

        var refused = await Should.ThrowAsync<ApiException>(desk.ReadAsync(Campaign, Head, ReadAsync, default));

        (refused.Status, refused.Code, refused.RetryAfterSeconds).ShouldBe((503, "overloaded", 5));
        done.SetResult();
        await Task.WhenAll(all);
        most.ShouldBe(BallotDesk.MaxAtOnce);
        await desk.ReadAsync(Campaign, Head, ReadAsync, default);

        async Task ReadAsync(FoldedBallots folded)
        {
            most = Math.Max(most, Interlocked.Increment(ref reading));
            await done.Task;
            Interlocked.Decrement(ref reading);
        }
    }

    [Fact]
    public async Task Whoever_waits_too_long_is_told_to_come_again_and_whoever_goes_away_leaves_the_place()
    {
        var desk = new BallotDesk(engine, TimeSpan.Zero);
        var gone = new TaskCompletionSource();
        var slow = Enumerable.Range(0, BallotDesk.MaxAtOnce).Select(_ => desk.ReadAsync(Campaign, Head, _ => gone.Task, default)).ToList();

        (await Should.ThrowAsync<ApiException>(desk.ReadAsync(Campaign, Head, _ => Task.CompletedTask, default))).Code.ShouldBe("overloaded");

        gone.SetException(new IOException("The caller is gone."));
        foreach (var each in slow)
            await Should.ThrowAsync<IOException>(each);
        (await VotersAsync(desk, Head)).ShouldBe(9);
    }

    [Fact]
    public async Task A_download_goes_on_from_where_the_one_before_ended()
    {
        var desk = new BallotDesk(engine);
        (await VotersAsync(desk, Head)).ShouldBe(9);
        read.ShouldBe(10);
        Vote("late");

        (await VotersAsync(desk, Head)).ShouldBe(10);
        (await VotersAsync(desk, Head)).ShouldBe(10);

        read.ShouldBe(11);
        begun.ShouldBe([Position.Start, entries[9].Position]);
    }

    [Fact]
    public async Task The_past_is_folded_anew_and_does_not_take_the_place_of_the_present()
    {
        var desk = new BallotDesk(engine);
        await VotersAsync(desk, Head);
        (await VotersAsync(desk, entries[4].Position)).ShouldBe(4);
        read = 0;

        (await VotersAsync(desk, Head)).ShouldBe(9);

        read.ShouldBe(0);
    }

    [Fact]
    public async Task What_does_not_fit_is_given_to_nobody_and_what_follows_begins_again()
    {
        var desk = new BallotDesk(engine);
        await VotersAsync(desk, Head);
        Happened(StreamId.Of(Campaign, pseudonyms.Voter(Campaign, "0")), 2, new ApprovalChanged(Idea, false, true, null, new Instant(1), 1));
        await Should.ThrowAsync<AuditException>(VotersAsync(desk, Head));
        entries.RemoveAt(entries.Count - 1);

        (await VotersAsync(desk, Head)).ShouldBe(9);
        begun[^1].ShouldBe(Position.Start);
    }

    [Fact]
    public async Task What_is_given_up_half_way_goes_on_from_there()
    {
        var desk = new BallotDesk(engine);
        using var stop = new CancellationTokenSource();
        engine.Feed = (after, _, cancellation) => StopAfterAsync(4, after, stop, cancellation);
        await Should.ThrowAsync<OperationCanceledException>(desk.ReadAsync(Campaign, Head, _ => Task.CompletedTask, stop.Token));
        engine.Feed = (after, follow, cancellation) =>
        {
            begun.Add(after);
            return TinyEngine.Entries(entries.Where(entry => !after.Includes(entry.Position)), follow, cancellation);
        };

        (await VotersAsync(desk, Head)).ShouldBe(9);
        begun.ShouldHaveSingleItem().ShouldBe(entries[3].Position);
    }

    private async IAsyncEnumerable<FeedEntry> StopAfterAsync(
        int count, Position after, CancellationTokenSource stop, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        after.ShouldBe(Position.Start);
        foreach (var entry in entries.Take(count))
            yield return entry;
        await stop.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task<int> VotersAsync(BallotDesk desk, Position upTo)
    {
        var voters = 0;
        await desk.ReadAsync(Campaign, upTo, folded => { voters = folded.Ballots.InOrder().Count(); folded.Position.ShouldBe(upTo); return Task.CompletedTask; }, default);
        return voters;
    }

    private void Vote(string voter) =>
        Happened(StreamId.Of(Campaign, pseudonyms.Voter(Campaign, voter)), 1, new ApprovalChanged(Idea, false, true, null, new Instant(1), 1));

    private void Happened(StreamId stream, int version, Event happened)
    {
        using var writer = new EventWriter();
        var body = new ArrayBufferWriter<byte>();
        writer.Write(body, new RecordedEvent(stream, version, new Instant(1), happened));
        entries.Add(new FeedEntry(Position.Of("p0", entries.Count + 1), Campaign, 0, body.WrittenMemory, default, default));
    }
}
