namespace IdeaVote.Domain.Tests.Properties;

/// <summary>What is true of every turn, whatever the state and the command.</summary>
public sealed class TurnTests
{
    [Fact]
    public void Repeating_a_command_at_once_changes_nothing() =>
        WorldProperty.ForEachTurn(run => run.After.Decide(run.Command, run.Context).Events.ToArray().ShouldBeEmpty());

    [Fact]
    public void Repeating_a_named_command_that_was_obeyed_is_taken_again() =>
        WorldProperty.ForEachTurn(run =>
        {
            if (run.Command is VoteCommand { Id: not null } && run.Events.Length > 0)
                run.After.Decide(run.Command, run.Context).Refusal.ShouldBeNull();
        });

    [Fact]
    public void A_refusal_has_no_events() =>
        WorldProperty.ForEachTurn(run =>
        {
            if (run.Refusal is not null)
                run.Events.ShouldBeEmpty();
        });

    [Fact]
    public void Replaying_the_events_from_nothing_gives_the_same_states() =>
        WorldProperty.AtTheEnd(world =>
        {
            foreach (var stream in world.Streams)
            {
                var state = Aggregate.Empty(stream.Kind);
                foreach (var recorded in world.Feed.Where(recorded => recorded.Stream == stream))
                {
                    recorded.Version.ShouldBe(state.Version + 1);
                    state = state.Apply(recorded);
                }
                Show.Of(state).ShouldBe(Show.Of(world.State(stream)));
            }
        });

    [Fact]
    public void Replaying_the_feed_gives_the_same_board() =>
        WorldProperty.AtTheEnd(world =>
        {
            var board = new Board();
            foreach (var recorded in world.Feed)
                board.Apply(recorded);

            Show.Of(board).ShouldBe(Show.Of(world.Board));
            Show.Of(board.Ideas.Select(idea => idea.ToState())).ShouldBe(Show.Of(world.Board.Ideas.Select(idea => idea.ToState())));
            board.Revision.ShouldBe(world.Feed.Count);
        });

    [Fact]
    public void No_vote_is_newly_cast_or_changed_on_an_idea_whose_status_takes_none() =>
        WorldProperty.ForEachTurn(run =>
        {
            if (run.Command is not VoteCommand)
                return;
            foreach (var (idea, _) in Votes(run.After).Except(Votes(run.Before)))
                run.Context.StatusOf(idea).ShouldNotBeNull().TakesVotes().ShouldBeTrue();
        });

    [Fact]
    public void No_vote_changes_while_the_stage_takes_none_or_votes_are_final() =>
        WorldProperty.ForEachTurn(run =>
        {
            if (run.Command is not VoteCommand)
                return;
            if (!run.Context.Campaign.AllowsAt(run.Context.Now, Allows.Vote))
                run.Events.ShouldBeEmpty();
            if (!run.Context.Campaign.Rules.VotesCanChange)
                Votes(run.Before).Except(Votes(run.After)).ShouldBeEmpty();
        });

    [Fact]
    public void A_whole_ballot_is_taken_as_it_is_or_not_at_all() =>
        WorldProperty.ForEachTurn(run =>
        {
            if (run.Command is not SetBallot set)
                return;
            if (run.Refusal is not null || (set.Id is { } id && ((Voter)run.Before).Obeyed.Any(obeyed => obeyed.Id == id)))
            {
                run.After.ShouldBeSameAs(run.Before);
                return;
            }
            var ballot = ((Voter)run.After).Ballot;
            ballot.Approvals.Keys.ShouldBe(set.Approvals.Distinct(), ignoreOrder: true);
            ballot.Ratings.Select(r => (r.Key, r.Value.Scores)).ShouldBe(Last(set.Ratings).Where(r => !r.Value.IsEmpty).Select(r => (r.Key, r.Value)), ignoreOrder: true);
            ballot.Investments.Select(i => (i.Key, i.Value.Credits)).ShouldBe(Last(set.Investments).Where(i => i.Value > 0).Select(i => (i.Key, i.Value)), ignoreOrder: true);
        });

    [Fact]
    public void A_single_vote_touches_that_vote_only() =>
        WorldProperty.ForEachTurn(run =>
        {
            if (run.Command is CastApproval or CastRating or CastInvestment)
                Votes(run.Before).Except(Votes(run.After)).Count().ShouldBeLessThanOrEqualTo(1);
        });

    /// <summary>Every vote with its value, without when and how it came about.</summary>
    private static IEnumerable<(IdeaId Idea, object Value)> Votes(Aggregate voter)
    {
        var ballot = ((Voter)voter).Ballot;
        return
        [
            .. ballot.Approvals.Keys.Select(idea => (idea, (object)true)),
            .. ballot.Ratings.Select(r => (r.Key, (object)r.Value.Scores)),
            .. ballot.Investments.Select(i => (i.Key, (object)i.Value.Credits)),
        ];
    }

    private static Dictionary<IdeaId, T> Last<T>(IEnumerable<KeyValuePair<IdeaId, T>> entries) =>
        entries.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value);
}
