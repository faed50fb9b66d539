using FsCheck;
using FsCheck.Fluent;

namespace IdeaVote.Domain.Tests.Properties;

/// <summary>The random courses reach what the properties are about; else they would prove little.</summary>
public sealed class ReachTests
{
    // Always the same ones: this is about the generator, and must not depend on luck.
    private static readonly List<SmallWorld> Worlds = [.. Scripts.Any.Generator.Sample(300, new Rnd(1), 50).Select(WorldProperty.Ended)];

    [Fact]
    public void Every_refusal_the_domain_can_give_is_given()
    {
        var given = Worlds.SelectMany(world => world.Turns).Select(run => run.Refusal?.Code).OfType<string>().Distinct(StringComparer.Ordinal);

        given.ShouldBe(
            [
                RefusalCode.RuleFrozen, RefusalCode.UnknownStage, RefusalCode.StageClosed, RefusalCode.IdeaNotFound, RefusalCode.NotAuthor,
                RefusalCode.StatusNotSettable, RefusalCode.IdeaNotVotable, RefusalCode.MethodOff, RefusalCode.NotEligible, RefusalCode.VotesFinal,
                RefusalCode.ApprovalsExceeded, RefusalCode.BudgetExceeded, RefusalCode.InvestmentTooSmall, RefusalCode.InvestmentTooLarge,
                RefusalCode.InvalidCredits, RefusalCode.UnknownCriterion, RefusalCode.BallotChanged, RefusalCode.CostFrozen,
                RefusalCode.InvalidOrder, RefusalCode.OrderTooLong, RefusalCode.IdeaMerged, RefusalCode.IdeaNotMergeable,
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Refunds_come_in_time_late_twice_and_too_late()
    {
        var refunds = Worlds.SelectMany(world => world.Turns).Where(run => run.Command is ReturnInvestment).ToList();

        refunds.ShouldContain(run => run.Events.Length > 0);
        refunds.ShouldContain(run => run.Events.IsEmpty);
        // A newer investment stood in the idea, and the refund left it alone.
        refunds.ShouldContain(run => run.Events.IsEmpty && ((Voter)run.Before).Ballot.Investments.ContainsKey(((ReturnInvestment)run.Command).Idea));
        // Credits reached an idea that had been closed already.
        Worlds.SelectMany(world => world.Feed).ShouldContain(e => e.Event is InvestmentChanged && ((InvestmentChanged)e.Event).Cause == 2);
    }

    [Fact]
    public void Votes_follow_merges_and_part_again_with_chains_crossings_and_news_that_came_late()
    {
        var turns = Worlds.SelectMany(world => world.Turns).Where(run => run.Command is FollowMerge).ToList();
        var merged = Worlds.SelectMany(world => world.Feed).Select(recorded => recorded.Event).OfType<MergeEvent>().ToList();

        turns.ShouldContain(run => run.Events.IsEmpty);
        merged.OfType<VotesMerged>().ShouldNotBeEmpty();
        merged.OfType<VotesUnmerged>().ShouldNotBeEmpty();
        // From one idea to another at once.
        turns.ShouldContain(run => run.Events.Count(e => e.Event is MergeEvent) == 2);
        // Votes that came after the news: the merge is followed once more.
        turns.Any(run => run.Events.Any(e => e.Event is VotesMerged) && ((Voter)run.Before).Merged.Find(((FollowMerge)run.Command).Idea)?.Cause == ((FollowMerge)run.Command).Cause)
            .ShouldBeTrue();
        // An idea that others are part of became part of another.
        Worlds.SelectMany(world => world.AllVoters).ShouldContain(voter => voter.Merged.Links.Any(link => voter.Merged.Find(link.Into) != null));
        // Two merges that crossed: each made the other's idea its own.
        Worlds.Any(world => world.Board.Ideas.Any(idea => idea.MergedInto is { } into && world.Board.Find(into)?.MergedInto == idea.Id)).ShouldBeTrue();
    }

    [Fact]
    public void Segments_move_rules_grow_and_stages_pass()
    {
        var events = Worlds.SelectMany(world => world.Feed).Select(recorded => recorded.Event).ToList();

        events.OfType<SegmentChanged>().ShouldNotBeEmpty();
        events.OfType<RulesChanged>().ShouldNotBeEmpty();
        events.OfType<StageEntered>().ShouldContain(e => e.Scheduled && e.New == 3);
        events.OfType<IdeaTextErased>().ShouldNotBeEmpty();
        events.OfType<IdeaSubmitted>().ShouldContain(e => e.Status == IdeaStatus.Submitted);
    }
}
