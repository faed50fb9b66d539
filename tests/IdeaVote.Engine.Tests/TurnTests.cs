namespace IdeaVote.Engine.Tests;

public sealed class TurnTests
{
    private static readonly StreamId Stream = StreamId.Of(TheCampaign, Ann);
    private static readonly FixedContext Context = new(T(9), CampaignWith(Plain, Open), idea => idea == Unknown ? null : IdeaStatus.Published);

    [Fact]
    public void What_was_decided_is_numbered_dated_and_applied()
    {
        var actor = new ActorId(IdOf("actor"));
        var state = Turn.Run(Stream, Voter.None, new CastApproval(Tree, true), Context).State;

        var result = Turn.Run(Stream, state, new SetBallot([Park, Bench], [], []) { Id = Attempt(1), Actor = actor }, Context);

        result.Refusal.ShouldBeNull();
        result.Events.ShouldBe(
        [
            new RecordedEvent(Stream, 2, T(9), new ApprovalChanged(Tree, true, false, null, T(9), 0), Attempt(1), actor),
            new RecordedEvent(Stream, 3, T(9), new ApprovalChanged(Park, false, true, null, T(9), 1), Attempt(1), actor),
            new RecordedEvent(Stream, 4, T(9), new ApprovalChanged(Bench, false, true, null, T(9), 2), Attempt(1), actor),
        ]);
        result.State.Version.ShouldBe(4);
        ((Voter)result.State).Ballot.Approvals.Keys.ShouldBe(new[] { Park, Bench }.Order());
    }

    [Fact]
    public void A_refusal_leaves_the_very_same_state()
    {
        var result = Turn.Run(Stream, Voter.None, new CastApproval(Unknown, true), Context);

        result.Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.IdeaNotFound);
        result.State.ShouldBeSameAs(Voter.None);
        result.Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_command_that_changes_nothing_leaves_the_very_same_state()
    {
        var result = Turn.Run(Stream, Voter.None, new CastApproval(Park, false), Context);

        result.Refusal.ShouldBeNull();
        result.State.ShouldBeSameAs(Voter.None);
        result.Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_command_for_another_kind_of_aggregate_is_an_error() =>
        Should.Throw<ArgumentException>(() => Turn.Run(Stream, Voter.None, new EnterStage(1), Context));
}
