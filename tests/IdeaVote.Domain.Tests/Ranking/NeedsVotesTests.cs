using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;
using Interval = IdeaVote.Domain.Ranking.Interval;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class NeedsVotesTests
{
    private static readonly Gen<double> Parts = Gen.Choose(0, 1000).Select(thousandths => thousandths / 1000.0);

    private static readonly Arbitrary<(double Score, Interval Interval, double Cutoff)> Ideas = Arb.From(
        Parts.SelectMany(score => Parts.SelectMany(below => Parts.SelectMany(above => Parts.Select(
            cutoff => (score, new Interval(score - below, score + above), cutoff))))));

    [Fact]
    public void A_narrower_interval_never_needs_more() =>
        Prop.ForAll(Ideas, Arb.From(Parts), (idea, part) =>
        {
            var narrower = new Interval(
                idea.Score - part * (idea.Score - idea.Interval.Low), idea.Score + part * (idea.Interval.High - idea.Score));
            NeedsVotes.Of(idea.Score, narrower, idea.Cutoff)
                .ShouldBeLessThanOrEqualTo(NeedsVotes.Of(idea.Score, idea.Interval, idea.Cutoff) + 1e-12);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void More_votes_that_say_the_same_never_need_more() =>
        Prop.ForAll(Arb.From(Gen.Choose(1, 500).SelectMany(votes => Gen.Choose(0, votes).Select(yes => (yes, votes)))), Arb.From(Parts), (share, cutoff) =>
        {
            var score = (double)share.yes / share.votes;
            NeedsVotes.Key(score, Wilson.Of(2 * share.yes, 2 * share.votes), cutoff)
                .ShouldBeLessThanOrEqualTo(NeedsVotes.Key(score, Wilson.Of(share.yes, share.votes), cutoff));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Clear_of_the_cutoff_it_needs_a_fortieth_of_its_width_at_most() =>
        Prop.ForAll(Ideas, idea =>
        {
            var need = NeedsVotes.Of(idea.Score, idea.Interval, idea.Cutoff);
            need.ShouldBeInRange(0, idea.Interval.Width / 2);
            if (!idea.Interval.Contains(idea.Cutoff))
                need.ShouldBeLessThanOrEqualTo(idea.Interval.Width / 40 + 1e-12);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_nearer_to_the_cutoff_the_more_it_needs()
    {
        var interval = new Interval(0.4, 0.6);
        double[] needs = [.. new[] { 0.5, 0.55, 0.6, 0.7, 0.9 }.Select(cutoff => NeedsVotes.Of(0.5, interval, cutoff))];

        needs.ShouldBe(needs.OrderDescending());
        needs[0].ShouldBe(0.1, 1e-12);
        needs[2].ShouldBe(0.2 * 0.025, 1e-12);
    }

    [Fact]
    public void An_idea_without_votes_needs_more_than_one_that_has_some() =>
        NeedsVotes.Of(0.5, Wilson.Of(0, 0), 0.6).ShouldBeGreaterThan(NeedsVotes.Of(0.5, Wilson.Of(5, 10), 0.6));

    [Fact]
    public void What_can_not_reach_the_cutoff_needs_nothing()
    {
        NeedsVotes.Of(5, new Interval(4, 5), 5.5).ShouldBe(0);
        NeedsVotes.Of(5, new Interval(5, 5), 5).ShouldBe(0);
    }
}
