using IdeaVote.Domain.Ranking;
using Xunit.Abstractions;

namespace IdeaVote.Domain.Tests.Ranking.Coverage;

public sealed class WilsonCoverageTests(ITestOutputHelper output)
{
    [Fact]
    public void Over_all_shares_it_covers_95_in_100()
    {
        foreach (var votes in new[] { 1, 2, 3, 5, 10, 20, 100, 1_000, 5_000 })
        {
            // With yes of n votes the share lies in the interval with the probability that Beta(yes + 1, n − yes + 1) has there, and
            // over all shares every number of yes is as likely: the mean is exact, without drawing.
            double coverage = 0;
            for (var yes = 0; yes <= votes; yes++)
            {
                var interval = Wilson.Of(yes, votes);
                coverage += BetaDistribution.Cumulative(yes + 1, votes - yes + 1, interval.High)
                    - BetaDistribution.Cumulative(yes + 1, votes - yes + 1, interval.Low);
            }
            coverage /= votes + 1;
            output.WriteLine($"wilson, {votes} votes: {coverage:P2}");
            coverage.ShouldBeInRange(0.94, 0.96);
        }
    }

    [Fact]
    public void With_two_in_a_hundred_and_five_votes_it_covers_what_is_said()
    {
        double coverage = 0;
        for (var yes = 0; yes <= 5; yes++)
            if (Wilson.Of(yes, 5).Contains(0.02))
                coverage += new[] { 1, 5, 10, 10, 5, 1 }[yes] * Math.Pow(0.02, yes) * Math.Pow(0.98, 5 - yes);
        coverage.ShouldBe(0.904, 0.001);
    }
}
