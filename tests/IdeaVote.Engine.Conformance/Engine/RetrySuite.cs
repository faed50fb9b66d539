using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>A command that is sent again with the same id counts once, however the engine ended in between.</summary>
public abstract class RetrySuite : EngineSuite
{
    [Fact]
    public async Task A_repeated_command_counts_once_and_is_answered_alike()
    {
        await CreateAsync();
        var first = await TakenAsync(Voter(1), Rating(0, 4, "a"));
        first.Changed.ShouldBeTrue();
        ShouldBeAlike(first, await TakenAsync(Voter(1), Rating(0, 4, "a")));
        await ShouldHappenOnceAsync("a");
        Tally(0).Raters.ShouldBe(1);
    }

    [Fact]
    public async Task A_repetition_that_comes_after_a_newer_vote_leaves_the_newer_one()
    {
        await CreateAsync();
        await TakenAsync(Voter(1), Rating(0, 4, "a"));
        await TakenAsync(Voter(1), Rating(0, 2, "b"));
        (await TakenAsync(Voter(1), Rating(0, 4, "a"))).Changed.ShouldBeFalse();
        (await BallotAsync(1)).Ratings[Names.Idea(0)].Scores.ShouldBe(Scores.Of(2));
        await ShouldHappenOnceAsync("a");
    }

    [Fact]
    public async Task Repetitions_at_the_same_time_count_once_and_all_are_accepted()
    {
        await CreateAsync();
        List<Task<Reply>> sent;
        using (Host.HoldCommits())
            sent = [.. Enumerable.Range(0, 30).Select(_ => SendAsync(Voter(1), Investment(0, 30, "a")))];
        var replies = await Task.WhenAll(sent);
        replies.ShouldAllBe(reply => reply.Kind == ReplyKind.Accepted && reply.State!.Version == 1);
        replies.Count(reply => reply.Changed).ShouldBe(1);
        await ShouldHappenOnceAsync("a");
        (await BallotAsync(1)).SpentCredits.ShouldBe(30);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repetition_after_the_engine_ended_counts_once(bool crash)
    {
        await CreateAsync();
        var first = await TakenAsync(Voter(1), Rating(0, 4, "a"));
        await EndAsync(crash);
        ShouldBeAlike(first, await TakenAsync(Voter(1), Rating(0, 4, "a")));
        await ShouldHappenOnceAsync("a");
        Tally(0).Raters.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_that_a_voter_remembers_is_remembered_after_the_engine_ended(bool crash)
    {
        await CreateAsync();
        for (var i = 0; i < Domain.Voters.Voter.RememberedCommands; i++)
            await TakenAsync(Voter(1), Rating(0, 1 + i % 5, $"{i}"));
        var before = await StateAsync(Voter(1));
        await EndAsync(crash);
        for (var i = 0; i < Domain.Voters.Voter.RememberedCommands; i++)
            (await TakenAsync(Voter(1), Rating(0, 1 + i % 5, $"{i}"))).Changed.ShouldBeFalse();
        (await StateAsync(Voter(1))).Version.ShouldBe(before.Version);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_of_many_events_repeated_happens_once_as_a_whole(bool crash)
    {
        await CreateAsync();
        await TakenAsync(Voter(1), Investment(0, 40));
        var ballot = new SetBallot([Names.Idea(0), Names.Idea(1)], [new(Names.Idea(2), Scores.Of(5))], [new(Names.Idea(1), 60)])
        {
            Id = Names.Command("ballot"),
            Segment = new SegmentChange(Names.Segment(1)),
        };
        var first = await TakenAsync(Voter(1), ballot);
        await EndAsync(crash);
        ShouldBeAlike(first, await TakenAsync(Voter(1), ballot));
        (await BallotAsync(1)).Held.ShouldBe(4);
        await ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task The_same_id_of_two_voters_names_two_commands()
    {
        await CreateAsync();
        await TakenAsync(Voter(1), Rating(0, 4, "a"));
        (await TakenAsync(Voter(2), Rating(0, 4, "a"))).Changed.ShouldBeTrue();
        Tally(0).Raters.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Creating_again_reaches_what_was_created(bool crash)
    {
        await CreateAsync();
        await EndAsync(crash);
        (await TakenAsync(StreamId.Of(Campaign), Creation())).Changed.ShouldBeFalse();
        (await TakenAsync(Idea(0), new SubmitIdea(Names.Text, [], 7m, null))).Changed.ShouldBeFalse();
        (await Engine.ReadFeedAsync(Campaign)).Count.ShouldBe(4);
    }

    private static void ShouldBeAlike(Reply first, Reply again)
    {
        again.Kind.ShouldBe(first.Kind);
        again.Changed.ShouldBeFalse();
        again.State!.Version.ShouldBe(first.State!.Version);
    }

    private Task EndAsync(bool crash) => crash ? Host.CrashAsync() : Host.RestartAsync();

    private async Task ShouldHappenOnceAsync(string id)
    {
        (await Engine.ReadEventsAsync(Campaign)).Count(recorded => recorded.Command == Names.Command(id)).ShouldBe(1);
        await ShouldEqualRecountAsync();
    }
}
