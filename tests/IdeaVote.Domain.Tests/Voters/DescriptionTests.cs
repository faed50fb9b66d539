namespace IdeaVote.Domain.Tests.Voters;

/// <summary>What a trusted caller says of a voter.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public void Segment_and_attributes_are_set_together_or_alone()
    {
        A.Voter.When(new DescribeVoter(new SegmentChange(North), new AttributesChange(Doc("ann"))))
            .Then(new SegmentChanged(null, North), new AttributesChanged(null, Doc("ann")));
        A.Voter.When(new DescribeVoter(null, new AttributesChange(Doc("ann")))).Then(new AttributesChanged(null, Doc("ann")));
    }

    [Fact]
    public void What_is_not_named_stays() =>
        Described().When(new DescribeVoter(null, null)).ThenNothing();

    [Fact]
    public void Saying_what_is_so_already_changes_nothing() =>
        Described().When(new DescribeVoter(new SegmentChange(North), new AttributesChange(Doc("ann")))).ThenNothing();

    [Fact]
    public void Attributes_can_be_dropped() =>
        Described().When(new DescribeVoter(null, new AttributesChange(null))).Then(new AttributesChanged(Doc("ann"), null));

    [Fact]
    public void It_needs_no_open_stage_and_no_eligible_voter() =>
        A.Voter.In(CampaignWith(Plain with { Who = WhoMayVote.Roll }, Closed)).When(new DescribeVoter(new SegmentChange(North), null)).ThenTaken();

    [Fact]
    public void It_needs_a_campaign() =>
        A.Voter.In(Campaign.None).When(new DescribeVoter(new SegmentChange(North), null)).ThenRefused(RefusalCode.CampaignNotFound);

    [Fact]
    public void The_state_keeps_what_was_said()
    {
        var voter = (Voter)Described().State;

        voter.Segment.ShouldBe(North);
        voter.Attributes.ShouldBe(Doc("ann"));
        voter.Ballot.Held.ShouldBe(0);
    }

    private static Scenario Described() => A.Voter.After(new DescribeVoter(new SegmentChange(North), new AttributesChange(Doc("ann"))));
}
