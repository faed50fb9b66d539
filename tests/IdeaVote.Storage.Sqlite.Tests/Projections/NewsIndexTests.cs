using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Threads;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Projections;
using IdeaVote.Storage.Sqlite.Projections;

namespace IdeaVote.Storage.Sqlite.Tests.Projections;

/// <summary>The index of news: what happened, and to whom it was said.</summary>
public sealed class NewsIndexTests : IAsyncLifetime
{
    private static readonly Instant Ever = new(long.MinValue);

    private readonly TempFolder folder = new();
    private readonly Some some = new();
    private readonly List<RecordedEvent> history = [];
    private readonly CampaignId campaign;
    private readonly IdeaId idea;
    private readonly VoterId ann;
    private readonly VoterId bob;
    private SqliteNewsIndex index = null!;
    private long clock;

    public NewsIndexTests() => (campaign, idea, ann, bob) = (some.Campaign(), some.Idea(), some.Voter(), some.Voter());

    public Task InitializeAsync()
    {
        index = SqliteNewsIndex.Open(folder.File("news.db"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await index.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Steps_of_ideas_and_results_come_the_newest_first_and_after_a_moment_only()
    {
        var answer = NewText();
        await MoveAsync(IdeaStatus.Published, IdeaStatus.Planned, answer);
        await MoveAsync(IdeaStatus.Planned, IdeaStatus.Building, null);
        var first = new Announcement(NewText(), RankBy.Approvals, [idea]);
        await FoldAsync(StreamId.Of(campaign), new ResultsAnnounced(null, first));
        await FoldAsync(StreamId.Of(campaign), new ResultsAnnounced(first, first with { Chosen = [] }));

        (await index.StepsAsync(campaign, Ever, 10)).ShouldBe(
        [
            new IdeaStep(null, new Instant(4), (IdeaStatus)1, default, first.Text.Id),
            new IdeaStep(null, new Instant(3), default, default, first.Text.Id),
            new IdeaStep(idea, new Instant(2), IdeaStatus.Planned, IdeaStatus.Building, null),
            new IdeaStep(idea, new Instant(1), IdeaStatus.Published, IdeaStatus.Planned, answer.Id),
        ]);
        (await index.StepsAsync(campaign, new Instant(2), 10)).Select(step => step.At.UnixMilliseconds).ShouldBe([4, 3]);
        (await index.StepsAsync(campaign, Ever, 1)).Count.ShouldBe(1);
        (await index.StepsAsync(some.Campaign(), Ever, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_is_news_to_whom_it_answers_and_nobody_else()
    {
        var thread = await StartAsync(ann);
        var reply = await ReplyAsync(thread, bob, null);
        var back = await ReplyAsync(thread, ann, reply);

        (await RemarksAsync(ann)).ShouldBe([(RemarkKind.Reply, reply)]);
        // Bob takes part in the discussion, where what Ann began with may mention him.
        (await RemarksAsync(bob)).ShouldBe([(RemarkKind.Reply, back), (RemarkKind.InDiscussion, First(thread))]);
        (await RemarksAsync(some.Voter())).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comment_is_news_to_the_author_of_the_idea_and_may_be_to_those_who_discuss_it()
    {
        var cleo = some.Voter();
        await FoldAsync(StreamId.Of(campaign, idea), new IdeaSubmitted(NewText(), [], null, [ann], IdeaStatus.Published));
        var thread = await StartAsync(bob);
        var other = await StartAsync(null);
        var reply = await ReplyAsync(thread, cleo, null);

        (await RemarksAsync(ann)).ShouldBe([(RemarkKind.OnOwnIdea, reply), (RemarkKind.OnOwnIdea, First(other)), (RemarkKind.OnOwnIdea, First(thread))]);
        (await RemarksAsync(bob)).ShouldBe([(RemarkKind.Reply, reply), (RemarkKind.InDiscussion, First(other))]);
        (await RemarksAsync(cleo)).ShouldBe([(RemarkKind.InDiscussion, First(other)), (RemarkKind.InDiscussion, First(thread))]);
        (await index.RemarksAsync(campaign, bob, Ever, 10))[1].IsTeam.ShouldBeTrue();
        (await index.HasSpokenAsync(campaign, ann)).ShouldBeTrue();
        (await index.HasSpokenAsync(campaign, cleo)).ShouldBeTrue();
        (await index.HasSpokenAsync(campaign, some.Voter())).ShouldBeFalse();
    }

    [Fact]
    public async Task What_nobody_may_read_is_news_to_nobody_but_that_it_was_hidden_to_its_author()
    {
        var thread = await StartAsync(ann);
        var (hidden, deleted, erased) = (await ReplyAsync(thread, bob, null), await ReplyAsync(thread, bob, null), await ReplyAsync(thread, bob, null));
        var text = history.Select(recorded => recorded.Event).OfType<CommentPosted>().Single(posted => posted.Comment == erased).Text;
        await FoldAsync(Stream(thread), new CommentHidden(hidden, idea, null, Concern.Abuse, -1));
        await FoldAsync(Stream(thread), new CommentDeleted(deleted, idea, -1));
        await FoldAsync(Stream(thread), new CommentTextErased(erased, idea, text.Id, -1));

        (await RemarksAsync(ann)).ShouldBeEmpty();
        var told = (await index.RemarksAsync(campaign, bob, Ever, 10)).Single(remark => remark.Kind == RemarkKind.Hidden);
        (told.Comment, told.Concern, told.At).ShouldBe((hidden, Concern.Abuse, new Instant(5)));

        await FoldAsync(Stream(thread), new CommentShown(hidden, idea, Concern.Abuse, 1));
        (await RemarksAsync(ann)).ShouldBe([(RemarkKind.Reply, hidden)]);
        (await RemarksAsync(bob)).ShouldNotContain(remark => remark.Kind == RemarkKind.Hidden);
    }

    [Fact]
    public async Task An_edited_comment_is_known_by_its_newest_text()
    {
        var thread = await StartAsync(ann);
        var reply = await ReplyAsync(thread, bob, null);
        var (old, edited) = (history.Select(recorded => recorded.Event).OfType<CommentPosted>().Last().Text, NewText());
        await FoldAsync(Stream(thread), new CommentEdited(reply, idea, old, edited));
        await FoldAsync(Stream(thread), new CommentTextErased(reply, idea, old.Id, 0));

        (await index.RemarksAsync(campaign, ann, Ever, 10)).Single().Text.ShouldBe(edited.Id);
    }

    [Fact]
    public async Task A_refund_is_remembered_and_what_voters_take_back_themselves_is_not()
    {
        await FoldAsync(StreamId.Of(campaign, ann), new InvestmentChanged(idea, 30, 0, null, new Instant(-5), 0, Cause: 7));
        await FoldAsync(StreamId.Of(campaign, bob), new InvestmentChanged(idea, 30, 0, null, new Instant(-5), 0));

        (await index.ReturnsAsync(campaign, ann, 10)).ShouldBe([new ReturnedInvestment(idea, new Instant(-5), new Instant(1), 30)]);
        (await index.ReturnsAsync(campaign, bob, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_campaigns_with_news_come_the_latest_first()
    {
        var other = some.Campaign();
        await MoveAsync(IdeaStatus.Published, IdeaStatus.Planned, null);
        await FoldAsync(StreamId.Of(other, some.Idea()), new IdeaStatusChanged(IdeaStatus.Published, IdeaStatus.Planned, null));

        (await index.ActiveAsync(Ever, 10)).ShouldBe([other, campaign]);
        (await index.ActiveAsync(new Instant(1), 10)).ShouldBe([other]);
        await StartAsync(ann);
        (await index.ActiveAsync(Ever, 1)).ShouldBe([campaign]);
    }

    [Fact]
    public async Task Votes_are_no_news_and_change_nothing()
    {
        var before = index.Changes;
        await FoldAsync(StreamId.Of(campaign, ann), new ApprovalChanged(idea, false, true, null, new Instant(1), 1));
        index.Changes.ShouldBe(before);

        await MoveAsync(IdeaStatus.Published, IdeaStatus.Planned, null);
        index.Changes.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Folded_again_from_the_beginning_it_is_the_same()
    {
        var thread = await StartAsync(ann);
        await ReplyAsync(thread, bob, null);
        await MoveAsync(IdeaStatus.Published, IdeaStatus.Hidden, NewText());
        await FoldAsync(Stream(thread), new CommentHidden(First(thread), idea, null, Concern.Spam, -1));
        var (steps, remarks) = (await index.StepsAsync(campaign, Ever, 10), await index.RemarksAsync(campaign, ann, Ever, 10));
        await index.DisposeAsync();

        index = SqliteNewsIndex.Open(folder.File("news.db"));
        (await index.StepsAsync(campaign, Ever, 10)).ShouldBe(steps);
        await using var rebuilt = SqliteNewsIndex.Open(folder.File("rebuilt.db"));
        await rebuilt.ApplyAsync(history, OnePartition.At(history.Count));
        (await rebuilt.StepsAsync(campaign, Ever, 10)).ShouldBe(steps);
        (await rebuilt.RemarksAsync(campaign, ann, Ever, 10)).ShouldBe(remarks);
        (await rebuilt.LoadPositionAsync()).Offset().ShouldBe(history.Count);
    }

    private async Task<IReadOnlyList<(RemarkKind Kind, CommentId Comment)>> RemarksAsync(VoterId reader) =>
        [.. (await index.RemarksAsync(campaign, reader, Ever, 10)).Select(remark => (remark.Kind, remark.Comment))];

    private Task MoveAsync(IdeaStatus old, IdeaStatus status, TextRef? answer) => FoldAsync(StreamId.Of(campaign, idea), new IdeaStatusChanged(old, status, answer));

    private async Task<ThreadId> StartAsync(VoterId? author)
    {
        var thread = new ThreadId(some.Id());
        await FoldAsync(Stream(thread), new CommentPosted(First(thread), idea, author, NewText(), null));
        return thread;
    }

    private async Task<CommentId> ReplyAsync(ThreadId thread, VoterId? author, CommentId? replyTo)
    {
        var comment = new CommentId(some.Id());
        await FoldAsync(Stream(thread), new CommentPosted(comment, idea, author, NewText(), replyTo));
        return comment;
    }

    private TextRef NewText() => new(some.Text(), new string('0', 64));

    private static CommentId First(ThreadId thread) => new(thread.Value);

    private StreamId Stream(ThreadId thread) => StreamId.Of(campaign, thread);

    private async Task FoldAsync(StreamId stream, Event happened)
    {
        var recorded = new RecordedEvent(stream, history.Count(one => one.Stream == stream) + 1, new Instant(++clock), happened);
        history.Add(recorded);
        await index.ApplyAsync([recorded], OnePartition.At(history.Count));
    }
}
