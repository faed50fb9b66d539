using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Conformance.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>Many campaigns beside each other, none of which knows of another.</summary>
public abstract class CampaignsSuite : EngineSuite
{
    private const int Many = 25;

    [Fact]
    public async Task The_same_voter_and_idea_in_two_campaigns_are_four_different_things()
    {
        var other = Names.Campaign(1);
        await CreateAsync();
        await CreateAsync(campaign: other);
        await TakenAsync(Voter(1), Investment(0, Budget, "a"));
        await TakenAsync(StreamId.Of(other, Names.Voter(1)), Investment(0, 10, "a"));
        await TakenAsync(Idea(0), new SetIdeaStatus(IdeaStatus.Declined, null));
        await Engine.UntilAsync(Campaign, () => Tally(0).Invested == 0);
        Tally(0, other).Invested.ShouldBe(10);
        Tally(0, other).Status.ShouldBe(IdeaStatus.Published);
        await TakenAsync(StreamId.Of(Campaign), new EnterStage(1));
        await TakenAsync(StreamId.Of(other, Names.Voter(1)), Investment(1, 90));
        await ShouldEqualRecountAsync();
        await ShouldEqualRecountAsync(other);
    }

    [Fact]
    public async Task A_feed_holds_the_events_of_its_own_campaign_only_chained_among_themselves()
    {
        await CreateManyAsync();
        await Task.WhenAll(Enumerable.Range(0, 20 * Many).Select(i => TakenAsync(Of(i % Many, i / Many), Rating(0, 1 + i % 5))));
        for (var i = 0; i < Many; i++)
        {
            var feed = await Engine.ReadFeedAsync(Names.Campaign(i));
            feed.Count.ShouldBe(21 + 1);
            feed.ShouldAllBe(entry => entry.Campaign == Names.Campaign(i));
            feed.ConvertAll(Feeds.Recorded).ShouldAllBe(recorded => recorded.Stream.Campaign == Names.Campaign(i));
            await ShouldEqualRecountAsync(Names.Campaign(i));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Campaigns_are_listed_in_the_order_of_their_creation_also_after_the_engine_ended(bool crash)
    {
        await CreateManyAsync();
        var expected = Enumerable.Range(0, Many).Select(Names.Campaign).ToList();
        Engine.Campaigns().ShouldBe(expected);
        await (crash ? Host.CrashAsync() : Host.RestartAsync());
        Engine.Campaigns().ShouldBe(expected);
        await CreateAsync(0, campaign: Names.Campaign(Many));
        Engine.Campaigns().ShouldBe([.. expected, Names.Campaign(Many)]);
    }

    [Fact]
    public async Task A_campaign_that_was_refused_does_not_exist()
    {
        await CreateAsync();
        (await SendAsync(StreamId.Of(Names.Campaign(1)), Creation(stages: []))).Refusal!.Code.ShouldBe(RefusalCode.InvalidRules);
        Engine.Campaigns().ShouldBe([Campaign]);
        Engine.Query(Names.Campaign(1), (board, _) => board.Campaign.Exists).ShouldBeFalse();
    }

    [Fact]
    public async Task Votes_in_many_campaigns_at_once_are_conserved_in_each()
    {
        var crowds = new List<Workload>();
        for (var i = 0; i < 4; i++)
        {
            await CreateAsync(Workload.Ideas, campaign: Names.Campaign(i));
            crowds.Add(new Workload(Host, Names.Campaign(i), seed: 50 + i));
        }
        await Task.WhenAll(crowds.Select(crowd => crowd.RunRoundAsync(commandsPerVoter: 6, crowd.TurnAnIdeaAsync)));
        await Host.CrashAsync();
        await Task.WhenAll(crowds.Select(crowd => crowd.RunRoundAsync(commandsPerVoter: 6, crowd.TurnAnIdeaAsync)));
        for (var i = 0; i < crowds.Count; i++)
        {
            await crowds[i].UntilRefundedAsync();
            await crowds[i].ShouldHaveBeenObeyedAsync();
            RefundAudit.Check(await Engine.ReadFeedAsync(Names.Campaign(i)));
            await ShouldEqualRecountAsync(Names.Campaign(i));
        }
    }

    private static StreamId Of(int campaign, int voter) => StreamId.Of(Names.Campaign(campaign), Names.Voter(voter));

    private async Task CreateManyAsync()
    {
        for (var i = 0; i < Many; i++)
        {
            await CreateAsync(ideas: 1, campaign: Names.Campaign(i));
            Time.Move(TimeSpan.FromMilliseconds(1));
        }
    }
}
