using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Conformance.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>What one command may expect: absolute wishes, conditions, and refusals that are values.</summary>
public abstract class CommandSuite : EngineSuite
{
    public static TheoryData<VoteCommand> Votes => new(
        new CastApproval(Names.Idea(0), true),
        Rating(0, 3),
        Investment(0, 70),
        new SetBallot([Names.Idea(0)], [new(Names.Idea(1), Scores.Of(2))], [new(Names.Idea(2), 9)]));

    [Theory]
    [MemberData(nameof(Votes))]
    public async Task An_absolute_wish_repeated_changes_nothing(VoteCommand vote)
    {
        await CreateAsync();
        var first = await TakenAsync(Voter(1), vote);
        var again = await TakenAsync(Voter(1), vote);
        (first.Changed, again.Changed).ShouldBe((true, false));
        again.State!.Version.ShouldBe(first.State!.Version);
        (await Engine.ReadFeedAsync(Campaign, first.Position)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ballot_that_changed_since_it_was_seen_refuses()
    {
        await CreateAsync();
        var seen = (await TakenAsync(Voter(1), Rating(0, 1))).State!.Version;
        await TakenAsync(Voter(1), Rating(0, 2) with { ExpectedVersion = seen });
        var late = await SendAsync(Voter(1), Rating(0, 3) with { ExpectedVersion = seen });
        late.Kind.ShouldBe(ReplyKind.Refused);
        late.Refusal!.Code.ShouldBe(RefusalCode.BallotChanged);
        (await BallotAsync(1)).Ratings[Names.Idea(0)].Scores.ShouldBe(Scores.Of(2));
    }

    [Fact]
    public async Task Of_many_who_saw_the_same_version_one_wins()
    {
        await CreateAsync();
        List<Task<Reply>> sent;
        using (Host.HoldCommits())
            sent = [.. Enumerable.Range(1, 20).Select(i => SendAsync(Voter(1), Investment(0, i) with { ExpectedVersion = 0 }))];
        var replies = await Task.WhenAll(sent);
        replies.Count(reply => reply.Kind == ReplyKind.Accepted).ShouldBe(1);
        replies.Count(reply => reply.Refusal?.Code == RefusalCode.BallotChanged).ShouldBe(19);
        (await StateAsync(Voter(1))).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_result_names_ideas_that_may_be_chosen_and_no_others()
    {
        await CreateAsync();
        await TakenAsync(Idea(1), new SetIdeaStatus(IdeaStatus.Declined, null));
        await TakenAsync(StreamId.Of(Campaign), new EnterStage(1));
        (await SendAsync(StreamId.Of(Campaign), Result(0, 9))).Refusal!.Code.ShouldBe(RefusalCode.IdeaNotFound);
        (await SendAsync(StreamId.Of(Campaign), Result(0, 1))).Refusal!.Code.ShouldBe(RefusalCode.InvalidResults);
        var announced = await TakenAsync(StreamId.Of(Campaign), Result(2, 0));
        ((Campaign)announced.State!).Results!.What.Chosen.ShouldBe([Names.Idea(2), Names.Idea(0)]);
        // Said again it is no news, and what was refused has left nothing.
        (await TakenAsync(StreamId.Of(Campaign), Result(2, 0))).Changed.ShouldBeFalse();
        await ShouldEqualRecountAsync();

        static AnnounceResults Result(params int[] chosen) => new(new Announcement(Names.Text, RankBy.Approvals, [.. chosen.Select(Names.Idea)]));
    }

    [Fact]
    public async Task A_condition_works_on_campaigns_and_ideas_too()
    {
        await CreateAsync();
        (await SendAsync(Idea(0), new SetIdeaStatus(IdeaStatus.Planned, null) { ExpectedVersion = 9 })).Refusal!.Code.ShouldBe(RefusalCode.IdeaChanged);
        await TakenAsync(Idea(0), new SetIdeaStatus(IdeaStatus.Planned, null) { ExpectedVersion = 1 });
        (await SendAsync(StreamId.Of(Campaign), new Domain.Campaigns.EnterStage(1) { ExpectedVersion = 9 })).Refusal!.Code.ShouldBe(RefusalCode.CampaignChanged);
        await TakenAsync(StreamId.Of(Campaign), new Domain.Campaigns.EnterStage(1) { ExpectedVersion = 1 });
    }

    [Theory]
    [InlineData(0, 101, RefusalCode.BudgetExceeded)]
    [InlineData(0, -1, RefusalCode.InvalidCredits)]
    [InlineData(9, 1, RefusalCode.IdeaNotFound)]
    public async Task A_refusal_is_a_value_and_changes_nothing(int idea, int credits, string code)
    {
        await CreateAsync();
        var before = await TakenAsync(Voter(1), Rating(1, 5));
        var reply = await SendAsync(Voter(1), Investment(idea, credits, "a"));
        reply.Kind.ShouldBe(ReplyKind.Refused);
        reply.Refusal!.Code.ShouldBe(code);
        reply.State.ShouldBeNull();
        reply.Changed.ShouldBeFalse();
        (await StateAsync(Voter(1))).Version.ShouldBe(before.State!.Version);
        (await Engine.ReadFeedAsync(Campaign, before.Position)).ShouldBeEmpty();
        // A refusal is not remembered: the same attempt may succeed later.
        (await SendAsync(Voter(1), Investment(0, 5, "a"))).Kind.ShouldBe(ReplyKind.Accepted);
    }

    [Fact]
    public async Task A_ballot_refused_in_one_vote_is_refused_as_a_whole()
    {
        await CreateAsync();
        var reply = await SendAsync(Voter(1), new SetBallot([Names.Idea(0)], [], [new(Names.Idea(0), 60), new(Names.Idea(1), 60)]));
        reply.Refusal!.Code.ShouldBe(RefusalCode.BudgetExceeded);
        (await BallotAsync(1)).Held.ShouldBe(0);
        Tally(0).Approvals.ShouldBe(0);
    }

    [Fact]
    public async Task What_does_not_exist_has_version_0()
    {
        (await StateAsync(StreamId.Of(Campaign))).Version.ShouldBe(0);
        (await StateAsync(Idea(0))).Version.ShouldBe(0);
        (await StateAsync(Voter(0))).Version.ShouldBe(0);
        await CreateAsync(ideas: 1);
        (await StateAsync(Idea(1))).ShouldBeOfType<Idea>().Exists.ShouldBeFalse();
        (await StateAsync(Voter(0))).ShouldBeOfType<Voter>().Ballot.Held.ShouldBe(0);
        (await Engine.ReadFeedAsync(Campaign)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_happens_in_a_campaign_that_does_not_exist()
    {
        (await SendAsync(Voter(1), Rating(0, 1))).Refusal!.Code.ShouldBe(RefusalCode.CampaignNotFound);
        (await SendAsync(Idea(1), new SubmitIdea(Names.Text, [], null, null))).Refusal!.Code.ShouldBe(RefusalCode.CampaignNotFound);
        (await SendAsync(StreamId.Of(Campaign), new Domain.Campaigns.EnterStage(0))).Refusal!.Code.ShouldBe(RefusalCode.CampaignNotFound);
        Engine.Campaigns().ShouldBeEmpty();
        Engine.Query(Campaign, (board, position) => (board.Campaign.Exists, board.Ideas.Count, board.Revision, position)).ShouldBe((false, 0, 0, Position.Start));
        (await Engine.ReadFeedAsync(Campaign)).ShouldBeEmpty();
    }
}
