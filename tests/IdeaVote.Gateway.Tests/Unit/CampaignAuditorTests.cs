using System.Buffers;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.Unit.Support;

namespace IdeaVote.Gateway.Tests.Unit;

/// <summary>What is signed, where a feed has several partitions and their order may be another at each reading.</summary>
public sealed class CampaignAuditorTests : IDisposable
{
    private readonly TinyEngine engine = new();
    private readonly Pseudonyms pseudonyms = new(new byte[32]);
    private readonly PositionTokens tokens;
    private readonly CampaignAuditor auditor;
    private readonly CampaignId campaign;
    private readonly List<(int Partition, string Stream, Event Event)> events = [];

    public CampaignAuditorTests()
    {
        tokens = new PositionTokens(pseudonyms);
        campaign = pseudonyms.Campaign("town");
        auditor = new CampaignAuditor(new Everywhere(engine), new Positions(tokens, engine));
        var rules = new Rules(new ApproveRule(null), null, null, true, false, null, WhoMayVote.Anyone, [], false);
        var text = new TextRef(new TextId(pseudonyms.RandomId()), new string('0', 64));
        events.Add((0, "", new CampaignCreated(text, Preset.Continuous, rules, [new Stage(Allows.Vote, null)])));
        events.Add((0, "idea", new IdeaSubmitted(text, [], null, [], IdeaStatus.Published)));
        foreach (var (partition, voter) in new[] { (1, "a"), (2, "b"), (1, "c"), (2, "d") })
            events.Add((partition, voter, new ApprovalChanged(Idea, false, true, null, new Instant(1), 1)));
    }

    private IdeaId Idea => pseudonyms.IdeaOfReference(campaign, "idea");

    public void Dispose()
    {
        tokens.Dispose();
        pseudonyms.Dispose();
    }

    [Fact]
    public async Task Everything_is_vouched_for_partition_by_partition()
    {
        var entries = Serve(0, 1, 2, 3, 4, 5);

        var audited = await auditor.ReplayAsync(campaign, null, default);

        audited.Replay.Heads().Select(head => (head.Partition, head.Events, head.Hash)).ShouldBe(
            [(0, 2L, Hex(entries[1])), (1, 2L, Hex(entries[4])), (2, 2L, Hex(entries[5]))]);
        audited.Last.ShouldBe(entries[^1].Position);
        audited.Position.ShouldBe(tokens.WriteAlike(entries[^1].Position));
        audited.Replay.Board.Voters.ShouldBe(4);
    }

    [Fact]
    public async Task A_position_comes_to_the_same_whatever_order_the_feed_is_read_in()
    {
        var wanted = Serve(0, 1, 2, 3, 4, 5)[3].Position;
        var first = await auditor.ReplayAsync(campaign, wanted, default);
        first.Replay.Events.ShouldBe(4);

        // Both events of one partition come before the first of the other.
        Serve(0, 1, 2, 4, 3, 5);
        var again = await auditor.ReplayAsync(campaign, wanted, default);

        again.Replay.Heads().ShouldBe(first.Replay.Heads());
        (again.BallotsSha256, again.Position).ShouldBe((first.BallotsSha256, first.Position));
    }

    [Fact]
    public async Task A_position_that_the_feed_never_gave_is_refused()
    {
        Serve(0, 1, 2, 3, 4, 5);
        foreach (var never in new[] { Position.Of("p1", 1), Position.Of("elsewhere", 9), Position.Of([new("p0", 1), new("p2", 1)]) })
            (await Should.ThrowAsync<ApiException>(() => auditor.ReplayAsync(campaign, never, default))).Code.ShouldBe("invalid_position");
    }

