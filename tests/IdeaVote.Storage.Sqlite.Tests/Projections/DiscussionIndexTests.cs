using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Projections;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>The index of discussions: orders, pages, reports, who takes part.</summary>
public sealed class DiscussionIndexTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Some some = new();
    private readonly List<RecordedEvent> history = [];
    private readonly CampaignId campaign;
    private readonly IdeaId idea;
    private SqliteDiscussionIndex index = null!;
    private long clock;

    public DiscussionIndexTests() => (campaign, idea) = (some.Campaign(), some.Idea());

    public Task InitializeAsync()
    {
        index = SqliteDiscussionIndex.Open(folder.File("discussions.db"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await index.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Threads_go_by_their_latest_comment_or_by_their_first()
    {
        var (one, two, three) = (await StartAsync(), await StartAsync(), await StartAsync());
        await ReplyAsync(one);

        (await ThreadsAsync(ThreadOrder.Active)).ShouldBe([one, three, two]);
        (await ThreadsAsync(ThreadOrder.Oldest)).ShouldBe([one, two, three]);
        (await index.ThreadsAsync(campaign, some.Idea(), ThreadOrder.Active, true, null, 10)).ShouldBeEmpty();
        (await index.ThreadsAsync(some.Campaign(), idea, ThreadOrder.Active, true, null, 10)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ThreadOrder.Active)]
    [InlineData(ThreadOrder.Oldest)]
    public async Task Pages_follow_each_other_also_where_times_are_equal(ThreadOrder order)
    {
        for (var i = 0; i < 7; i++)
        {
            await StartAsync();
            if (i % 2 == 0)
                clock--;
        }
        var (seen, after) = (new List<ThreadId>(), (ThreadPlace?)null);
        while (await index.ThreadsAsync(campaign, idea, order, false, after, 2) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(place => place.Thread));
            after = page[^1];
        }

        seen.ShouldBe(await ThreadsAsync(order));
        seen.Count.ShouldBe(7);
    }

    [Fact]
    public async Task A_thread_of_which_nothing_can_be_read_is_left_out_but_for_the_team_that_hid_it()
    {
        var (hidden, deleted) = (await StartAsync(), await StartAsync());
        await FoldAsync(hidden, new CommentHidden(Opening(hidden), idea, null, Concern.Spam, -1));
        await FoldAsync(deleted, new CommentHidden(Opening(deleted), idea, null, Concern.Spam, -1));
        await FoldAsync(deleted, new CommentDeleted(Opening(deleted), idea, 0));

        (await ThreadsAsync(ThreadOrder.Active)).ShouldBeEmpty();
        (await ThreadsAsync(ThreadOrder.Active, withHidden: true)).ShouldBe([hidden]);

        await FoldAsync(hidden, new CommentHidden(Opening(hidden), idea, Concern.Spam, Concern.Abuse, 0));
        await FoldAsync(hidden, new CommentShown(Opening(hidden), idea, Concern.Abuse, 1));
        (await ThreadsAsync(ThreadOrder.Active)).ShouldBe([hidden]);
    }

    [Fact]
    public async Task Reports_wait_until_the_team_decides_or_the_author_deletes()
    {
        var (one, two, three) = (await StartAsync(), await StartAsync(), await StartAsync());
        var (ann, bob) = (some.Voter(), some.Voter());
        await FoldAsync(two, new CommentReported(Opening(two), idea, ann, null, Concern.Spam));
        await FoldAsync(one, new CommentReported(Opening(one), idea, ann, null, Concern.Other));
        await FoldAsync(three, new CommentReported(Opening(three), idea, ann, null, Concern.Other));
        await FoldAsync(two, new CommentReported(Opening(two), idea, ann, Concern.Spam, Concern.Abuse));
        await FoldAsync(two, new CommentReported(Opening(two), idea, bob, null, Concern.Spam));

        var reports = await index.ReportsAsync(campaign, null, 10);
        reports.Select(report => report.Thread).ShouldBe([two, one, three]);
        (reports[0].Idea, reports[0].Comment, reports[0].Reports).ShouldBe((idea, Opening(two), 2));
        reports[0].Concerns.ShouldBe([Concern.Spam, Concern.Abuse]);
        (await index.ReportsAsync(campaign, reports[0], 1)).Select(report => report.Thread).ShouldBe([one]);
        (await index.ReportsAsync(some.Campaign(), null, 10)).ShouldBeEmpty();

        await FoldAsync(two, new CommentShown(Opening(two), idea, null, 0));
        await FoldAsync(one, new CommentHidden(Opening(one), idea, null, Concern.Other, -1));
        await FoldAsync(three, new CommentDeleted(Opening(three), idea, -1));
        (await index.ReportsAsync(campaign, null, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whose_comments_stand_takes_part()
    {
        var (ann, bob, cleo) = (some.Voter(), some.Voter(), some.Voter());
        var thread = await StartAsync(ann);
        var reply = await ReplyAsync(thread, bob);
        await ReplyAsync(thread, ann);
        await StartAsync(cleo);

        (await index.ParticipantsAsync(campaign, thread, 10)).Select(person => person.Voter).ShouldBe([ann, bob]);
        (await index.ParticipantsAsync(campaign, idea, 10)).Select(person => person.Voter).ShouldBe([cleo, bob, ann]);
        (await index.ParticipantsAsync(campaign, idea, 1)).Select(person => person.Voter).ShouldBe([cleo]);
        var first = ((CommentPosted)history[0].Event).Text.Id;
        (await index.ParticipantsAsync(campaign, thread, 1)).ShouldBe([new Participant(ann, first)]);

        await FoldAsync(thread, new CommentDeleted(reply, idea, -1));
        await FoldAsync(thread, new CommentTextErased(Opening(thread), idea, first, -1));
        (await index.ParticipantsAsync(campaign, thread, 10)).Select(person => person.Voter).ShouldBe([ann]);
    }

    [Fact]
    public async Task Votes_in_between_are_passed_over_and_a_rebuilt_index_is_the_same()
    {
        var (one, two) = (await StartAsync(), await StartAsync());
        await FoldVoteAsync();
        await ReplyAsync(one);
        await FoldVoteAsync();
        var before = await ThreadsAsync(ThreadOrder.Active);
        (await index.LoadPositionAsync()).Offset().ShouldBe(4);

        await index.DisposeAsync();
        index = SqliteDiscussionIndex.Open(folder.File("discussions.db"));
        await index.ApplyAsync(history[4..], OnePartition.At(history.Count));
        (await ThreadsAsync(ThreadOrder.Active)).ShouldBe(before);

        await using var rebuilt = SqliteDiscussionIndex.Open(folder.File("rebuilt.db"));
        await rebuilt.ApplyAsync(history, OnePartition.At(history.Count));
        (await rebuilt.LoadPositionAsync()).Offset().ShouldBe(history.Count);
        (await rebuilt.ThreadsAsync(campaign, idea, ThreadOrder.Active, false, null, 10)).Select(place => place.Thread).ShouldBe([one, two]);
    }

    [Fact]
    public async Task That_many_votes_were_passed_over_is_written_down_at_last()
    {
        var votes = Enumerable.Range(0, 50_000).Select(i => Vote(i + 1)).ToArray();

        await index.ApplyAsync(votes, OnePartition.At(votes.Length));

        (await index.LoadPositionAsync()).Offset().ShouldBe(votes.Length);
    }

    private static CommentId Opening(ThreadId thread) => new(thread.Value);

    private static TextRef Text(TextId id) => new(id, new string('0', 64));

    private async Task<ThreadId> StartAsync(VoterId? author = null)
    {
        var thread = new ThreadId(some.Id());
        clock++;
        await FoldAsync(thread, new CommentPosted(Opening(thread), idea, author, Text(some.Text()), null));
        return thread;
    }

    private async Task<CommentId> ReplyAsync(ThreadId thread, VoterId? author = null)
    {
        var comment = new CommentId(some.Id());
        clock++;
        await FoldAsync(thread, new CommentPosted(comment, idea, author, Text(some.Text()), null));
        return comment;
    }

    private Task FoldAsync(ThreadId thread, CommentEvent happened) =>
        FoldAsync(new RecordedEvent(StreamId.Of(campaign, thread), history.Count + 1, new Instant(happened is CommentPosted ? clock : ++clock), happened));

    private Task FoldVoteAsync() => FoldAsync(Vote(history.Count + 1));

    private RecordedEvent Vote(long version) => new(StreamId.Of(campaign), version, new Instant(clock), new StageEntered(0, 1, new Instant(0), false));

    private async Task FoldAsync(RecordedEvent recorded)
    {
        history.Add(recorded);
        await index.ApplyAsync([recorded], OnePartition.At(history.Count));
    }

    private async Task<IReadOnlyList<ThreadId>> ThreadsAsync(ThreadOrder order, bool withHidden = false) =>
        [.. (await index.ThreadsAsync(campaign, idea, order, withHidden, null, 100)).Select(place => place.Thread)];
}
