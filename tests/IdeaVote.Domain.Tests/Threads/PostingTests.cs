namespace IdeaVote.Domain.Tests.Threads;

/// <summary>Who may begin a thread and reply in it, and when.</summary>
public sealed class PostingTests
{
    private static readonly CommentId Opening = new(First.Value);
    private static readonly CommentId Reply = CommentOf("reply");
    private static readonly CommentPosted Posted = new(Opening, Park, Ann, Doc("first"), null);

    [Fact]
    public void A_thread_begins_with_a_comment() =>
        A.Thread.When(new StartThread(Opening, Park, Ann, Doc("first"))).Then(Posted);

    [Fact]
    public void The_team_speaks_without_a_voter() =>
        A.Thread.When(new StartThread(Opening, Park, null, Doc("first"))).Then(new CommentPosted(Opening, Park, null, Doc("first"), null));

    [Fact]
    public void Beginning_it_again_changes_nothing() =>
        A.Thread.Given(Posted).When(new StartThread(Opening, Park, Ann, Doc("the same once more"))).ThenNothing();

    [Fact]
    public void A_reply_may_name_what_it_answers() =>
        A.Thread.Given(Posted)
            .When(new PostReply(Reply, Park, Bob, Doc("reply"), null)).Then(new CommentPosted(Reply, Park, Bob, Doc("reply"), null))
            .When(new PostReply(CommentOf("third"), Park, Ann, Doc("third"), Reply)).Then(new CommentPosted(CommentOf("third"), Park, Ann, Doc("third"), Reply));

    [Fact]
    public void Replying_again_changes_nothing() =>
        A.Thread.Given(Posted)
            .After(new PostReply(Reply, Park, Bob, Doc("reply"), null))
            .When(new PostReply(Reply, Park, Bob, Doc("the same once more"), null)).ThenNothing();

    [Fact]
    public void A_repetition_is_known_also_when_the_stage_has_closed() =>
        A.Thread.Given(Posted).In(CampaignWith(Plain, Closed))
            .When(new StartThread(Opening, Park, Ann, Doc("first"))).ThenNothing();

    [Fact]
    public void There_is_no_replying_to_what_is_not_there() =>
        A.Thread.When(new PostReply(Reply, Park, Bob, Doc("reply"), null)).ThenRefused(RefusalCode.ThreadNotFound);

    [Fact]
    public void A_thread_is_about_one_idea() =>
        A.Thread.Given(Posted).When(new PostReply(Reply, Bench, Bob, Doc("reply"), null)).ThenRefused(RefusalCode.ThreadNotFound);

    [Fact]
    public void A_reply_answers_a_comment_of_its_own_thread() =>
        A.Thread.Given(Posted).When(new PostReply(Reply, Park, Bob, Doc("reply"), CommentOf("elsewhere"))).ThenRefused(RefusalCode.CommentNotFound, "replyTo");

    [Fact]
    public void Discussing_needs_a_stage_that_allows_it()
    {
        A.Thread.In(CampaignWith(Plain, Closed)).When(new StartThread(Opening, Park, Ann, Doc("first"))).ThenRefused(RefusalCode.StageClosed);
        A.Thread.In(CampaignWith(Plain, Closed)).Given(Posted).When(new PostReply(Reply, Park, Bob, Doc("reply"), null)).ThenRefused(RefusalCode.StageClosed);
        A.Thread.In(CampaignWith(Plain, Closed)).Given(Posted).When(new EditComment(Opening, Ann, Doc("better"))).ThenRefused(RefusalCode.StageClosed);
    }

    [Fact]
    public void Discussing_needs_an_idea_that_everybody_may_see()
    {
        A.Thread.When(new StartThread(Opening, Unknown, Ann, Doc("first"))).ThenRefused(RefusalCode.IdeaNotFound);
        A.Thread.While(Park, IdeaStatus.Submitted).When(new StartThread(Opening, Park, Ann, Doc("first"))).ThenRefused(RefusalCode.IdeaNotPublic);
        A.Thread.In(Campaign.None).When(new StartThread(Opening, Park, Ann, Doc("first"))).ThenRefused(RefusalCode.CampaignNotFound);
    }

    [Theory]
    [InlineData(IdeaStatus.Shipped)]
    [InlineData(IdeaStatus.Declined)]
    [InlineData(IdeaStatus.Merged)]
    public void What_has_become_of_an_idea_may_be_discussed(IdeaStatus status) =>
        A.Thread.While(Park, status).When(new StartThread(Opening, Park, Ann, Doc("first"))).Then(Posted);

    [Fact]
    public void A_thread_is_full_at_some_time()
    {
        var thread = A.Thread.Given(Posted);
        for (var i = 1; i < CommentThread.MaxComments; i++)
            thread.Given(new CommentPosted(CommentOf($"{i}"), Park, Bob, Doc("reply"), null));

        thread.When(new PostReply(Reply, Park, Bob, Doc("reply"), null)).ThenRefused(RefusalCode.ThreadFull);
    }

    [Fact]
    public void A_thread_refuses_what_is_not_its_own()
    {
        Should.Throw<ArgumentException>(() => A.Thread.When(new KeepSchedule()));
        Should.Throw<ArgumentException>(() => A.Thread.Given(new IdeaTextErased(Doc("park").Id)));
        Should.Throw<ArgumentException>(() => A.Thread.Given(Posted, new CommentDeleted(CommentOf("elsewhere"), Park, -1)));
    }
}
