using FsCheck;
using FsCheck.Fluent;

namespace IdeaVote.Domain.Tests.Properties;

/// <summary>What holds of threads under many random courses of commands.</summary>
public sealed class ThreadTests
{
    private static readonly VoterId?[] People = [Ann, Bob, VoterOf("cleo"), null];
    private static readonly CommentId[] Comments = [new(First.Value), .. Enumerable.Range(0, 4).Select(i => CommentOf($"{i}"))];

    private static readonly Gen<Command> Commands =
        from kind in Gen.Choose(0, 7)
        from comment in Gen.Elements(Comments)
        from other in Gen.Elements(Comments)
        from person in Gen.Elements(People)
        from text in Gen.Choose(0, 15)
        from concern in Gen.Choose(1, 5)
        select (Command)(kind switch
        {
            0 => new StartThread(Comments[0], Park, person, Doc($"{text}")),
            1 or 2 => new PostReply(comment, Park, person, Doc($"{text}"), text % 2 == 0 ? other : null),
            3 => new EditComment(comment, person, Doc($"{text}")),
            4 => new DeleteComment(comment, person),
            5 => new ReportComment(comment, person ?? Ann, (Concern)concern),
            6 => new ModerateComment(comment, concern < 3 ? null : (Concern)concern),
            _ => new EraseCommentText(Doc($"{text}").Id),
        });

    /// <summary>Courses of commands in which, as ever, each text is another document.</summary>
    private static readonly Arbitrary<Command[]> Courses = Commands.ListOf().Select(commands => commands.Select((command, i) => command switch
    {
        StartThread start => start with { Text = Doc($"{i}") },
        PostReply post => post with { Text = Doc($"{i}") },
        EditComment edit => edit with { Text = Doc($"{i}") },
        _ => command,
    }).ToArray()).ToArbitrary();

    [Fact]
    public void The_boards_count_is_that_of_the_comments_that_can_be_read() =>
        Check((thread, board) => board.Find(Park)!.Comments.ShouldBe(thread.Comments.Count(comment => comment.IsVisible)));

    [Fact]
    public void A_command_that_was_taken_changes_nothing_the_second_time() =>
        Prop.ForAll(Courses, commands =>
        {
            var scenario = A.Thread;
            foreach (var command in commands)
            {
                var before = scenario.State.Version;
                scenario.When(command);
                var after = scenario.State.Version;
                scenario.When(command);
                scenario.State.Version.ShouldBe(after);
                after.ShouldBeInRange(before, before + 1);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_person_has_one_report_and_what_is_deleted_none_that_is_open() =>
        Check((thread, _) =>
        {
            foreach (var comment in thread.Comments)
            {
                comment.Reports.Select(report => report.By).ShouldBeUnique();
                comment.Reports.ShouldNotContain(report => report.By == comment.Author);
                if (comment.IsDeleted || comment.Hidden is not null)
                    comment.OpenReports.ShouldBe(0);
            }
        });

    private static void Check(Action<CommentThread, Board> check) =>
        Prop.ForAll(Courses, commands =>
        {
            var board = new Board();
            board.Apply(new RecordedEvent(StreamId.Of(TheCampaign, Park), 1, T(0), new IdeaSubmitted(Doc("park"), [], null, [], IdeaStatus.Published)));
            var (stream, scenario) = (StreamId.Of(TheCampaign, First), A.Thread);
            var context = new FixedContext(T(1), CampaignWith(Plain, Open), _ => IdeaStatus.Published);
            foreach (var command in commands)
            {
                foreach (var happened in scenario.State.Decide(command, context).Events.ToArray())
                    board.Apply(new RecordedEvent(stream, scenario.State.Version + 1, T(1), happened));
                scenario.When(command);
                check((CommentThread)scenario.State, board);
            }
        }).QuickCheckThrowOnFailure();
}
