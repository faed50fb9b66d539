using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Conformance.Support;
using Shouldly;
using Xunit;

namespace IdeaVote.Engine.Conformance.Engine;

/// <summary>Stages start by the clock, whether anybody wakes the campaign or not; the wake-up only records it.</summary>
public abstract class ScheduleSuite : EngineSuite
{
    private static readonly Instant Deadline = Instant.From(Noon.AddHours(1));
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    protected override int? QueueCommands => 16;

    [Fact]
    public async Task A_vote_after_the_deadline_is_refused_though_nobody_has_noticed_it()
    {
        await CreateClosingAsync();
        Time.Pass(TimeSpan.FromHours(1) - Moment);
        await TakenAsync(Voter(1), Rating(0, 4));
        Time.Pass(Moment);
        (await SendAsync(Voter(2), Rating(0, 4))).Refusal!.Code.ShouldBe(RefusalCode.StageClosed);
        (await SendAsync(Voter(1), Rating(0, 5))).Refusal!.Code.ShouldBe(RefusalCode.StageClosed);
        (await EntriesAsync()).ShouldBeEmpty();
        Tally(0).Raters.ShouldBe(1);
    }

    [Fact]
    public async Task A_vote_as_soon_as_voting_opens_counts_though_nobody_has_noticed_it()
    {
        await CreateAsync(stages: [new Stage(Allows.Submit, null), new Stage(Allows.Vote, Deadline)]);
        Time.Pass(TimeSpan.FromHours(1) - Moment);
        (await SendAsync(Voter(1), Rating(0, 4))).Refusal!.Code.ShouldBe(RefusalCode.StageClosed);
        Time.Pass(Moment);
        await TakenAsync(Voter(1), Rating(0, 4));
        (await SendAsync(Idea(9), new SubmitIdea(Names.Text, [], null, null))).Refusal!.Code.ShouldBe(RefusalCode.StageClosed);
    }

    [Fact]
    public async Task The_wake_up_records_the_stage_when_its_time_comes()
    {
        await CreateClosingAsync();
        Time.Move(TimeSpan.FromHours(1));
        await UntilEnteredAsync(stage: 1);
        (await EntriesAsync()).ShouldBe([new StageEntered(0, 1, Deadline, Scheduled: true)]);
    }

    [Fact]
    public async Task A_late_wake_up_records_the_stage_once_and_with_the_time_that_was_set()
    {
        await CreateClosingAsync();
        Time.Pass(TimeSpan.FromHours(3));
        (await SendAsync(Voter(2), Rating(0, 4))).Refusal!.Code.ShouldBe(RefusalCode.StageClosed);
        Time.Ring();
        await UntilEnteredAsync(stage: 1);
        Time.Ring();
        (await TakenAsync(StreamId.Of(Campaign), new KeepSchedule())).Changed.ShouldBeFalse();
        (await EntriesAsync()).ShouldBe([new StageEntered(0, 1, Deadline, Scheduled: true)]);
        await ShouldEqualRecountAsync();
    }

    [Fact]
    public async Task A_wake_up_that_comes_while_the_engine_is_full_is_not_lost()
    {
        await CreateClosingAsync();
        var rush = new List<Task<Reply>>();
        using (Host.HoldCommits())
        {
            // Wave after wave, so that it is full of what it has begun with, too.
            for (var wave = 0; wave < 10; wave++)
            {
                rush.AddRange(Enumerable.Range(0, 100).Select(voter => SendAsync(Voter(voter), Rating(0, 4))));
                (await Engine.ReadFeedAsync(Campaign)).Count.ShouldBe(4);
            }
            Time.Move(TimeSpan.FromHours(1));
        }
        (await Task.WhenAll(rush)).Count(reply => reply.Kind == ReplyKind.Overloaded).ShouldBeGreaterThan(0);
        await UntilEnteredAsync(stage: 1);
    }

    [Fact]
    public async Task A_wake_up_that_comes_too_early_does_nothing()
    {
        await CreateClosingAsync();
        Time.Pass(TimeSpan.FromHours(1) - Moment);
        (await TakenAsync(StreamId.Of(Campaign), new KeepSchedule())).Changed.ShouldBeFalse();
        await TakenAsync(Voter(1), Rating(0, 4));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_stage_that_came_due_while_nothing_ran_is_recorded_once_at_the_start(bool crash)
    {
        await CreateAsync(stages:
        [
            new Stage(Allows.Submit, null),
            new Stage(Allows.Vote, Deadline),
            new Stage(Allows.None, Instant.From(Noon.AddHours(2))),
        ]);
        Time.Pass(TimeSpan.FromHours(5));
        await EndAsync(crash);
        await UntilEnteredAsync(stage: 2);
        await EndAsync(crash);
        await TakenAsync(StreamId.Of(Campaign), new KeepSchedule());
        (await EntriesAsync()).ShouldBe([new StageEntered(0, 1, Deadline, true), new StageEntered(1, 2, Instant.From(Noon.AddHours(2)), true)]);
    }

    [Fact]
    public async Task A_schedule_that_is_moved_wakes_the_campaign_at_its_new_time()
    {
        await CreateClosingAsync();
        var moved = Instant.From(Noon.AddHours(4));
        await TakenAsync(StreamId.Of(Campaign), new ChangeCampaign(null, null, [OpenStage, new Stage(Allows.None, moved)]));
        Time.Move(TimeSpan.FromHours(1));
        await TakenAsync(Voter(1), Rating(0, 4));
        Time.Move(TimeSpan.FromHours(3));
        await UntilEnteredAsync(stage: 1);
        (await EntriesAsync()).ShouldBe([new StageEntered(0, 1, moved, Scheduled: true)]);
    }

    [Fact]
    public async Task Each_of_many_campaigns_is_woken_at_its_own_time()
    {
        for (var i = 0; i < 5; i++)
            await CreateAsync(1, [OpenStage, new Stage(Allows.None, Instant.From(Noon.AddHours(1 + i)))], Names.Campaign(i));
        for (var i = 0; i < 5; i++)
        {
            Time.Move(TimeSpan.FromHours(1));
            await UntilEnteredAsync(1, Names.Campaign(i));
            for (var later = i + 1; later < 5; later++)
                Engine.Query(Names.Campaign(later), (board, _) => board.Campaign.CurrentStage).ShouldBe(0);
        }
    }

    private static Stage OpenStage { get; } = new(Allows.Submit | Allows.Vote, null);

    private Task CreateClosingAsync() => CreateAsync(stages: [OpenStage, new Stage(Allows.None, Deadline)]);

    private Task EndAsync(bool crash) => crash ? Host.CrashAsync() : Host.RestartAsync();

    private Task UntilEnteredAsync(int stage, CampaignId? campaign = null) => Engine.UntilAsync(
        campaign ?? Campaign, () => Engine.Query(campaign ?? Campaign, (board, _) => board.Campaign.CurrentStage) == stage);

    private async Task<List<StageEntered>> EntriesAsync() =>
        [.. (await Engine.ReadEventsAsync(Campaign)).Select(recorded => recorded.Event).OfType<StageEntered>()];
}
