namespace IdeaVote.Domain.Tests.Voters;

/// <summary>What must be so for a vote of any method: the campaign, its stage, the idea and its status.</summary>
public sealed class WhatTakesVotesTests
{
    public static TheoryData<VoteCommand, VoteCommand> CastAndTakeBack => new()
    {
        { new CastApproval(Park, true), new CastApproval(Park, false) },
        { new CastRating(Park, Scores.Of(3)), new CastRating(Park, Scores.None) },
        { new CastInvestment(Park, 10), new CastInvestment(Park, 0) },
        { new SetBallot([Park], [new(Park, Scores.Of(3))], [new(Park, 10)]), new SetBallot([], [], []) },
    };

    public static TheoryData<VoteCommand, IdeaStatus> CastOnEveryStatus
    {
        get
        {
            var data = new TheoryData<VoteCommand, IdeaStatus>();
            foreach (var status in Enum.GetValues<IdeaStatus>())
                foreach (var pair in CastAndTakeBack)
                    data.Add((VoteCommand)pair[0], status);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CastAndTakeBack))]
    public void A_campaign_that_exists(VoteCommand cast, VoteCommand takeBack)
    {
        A.Voter.In(Campaign.None).When(cast).ThenRefused(RefusalCode.CampaignNotFound);
        A.Voter.In(Campaign.None).When(takeBack).ThenRefused(RefusalCode.CampaignNotFound);
    }

    [Theory]
    [MemberData(nameof(CastAndTakeBack))]
    public void A_stage_that_takes_votes_by_the_clock(VoteCommand cast, VoteCommand takeBack)
    {
        var campaign = CampaignWith(Plain, Submitting, Voting.From(T(10)), Review.From(T(20)));
        var scenario = A.Voter.In(campaign).At(T(9)).When(cast).ThenRefused(RefusalCode.StageClosed);

        scenario.At(T(10)).When(cast).ThenTaken();

        // The start of the next stage has passed: too late, even if nothing has noticed yet.
        scenario.At(T(20)).When(takeBack).ThenRefused(RefusalCode.StageClosed);
    }

    [Theory]
    [MemberData(nameof(CastOnEveryStatus))]
    public void A_status_that_takes_votes(VoteCommand cast, IdeaStatus status)
    {
        var outcome = A.Voter.While(Park, status).When(cast);

        if (status.TakesVotes())
            outcome.ThenTaken();
        else
            outcome.ThenRefused(RefusalCode.IdeaNotVotable, "idea");
    }

    [Theory]
    [MemberData(nameof(CastAndTakeBack))]
    public void A_vote_can_be_taken_back_whatever_the_status(VoteCommand cast, VoteCommand takeBack) =>
        A.Voter.After(cast).While(Park, IdeaStatus.Shipped).When(takeBack).ThenTaken();

    [Fact]
    public void An_idea_that_exists()
    {
        A.Voter.When(new CastApproval(Unknown, true)).ThenRefused(RefusalCode.IdeaNotFound, "idea");
        A.Voter.When(new CastRating(Unknown, Scores.Of(1))).ThenRefused(RefusalCode.IdeaNotFound, "idea");
        A.Voter.When(new CastInvestment(Unknown, 1)).ThenRefused(RefusalCode.IdeaNotFound, "idea");
        A.Voter.When(new CastApproval(Unknown, false)).ThenNothing();
    }

    [Fact]
    public void An_investment_in_an_idea_that_takes_no_votes_can_not_be_changed_only_taken_back()
    {
        var scenario = A.Voter.After(new CastInvestment(Park, 30)).While(Park, IdeaStatus.Shipped);

        scenario.When(new CastInvestment(Park, 20)).ThenRefused(RefusalCode.IdeaNotVotable, "idea");
        scenario.When(new CastInvestment(Park, 30)).ThenNothing();
        scenario.When(new CastInvestment(Park, 0)).ThenTaken();
    }

    [Fact]
    public void It_takes_no_command_and_no_event_of_another_aggregate()
    {
        Should.Throw<ArgumentException>(() => A.Voter.When(new EnterStage(0)));
        Should.Throw<ArgumentException>(() => A.Voter.Given(new IdeaCostChanged(null, 1)));
        Should.Throw<ArgumentOutOfRangeException>(() => Aggregate.Empty((AggregateKind)77));
    }
}
