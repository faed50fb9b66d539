using IdeaVote.Engine.Audit;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Tests.Audit;

/// <summary>Living through discussions again: what can't have happened is found, and everything else is counted.</summary>
public sealed class ThreadReplayTests
{
    private static readonly StreamId Stream = StreamId.Of(TheCampaign, First);
    private static readonly CommentId Opening = new(First.Value);
    private static readonly CommentId Answer = CommentOf("answer");

    private static readonly CommentEvent[] Discussion =
    [
        new CommentPosted(Opening, Park, Ann, Doc("first"), null),
        new CommentPosted(Answer, Park, Bob, Doc("answer"), Opening),
        new CommentEdited(Opening, Park, Doc("first"), Doc("better")),
        new CommentReported(Answer, Park, Ann, null, Concern.Spam),
        new CommentHidden(Answer, Park, null, Concern.Spam, -1),
        new CommentShown(Answer, Park, Concern.Spam, 1),
        new CommentTextErased(Opening, Park, Doc("first").Id, 0),
        new CommentDeleted(Answer, Park, -1),
        new CommentTextErased(Opening, Park, Doc("better").Id, -1),
    ];

    public static TheoryData<string, CommentEvent[]> Forgeries => new()
    {
        { "the comment was posted before", [.. Discussion[..2], Discussion[1]] },
        { "a thread's first comment bears the thread's id", [Discussion[1] with { Comment = Answer }] },
        { "it answers a comment that is not of its thread", [Discussion[0], new CommentPosted(Answer, Park, Bob, Doc("answer"), CommentOf("elsewhere"))] },
        { "the thread is about another idea", [Discussion[0], new CommentPosted(Answer, Bench, Bob, Doc("answer"), null)] },
        { "the thread has no such comment", [Discussion[0], Discussion[4]] },
        { "the value before it is not the one it names", [Discussion[0], new CommentEdited(Opening, Park, Doc("other"), Doc("better"))] },
        { "the value before it is not the one it names", [.. Discussion[..2], new CommentShown(Answer, Park, Concern.Spam, 0)] },
        { "the value before it is not the one it names", [.. Discussion[..2], new CommentReported(Answer, Park, Ann, Concern.Spam, Concern.Abuse)] },
        { "the value before it is not the one it names", [.. Discussion, new CommentDeleted(Answer, Park, 0)] },
        { "the value before it is not the one it names", [.. Discussion[..2], new CommentTextErased(Answer, Park, Doc("first").Id, -1)] },
        { "it does not change the number of comments as it says", [.. Discussion[..2], new CommentHidden(Answer, Park, null, Concern.Spam, 0)] },
        { "it does not change the number of comments as it says", [.. Discussion[..2], new CommentDeleted(Answer, Park, 1)] },
        { "it does not change the number of comments as it says", [Discussion[0], new CommentTextErased(Opening, Park, Doc("first").Id, 0)] },
    };

    [Fact]
    public void A_discussion_is_lived_through_and_counted()
    {
        var counts = new List<int>();
        var replay = Begin();
        foreach (var (happened, i) in Discussion.Select((happened, i) => (happened, i)))
        {
            Apply(replay, new RecordedEvent(Stream, i + 1, T(i), happened));
            counts.Add(replay.Board.Find(Park)!.Comments);
        }

        counts.ShouldBe([1, 2, 2, 2, 1, 2, 2, 1, 0]);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void What_can_not_have_happened_is_found(string why, CommentEvent[] forged)
    {
        var replay = Begin();
        for (var i = 0; i < forged.Length - 1; i++)
            Apply(replay, new RecordedEvent(Stream, i + 1, T(i), forged[i]));

        Should.Throw<AuditException>(() => Apply(replay, new RecordedEvent(Stream, forged.Length, T(9), forged[^1]))).Message.ShouldBe(why);
    }

    [Fact]
    public void An_event_that_is_missing_is_found()
    {
        var replay = Begin();
        Apply(replay, new RecordedEvent(Stream, 1, T(1), Discussion[0]));

        Should.Throw<AuditException>(() => Apply(replay, new RecordedEvent(Stream, 3, T(2), Discussion[1]))).Message.ShouldContain("whose next is 2");
        Should.Throw<AuditException>(() => Apply(Begin(), new RecordedEvent(Stream, 1, T(2), new IdeaTextErased(Doc("park").Id)))).Message.ShouldContain("no event of a thread");
    }

    private static CampaignReplay Begin()
    {
        var replay = new CampaignReplay();
        Apply(replay, new RecordedEvent(StreamId.Of(TheCampaign), 1, T(0), new CampaignCreated(Doc("campaign"), Preset.Continuous, Plain, [Open])));
        foreach (var idea in new[] { Park, Bench })
            Apply(replay, new RecordedEvent(StreamId.Of(TheCampaign, idea), 1, T(0), new IdeaSubmitted(Doc("idea"), [], null, [], IdeaStatus.Published)));
        return replay;
    }

    private static void Apply(CampaignReplay replay, RecordedEvent recorded)
    {
        var before = replay.Heads() is [{ } head] ? Convert.FromHexString(head.Hash) : HashChain.Origin.ToArray();
        var (body, hash) = (EventBytes.Of(recorded), new byte[32]);
        HashChain.Next(before, body, hash);
        replay.Apply(0, body, before, hash);
    }
}