    [Fact]
    public async Task What_can_not_have_happened_is_not_signed()
    {
        var entries = Serve(0, 1, 2, 3, 4, 5);
        entries[3] = entries[3] with { Hash = entries[2].Hash };
        (await Should.ThrowAsync<ApiException>(() => auditor.ReplayAsync(campaign, null, default))).Code.ShouldBe("feed_broken");
        (await Should.ThrowAsync<ApiException>(() => auditor.ReplayAsync(campaign, entries[^1].Position, default))).Code.ShouldBe("feed_broken");

        events.Add((2, "b", new ApprovalChanged(Idea, false, true, null, new Instant(1), 1)));
        Serve(0, 1, 2, 3, 4, 5, 6);
        var refused = await Should.ThrowAsync<ApiException>(() => auditor.ReplayAsync(campaign, null, default));
        (refused.Code, refused.Status).ShouldBe(("feed_broken", 500));
    }

    private static string Hex(FeedEntry entry) => Convert.ToHexStringLower(entry.Hash.Span);

    /// <summary>Lets the engine give the events in this order, chained by partition.</summary>
    private List<FeedEntry> Serve(params int[] order)
    {
        var (versions, offsets) = (new Dictionary<StreamId, long>(), new Dictionary<int, long>());
        var last = new Dictionary<int, ReadOnlyMemory<byte>>();
        var entries = new List<FeedEntry>();
        var position = Position.Start;
        using var writer = new EventWriter();
        foreach (var (partition, name, happened) in order.Select(number => events[number]))
        {
            var stream = happened switch
            {
                CampaignCreated => StreamId.Of(campaign),
                IdeaSubmitted => StreamId.Of(campaign, Idea),
                _ => StreamId.Of(campaign, pseudonyms.Voter(campaign, name)),
            };
            var body = new ArrayBufferWriter<byte>();
            writer.Write(body, new RecordedEvent(stream, versions[stream] = versions.GetValueOrDefault(stream) + 1, new Instant(1), happened));
            var prev = last.GetValueOrDefault(partition, HashChain.Origin);
            var hash = new byte[HashChain.HashBytes];
            HashChain.Next(prev.Span, body.WrittenSpan, hash);
            position = position.Join(Position.Of($"p{partition}", offsets[partition] = offsets.GetValueOrDefault(partition) + 1));
            entries.Add(new FeedEntry(position, campaign, partition, body.WrittenMemory, prev, hash));
            last[partition] = hash;
        }
        engine.Feed = (_, follow, cancellation) => TinyEngine.Entries(entries, follow, cancellation);
        return entries;
    }

    /// <summary>An engine that has read everything of its feed.</summary>
    private sealed class Everywhere(TinyEngine inner) : IEngine
    {
        public ValueTask<IReadOnlyList<CampaignId>> CampaignsAsync(CancellationToken cancellation = default) => inner.CampaignsAsync(cancellation);

        public ValueTask<Reply> SendAsync(StreamId stream, Command command, CancellationToken cancellation = default) => inner.SendAsync(stream, command, cancellation);

        public ValueTask<Reply> SendWhenRoomAsync(StreamId stream, Command command, CancellationToken cancellation = default) => inner.SendWhenRoomAsync(stream, command, cancellation);

        public ValueTask<Reply> ReadAsync(StreamId stream, CancellationToken cancellation = default) => inner.ReadAsync(stream, cancellation);

        public ValueTask<T> QueryAsync<T>(CampaignId campaign, Func<Domain.Projections.Board, Position, T> read, CancellationToken cancellation = default) =>
            ValueTask.FromResult(read(new Domain.Projections.Board(), Position.Of([new("p0", long.MaxValue), new("p1", long.MaxValue), new("p2", long.MaxValue)])));

        public ValueTask<bool> WaitAsync(Position position, TimeSpan patience, CancellationToken cancellation = default) => ValueTask.FromResult(true);

        public IAsyncEnumerable<FeedEntry> FeedAsync(CampaignId campaign, Position after, bool follow, CancellationToken cancellation = default) =>
            inner.FeedAsync(campaign, after, follow, cancellation);
    }
}
