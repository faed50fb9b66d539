using System.Text;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Engine.Tests.Codec;

/// <summary>The form in which commands travel between the processes of a cluster.</summary>
public sealed class CommandFormTests
{
    private static readonly ActorId Team = new(IdOf("team"));

    private static readonly Rules All = new(
        new ApproveRule(3), new RateRule([1m, 0.5m]), new InvestRule(100, 5, 40), VotesCanChange: false, ScoresHidden: true, 50_000.25m,
        WhoMayVote.Confirmed, [Term("example.org")], Moderated: true);

    /// <summary>One of every kind, with and without what may be left out. Append only: the golden file has them in this order.</summary>
    public static readonly IReadOnlyList<Command> Every =
    [
        new CreateCampaign(Doc("campaign"), Preset.Budget, All, [Open, Voting.From(T(60)), Closed]) { Id = Attempt(1), Actor = Team },
        new CreateCampaign(Doc("campaign"), Preset.Continuous, Plain, [Open]),
        new ChangeCampaign(Doc("brief"), null, [Open, Closed.From(T(90))]) { Actor = Team, ExpectedVersion = 7 },
        new ChangeCampaign(null, All, null) { Actor = Team },
        new EnterStage(2) { Actor = Team },
        new KeepSchedule(),
        new SubmitIdea(Doc("idea"), [Term("mobile"), Term("web")], 1_250.5m, Ann) { Id = Attempt(2) },
        new SubmitIdea(Doc("idea"), [], null, null) { Actor = Team },
        new EditIdea(Doc("idea 2"), [Term("web")], new CostChange(null), Ann),
        new EditIdea(null, null, null, null) { Actor = Team },
        new SetIdeaStatus(IdeaStatus.Declined, Doc("answer")) { Actor = Team },
        new SetIdeaStatus(IdeaStatus.Planned, null) { Actor = Team },
        new EraseIdeaText(new TextId(IdOf("text"))) { Actor = Team },
        new CastApproval(Park, true) { Id = Attempt(3), Credentials = new Credentials(true, Term("example.org"), true), Segment = new SegmentChange(North) },
        new CastApproval(Park, false) { ExpectedVersion = 0 },
        new CastRating(Bench, Scores.Of(4, 0, 5)),
        new CastRating(Bench, Scores.None) { Segment = new SegmentChange(null) },
        new CastInvestment(Tree, 30),
        new SetBallot([Park, Bench], [new(Bench, Scores.Of(3))], [new(Tree, 20), new(Park, 1)]) { Id = Attempt(4) },
        new SetBallot([], [], []),
        new DescribeVoter(new SegmentChange(South), new AttributesChange(Doc("attributes"))) { Actor = Team },
        new DescribeVoter(null, new AttributesChange(null)),
        new ReturnInvestment(Tree, 12, 3),
        new SetOrder([Bench, Park]) { Id = Attempt(5) },
        new SetOrder([]),
        new CastDuel(Park, Bench, Bench),
        new CastDuel(Park, Bench, null) { ExpectedVersion = 3 },
        new SetBallot([], [], []) { Order = [Tree, Park], Duels = [new DuelVote(Park, Bench)] },
        new ChangeCampaign(
            null,
            Plain with
            {
                Invest = new InvestRule(100, null, null) { Cost = CreditCost.Quadratic },
                Rank = new RankRule(3),
                Duel = new DuelRule(),
                Ranking = new RankingRule(24, 10.5m, null),
            },
            null),
        new ChangeCampaign(null, Plain with { Publication = new PublicationRule() }, null),
        new StartThread(new CommentId(First.Value), Park, Ann, Doc("first")) { Id = Attempt(6) },
        new StartThread(new CommentId(First.Value), Park, null, Doc("first")) { Actor = Team },
        new PostReply(CommentOf("reply"), Park, Bob, Doc("reply"), new CommentId(First.Value)),
        new PostReply(CommentOf("reply"), Park, null, Doc("reply"), null) { Actor = Team },
        new EditComment(CommentOf("reply"), Bob, Doc("reply 2")),
        new DeleteComment(CommentOf("reply"), null) { Actor = Team },
        new ReportComment(CommentOf("reply"), Ann, Concern.Privacy),
        new ModerateComment(CommentOf("reply"), Concern.Abuse) { Actor = Team },
        new ModerateComment(CommentOf("reply"), null) { Actor = Team },
        new EraseCommentText(new TextId(IdOf("text"))),
        new MergeIdea(Park, Bench, Doc("answer")) { Id = Attempt(7), Actor = Team },
        new MergeIdea(Park, Bench, null),
        new UnmergeIdea { Actor = Team },
        new FollowMerge(Park, Bench, 20),
        new FollowMerge(Park, null, 21),
        new AnnounceResults(new Announcement(Doc("results"), RankBy.Rating, [Park, Bench])) { Actor = Team },
        new SetIdeaStatus(IdeaStatus.Hidden, Doc("why")) { Actor = Team },
        new SubmitIdea(Doc("idea"), [], null, Ann) { BuildsOn = Park },
        new AcceptInvitation(Ann, Bob, Park) { Id = Attempt(7) },
        new AcceptInvitation(Ann, Bob, null),
    ];

    [Fact]
    public void Every_command_is_written_as_in_the_golden_file()
    {
        var golden = GoldenFile.Lines("commands-v1.golden.jsonl");

        Every.Select(command => Encoding.UTF8.GetString(CommandCodec.Write(command))).ShouldBe(golden.Select(Encoding.UTF8.GetString));
    }

    [Fact]
    public void Every_line_of_the_golden_file_is_read_as_the_command_it_was()
    {
        // Lists compare by reference, so commands are compared by what they write.
        foreach (var (line, command) in GoldenFile.Lines("commands-v1.golden.jsonl").Zip(Every))
        {
            var read = CommandCodec.Read(line);
            read.GetType().ShouldBe(command.GetType());
            CommandCodec.Write(read).ShouldBe(line);
        }
    }

    [Fact]
    public void There_is_a_golden_line_for_every_command_of_the_domain()
    {
        var kinds = typeof(Command).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract);

        Every.Select(command => command.GetType()).Distinct().ShouldBe(kinds, ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"command":"cast_approval","idea":"00000000000000000000","approve":true,"weight":3}""")]
    [InlineData("""{"command":"cast_spell"}""")]
    [InlineData("""{"idea":"00000000000000000000","approve":true}""")]
    [InlineData("""{"command":"cast_approval","idea":"x","approve":true}""")]
    [InlineData("""{"command":"cast_rating","idea":"00000000000000000000","scores":6}""")]
    [InlineData("""{"command":"cast_approval","idea":"00000000000000000000","approve":""")]
    [InlineData("""{"command":"cast_approval","idea":"00000000000000000000","credentials":{"addressConfirmed":false,"onRoll":false}}""")]
    [InlineData("""{"command":"create_campaign","preset":1,"stages":[]}""")]
    [InlineData("null")]
    [InlineData("")]
    public void What_is_not_known_in_full_is_refused(string text) =>
        Should.Throw<FormatException>(() => CommandCodec.Read(Encoding.UTF8.GetBytes(text)));
}
