using IdeaVote.Domain.Ranking;
using Xunit.Abstractions;

namespace IdeaVote.Domain.Tests.Ranking.Coverage;

public sealed class BradleyTerryCoverageTests(ITestOutputHelper output)
{
    private const int Ideas = 20;

    [Theory]
    [InlineData(3, false)]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(50, false)]
    [InlineData(50, true)]
    public void The_interval_of_a_score_covers(int duelsEach, bool chosen)
    {
        var sampling = new Sampling(duelsEach);
        var rounds = Math.Max(30, Trials.Count / Ideas);
        int covered = 0, coveredProbability = 0;
        double width = 0;
        for (var round = 0; round < rounds; round++)
        {
            var truth = Enumerable.Range(0, Ideas).Select(_ => sampling.Normal()).ToArray();
            var middle = truth.Average();
            var fitted = BradleyTerry.Fit(Ideas, Hold(truth, Ideas * duelsEach / 2, chosen, sampling, (ulong)round));
            for (var i = 0; i < Ideas; i++)
            {
                covered += fitted[i].Interval.Contains(truth[i] - middle) ? 1 : 0;
                coveredProbability += fitted[i].ProbabilityInterval.Contains(1 / (1 + Math.Exp(middle - truth[i]))) ? 1 : 0;
                width += fitted[i].Interval.Width / rounds / Ideas;
            }
        }
        var coverage = (double)covered / rounds / Ideas;
        output.WriteLine(
            $"bradley-terry, {Ideas} ideas, {duelsEach} duels each, {(chosen ? "chosen" : "random")} pairs: {coverage:P1}, width {width:F2}");
        coverage.ShouldBeGreaterThanOrEqualTo(0.93 - Trials.Chance(rounds * Ideas));
        coveredProbability.ShouldBe(covered, "a probability is a score written differently");
    }

    [Fact]
    public void Beyond_the_exact_size_it_covers_too()
    {
        const int Many = 1_300;
        var sampling = new Sampling(7);
        var truth = Enumerable.Range(0, Many).Select(_ => sampling.Normal()).ToArray();
        var middle = truth.Average();
        var fitted = BradleyTerry.Fit(Many, Hold(truth, Many * 15, chosen: false, sampling, 1));
        var coverage = (double)Enumerable.Range(0, Many).Count(i => fitted[i].Interval.Contains(truth[i] - middle)) / Many;
        output.WriteLine($"bradley-terry, {Many} ideas, 30 duels each: {coverage:P1}");
        coverage.ShouldBeGreaterThanOrEqualTo(0.93 - Trials.Chance(Many));
    }

    private static List<Duel> Hold(double[] truth, int count, bool chosen, Sampling sampling, ulong seed)
    {
        var duels = new List<Duel>();
        Strength[] known = [];
        for (var i = 0; i < count; i++)
        {
            // Asked anew after each tenth, as a server that fits now and then.
            if (chosen && i % (count / 10) == 0)
                known = BradleyTerry.Fit(truth.Length, duels);
            int first, second;
            if (chosen)
            {
                (first, second) = PairChooser.Next(known, (_, _) => false, seed * 1_000_003 + (ulong)i)!.Value;
            }
            else
            {
                first = sampling.Below(truth.Length);
                second = (first + 1 + sampling.Below(truth.Length - 1)) % truth.Length;
            }
            var wins = sampling.Uniform() < 1 / (1 + Math.Exp(truth[second] - truth[first]));
            duels.Add(new Duel(first, second, wins ? 1 : 0, wins ? 0 : 1));
        }
        return duels;
    }
}
