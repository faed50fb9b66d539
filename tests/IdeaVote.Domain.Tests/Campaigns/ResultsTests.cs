using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Campaigns;

/// <summary>What a team announces when voting is over.</summary>
public sealed class ResultsTests
{
    private static readonly Announcement Chosen = new(Doc("results"), RankBy.Approvals, [Park, Bench]);

    [Fact]
    public void A_team_announces_once_voting_is_over()
    {
        var scenario = Over().At(T(30)).When(new AnnounceResults(Chosen)).Then(new ResultsAnnounced(null, Chosen));

        ((Campaign)scenario.State).Results.ShouldBe(new Announced(Chosen, T(30), T(30)));
    }

    [Fact]
    public void Not_while_people_vote_nor_before() =>
        A.Campaign.After(new CreateCampaign(Doc("campaign"), Preset.Challenge, Plain, [Submitting, Voting.From(T(110)), Review.From(T(120))]))
            .At(T(105)).When(new AnnounceResults(Chosen)).ThenRefused(RefusalCode.VotingNotOver)
            .At(T(115)).When(new AnnounceResults(Chosen)).ThenRefused(RefusalCode.VotingNotOver)
            .At(T(120)).When(new AnnounceResults(Chosen))
            .Then(
                new StageEntered(0, 1, T(110), Scheduled: true), new StageEntered(1, 2, T(120), Scheduled: true),
                new ResultsAnnounced(null, Chosen));

    [Fact]
    public void What_was_announced_is_corrected_with_what_it_was()
    {
        var corrected = Chosen with { Chosen = [Tree] };
        var scenario = Over().At(T(30)).After(new AnnounceResults(Chosen))
            .At(T(40)).When(new AnnounceResults(corrected)).Then(new ResultsAnnounced(Chosen, corrected));

        ((Campaign)scenario.State).Results.ShouldBe(new Announced(corrected, T(30), T(40)));
    }

    [Fact]
    public void Said_again_it_is_no_news() =>
        Over().After(new AnnounceResults(Chosen)).When(new AnnounceResults(Chosen with { Chosen = [Park, Bench] })).ThenNothing();

    [Fact]
    public void It_stays_when_voting_is_opened_again_and_can_be_corrected_when_that_is_over()
    {
        var scenario = Over().After(new AnnounceResults(Chosen), new EnterStage(0));

        ((Campaign)scenario.State).Results!.What.ShouldBe(Chosen);
        scenario.When(new AnnounceResults(Chosen with { Chosen = [] })).ThenRefused(RefusalCode.VotingNotOver);
        scenario.After(new EnterStage(1)).When(new AnnounceResults(Chosen with { Chosen = [] })).ThenTaken();
    }

    [Fact]
    public void It_stays_when_the_campaign_is_described_anew() =>
        ((Campaign)Over().After(new AnnounceResults(Chosen), new ChangeCampaign(Doc("better"), Plain with { Fund = 5 }, null)).State)
            .Results!.What.ShouldBe(Chosen);

    [Fact]
    public void None_may_be_chosen() => Over().When(new AnnounceResults(Chosen with { Chosen = [] })).ThenTaken();

    [Fact]
    public void Only_ideas_that_there_are_each_once_and_not_too_many()
    {
        Over().When(new AnnounceResults(Chosen with { Chosen = [Unknown] })).ThenRefused(RefusalCode.IdeaNotFound, "chosen");
        Over().When(new AnnounceResults(Chosen with { Chosen = [Park, Park] })).ThenRefused(RefusalCode.InvalidResults, "chosen");
        Over().When(new AnnounceResults(Chosen with { Chosen = [.. Enumerable.Range(0, Announcement.MaxChosen + 1).Select(i => IdeaOf($"{i}"))] }))
            .ThenRefused(RefusalCode.InvalidResults, "chosen");
    }

    [Theory]
    [InlineData(IdeaStatus.Submitted, false)]
    [InlineData(IdeaStatus.Published, true)]
    [InlineData(IdeaStatus.UnderReview, true)]
    [InlineData(IdeaStatus.Planned, true)]
    [InlineData(IdeaStatus.Building, true)]
    [InlineData(IdeaStatus.Shipped, true)]
    [InlineData(IdeaStatus.Declined, false)]
    [InlineData(IdeaStatus.Withdrawn, false)]
    [InlineData(IdeaStatus.Merged, false)]
    [InlineData(IdeaStatus.Hidden, false)]
    public void An_idea_that_is_out_of_the_race_is_not_chosen(IdeaStatus status, bool isTaken)
    {
        var outcome = Over().While(Park, status).When(new AnnounceResults(Chosen));
        if (isTaken)
            outcome.ThenTaken();
        else
            outcome.ThenRefused(RefusalCode.InvalidResults, "chosen");
    }

    [Fact]
    public void Ideas_are_shown_by_a_ranking_that_the_campaign_has() =>
        Over().When(new AnnounceResults(Chosen with { By = RankBy.Borda })).ThenRefused(RefusalCode.MethodOff, "by");

    [Fact]
    public void Whatever_the_course_results_are_announced_only_while_voting_is_over() =>
        Prop.ForAll(Gen.Choose(0, 5).ListOf().ToArbitrary(), steps =>
        {
            var scenario = A.Campaign.At(T(0)).After(new CreateCampaign(Doc("campaign"), Preset.Challenge, Plain, [Submitting, Voting, Review.From(T(50)), Closed]));
            var second = 0;
            foreach (var step in steps)
            {
                scenario.At(T(second += 7));
                var before = (Campaign)scenario.State;
                scenario.When(step < 4 ? new EnterStage(step) : new AnnounceResults(Chosen with { Text = Doc($"{second}") }));
                var after = (Campaign)scenario.State;
                (after.Results != before.Results).ShouldBe(step >= 4 && before.VotingOverSince(T(second)) is not null);
                (after.Results?.First ?? T(0)).ShouldBeLessThanOrEqualTo(after.Results?.Last ?? T(0));
            }
        }).QuickCheckThrowOnFailure();

    private static Scenario Over() =>
        A.Campaign.At(T(0)).After(new CreateCampaign(Doc("campaign"), Preset.Continuous, Plain, [Open, Closed])).At(T(20)).After(new EnterStage(1));
}
