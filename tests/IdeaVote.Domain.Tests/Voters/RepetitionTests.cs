namespace IdeaVote.Domain.Tests.Voters;

/// <summary>Repeated and outdated commands: what was obeyed once is not obeyed again, and who saw an old ballot decides again.</summary>
public sealed class RepetitionTests
{
    [Fact]
    public void An_attempt_that_was_obeyed_is_not_obeyed_again_even_after_the_vote_changed() =>
        A.Voter.After(new CastRating(Park, Scores.Of(2)) { Id = Attempt(1) }, new CastRating(Park, Scores.Of(5)) { Id = Attempt(2) })
            .When(new CastRating(Park, Scores.Of(2)) { Id = Attempt(1) }).ThenNothing();

    [Fact]
    public void Without_a_name_the_same_words_are_a_new_wish() =>
        A.Voter.After(new CastRating(Park, Scores.Of(2)), new CastRating(Park, Scores.Of(5)))
            .When(new CastRating(Park, Scores.Of(2))).ThenTaken()
            .State.Version.ShouldBe(3);

    [Fact]
    public void A_repetition_is_answered_alike_after_the_stage_has_closed_or_the_ballot_moved_on()
    {
        var cast = new CastApproval(Park, true) { Id = Attempt(1), ExpectedVersion = 0 };

        A.Voter.After(cast, new CastApproval(Bench, true)).In(CampaignWith(Plain, Closed)).When(cast).ThenNothing();
    }

    [Fact]
    public void What_changed_nothing_or_was_refused_is_not_remembered()
    {
        var voter = (Voter)A.Voter
            .When(new CastApproval(Park, false) { Id = Attempt(1) }).ThenNothing()
            .When(new CastApproval(Unknown, true) { Id = Attempt(2) }).ThenRefused(RefusalCode.IdeaNotFound, "idea")
            .State;

        voter.Obeyed.ShouldBeEmpty();
    }

    [Fact]
    public void An_attempt_of_several_events_is_remembered_once_with_the_version_after_it() =>
        ((Voter)A.Voter.After(new SetBallot([Park, Bench], [], [new(Park, 1)]) { Id = Attempt(1) }).State)
            .Obeyed.ShouldBe([new ObeyedCommand(Attempt(1), 3)]);

    [Fact]
    public void The_memory_lives_in_the_events_and_survives_a_fold()
    {
        var folded = A.Voter
            .Given(Attempt(1), new ApprovalChanged(Park, false, true, null, T(1), 1))
            .Given(new ApprovalChanged(Park, true, false, null, T(1), 0));

        folded.When(new CastApproval(Park, true) { Id = Attempt(1) }).ThenNothing();
    }

    [Fact]
    public void A_refund_that_names_an_attempt_is_remembered_too() =>
        A.Voter.After(new CastInvestment(Park, 5)).After(new ReturnInvestment(Park, 1, 2) { Id = Attempt(1) })
            .When(new CastInvestment(Park, 5) { Id = Attempt(1) }).ThenNothing();

    [Fact]
    public void The_last_sixteen_attempts_are_remembered()
    {
        var scenario = A.Voter;
        for (var i = 0; i < Voter.RememberedCommands; i++)
            scenario.After(Toggle(i));

        scenario.When(Toggle(0)).ThenNothing();
        scenario.After(Toggle(Voter.RememberedCommands));

        ((Voter)scenario.State).Obeyed.Select(obeyed => obeyed.Id).ShouldBe(Enumerable.Range(1, Voter.RememberedCommands).Select(Attempt));
        scenario.When(Toggle(1)).ThenNothing();
        var version = scenario.State.Version;
        scenario.When(Toggle(0) with { Approve = false }).ThenTaken().State.Version.ShouldBe(version + 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Who_saw_another_version_of_the_ballot_decides_again(long seen)
    {
        A.Voter.After(new CastApproval(Park, true))
            .When(new CastApproval(Bench, true) { ExpectedVersion = seen }).ThenRefused(RefusalCode.BallotChanged)
            .When(new CastApproval(Park, true) { ExpectedVersion = seen }).ThenRefused(RefusalCode.BallotChanged);
    }

    [Fact]
    public void Who_saw_the_present_version_is_obeyed()
    {
        A.Voter.When(new CastApproval(Park, true) { ExpectedVersion = 0 }).ThenTaken()
            .When(new CastApproval(Bench, true) { ExpectedVersion = 1 }).ThenTaken()
            .When(new CastApproval(Bench, true) { ExpectedVersion = 2 }).ThenNothing();
    }

    private static CastApproval Toggle(int attempt) => new(Park, attempt % 2 == 0) { Id = Attempt(attempt) };
}
