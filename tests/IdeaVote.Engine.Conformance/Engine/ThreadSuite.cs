using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Threads;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>Discussions: what was posted stays, once, in one order, whatever comes between.</summary>
public abstract class ThreadSuite : EngineSuite
{
    private static readonly ThreadId Thread = new(Comment(0).Value);
    private static readonly StreamId Stream = StreamId.Of(Campaign, Thread);

    [Fact]
    public async Task A_thread_is_begun_and_answered()
    {
        await CreateAsync();

        await TakenAsync(Stream, Start());
        var reply = await TakenAsync(Stream, Reply(1));

        reply.State.ShouldBeOfType<CommentThread>().Comments.Length.ShouldBe(2);
        (await CommentsAsync()).Select(comment => comment.Id).ShouldBe([Comment(0), Comment(1)]);
        Tally(0).Comments.ShouldBe(2);
        Tally(1).Comments.ShouldBe(0);
        await ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task Whoever_replies_at_once_is_heard_once_each()
    {
        await CreateAsync();
        await TakenAsync(Stream, Start());

        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => SendAsync(Stream, Reply(1 + i / 2))));

        foreach (var reply in replies)
            await ShouldBeTakenAsync(reply);
        replies.Count(reply => reply.Changed).ShouldBe(20);
        (await CommentsAsync()).Select(comment => comment.Id).Order().ShouldBe(Enumerable.Range(0, 21).Select(Comment).Order());
        Tally(0).Comments.ShouldBe(21);
        await ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task What_was_posted_hidden_reported_and_deleted_is_so_after_a_restart_and_a_crash()
    {
        await CreateAsync();
        await TakenAsync(Stream, Start());
        for (var i = 1; i <= 4; i++)
            await TakenAsync(Stream, Reply(i));
        await TakenAsync(Stream, new EditComment(Comment(1), Names.Voter(1), Names.Text with { Hash = new string('1', 64) }));
        await TakenAsync(Stream, new ModerateComment(Comment(2), Concern.Spam));
        await TakenAsync(Stream, new DeleteComment(Comment(3), Names.Voter(3)));

        await Host.RestartAsync();
        await TakenAsync(Stream, new ReportComment(Comment(4), Names.Voter(1), Concern.Abuse));
        await Host.CrashAsync();

        var comments = await CommentsAsync();
        comments.Select(comment => comment.IsVisible).ShouldBe([true, true, false, false, true]);
        comments[1].Texts.Length.ShouldBe(2);
        comments[2].Hidden.ShouldBe(Concern.Spam);
        comments[3].IsDeleted.ShouldBeTrue();
        comments[4].OpenReports.ShouldBe(1);
        Tally(0).Comments.ShouldBe(3);
        (await SendAsync(Stream, Start())).Changed.ShouldBeFalse();
        await ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing()
    {
        await CreateAsync();

        (await SendAsync(Stream, Reply(1))).Refusal?.Code.ShouldBe(RefusalCode.ThreadNotFound);
        (await SendAsync(Stream, new StartThread(Comment(0), Names.Idea(99), Names.Voter(0), Names.Text))).Refusal?.Code.ShouldBe(RefusalCode.IdeaNotFound);

        (await StateAsync(Stream)).Version.ShouldBe(0);
        await ShouldEqualRecountAsync();
    }

    private static CommentId Comment(int number) => new(Names.Idea(1_000 + number).Value);

    private static StartThread Start() => new(Comment(0), Names.Idea(0), Names.Voter(0), Names.Text);

    private static PostReply Reply(int number) => new(Comment(number), Names.Idea(0), Names.Voter(number), Names.Text, null);

    private async Task<IReadOnlyList<Comment>> CommentsAsync() => ((CommentThread)await StateAsync(Stream)).Comments;
}
