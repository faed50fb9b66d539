using IdeaVote.Domain.Ranking;
using Xunit.Abstractions;

namespace IdeaVote.Domain.Tests.Ranking.Coverage;

public sealed class BayesianCoverageTests(ITestOutputHelper output)
{
    private static readonly long[] Campaign = [10, 20, 40, 20, 10];

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(50)]
    public void Over_ideas_that_are_as_the_prior_says_it_covers_95_in_100(double votes)
    {
        var prior = BayesianInterval.Prior(votes, Campaign);
        var sampling = new Sampling((int)votes);
        foreach (var voters in Truth.Sizes)
        {
            var covered = 0;
            for (var trial = 0; trial < Trials.Count; trial++)
            {
                var truth = new Truth("drawn", sampling.Shares(prior));
                if (BayesianInterval.Of(sampling.Draw(truth.Shares, voters), prior).Contains(truth.Mean))
                    covered++;
            }
            var coverage = (double)covered / Trials.Count;
            output.WriteLine($"bayesian, ideas as a prior of {votes} votes says, {voters} voters: {coverage:P1}");
            coverage.ShouldBeInRange(0.93 - Trials.Chance(Trials.Count), 0.97 + Trials.Chance(Trials.Count));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public void For_an_idea_unlike_the_prior_nothing_is_promised_and_this_is_how_bad_it_gets(double votes)
    {
        var prior = BayesianInterval.Prior(votes, Campaign);
        var table = new CoverageTable(output, $"bayesian, prior of {votes} votes around 3", counts => BayesianInterval.Of(counts, prior));
        foreach (var truth in Truth.All)
        {
            var cells = table.Line(truth, seed: 2);
            // The only promise: an idea whose mean is the prior's is covered, whatever its votes look like.
            if (Math.Abs(truth.Mean - 3) < 1e-9)
                cells.ShouldAllBe(cell => cell.Coverage > 0.9);
        }
    }
}
