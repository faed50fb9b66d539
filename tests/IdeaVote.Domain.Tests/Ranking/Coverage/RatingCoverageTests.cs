using IdeaVote.Domain.Ranking;
using Xunit.Abstractions;

namespace IdeaVote.Domain.Tests.Ranking.Coverage;

public sealed class RatingCoverageTests(ITestOutputHelper output)
{
    [Fact]
    public void The_interval_of_a_mean_covers_in_every_cell()
    {
        var table = new CoverageTable(output, "rating", counts => RatingInterval.Of(counts));
        foreach (var truth in Truth.All)
            foreach (var (voters, coverage, chance) in table.Line(truth, seed: 1))
                coverage.ShouldBeGreaterThanOrEqualTo(0.93 - chance, $"{truth.Name}, {voters} voters");
    }

    [Fact]
    public void It_covers_with_any_few_voters() =>
        // Between the table's 5 and 20: where the number of outcomes is small, coverage jumps from one number to the next.
        Assert.All(Enumerable.Range(1, 12), voters =>
        {
            foreach (var truth in Truth.All)
            {
                double coverage = 0;
                Sampling.All(truth.Shares, voters, (counts, probability) =>
                {
                    var interval = RatingInterval.Of(counts);
                    if (interval.Low <= truth.Mean + 1e-9 && interval.High >= truth.Mean - 1e-9)
                        coverage += probability;
                });
                coverage.ShouldBeGreaterThanOrEqualTo(0.93, $"{truth.Name}, {voters} voters");
            }
        });

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(100)]
    public void It_covers_two_camps_of_any_size(int voters)
    {
        Interval[] intervals = [.. Enumerable.Range(0, voters + 1).Select(fives => RatingInterval.Of([voters - fives, 0, 0, 0, fives]))];
        var (least, at) = (1.0, 0);
        for (var thousandths = 1; thousandths < 1_000; thousandths++)
        {
            var coverage = 0.0;
            Sampling.All([1 - thousandths / 1_000.0, thousandths / 1_000.0], voters, (counts, probability) =>
                coverage += intervals[counts[1]].Contains(1 + 4 * thousandths / 1_000.0) ? probability : 0);
            if (coverage < least)
                (least, at) = (coverage, thousandths);
        }
        output.WriteLine($"rating, {voters} voters of 1 or 5 stars: at least {least:P1}, with {at / 10.0} % of 5 stars");
        least.ShouldBeGreaterThanOrEqualTo(0.93);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public void The_interval_of_a_weighted_score_covers_where_criteria_are_independent(int voters)
    {
        var sampling = new Sampling(voters);
        decimal[] weights = [3m, 1m, 2m];
        foreach (var (first, second, third) in new[] { (0, 1, 2), (1, 1, 1), (3, 4, 0), (6, 2, 12), (13, 6, 7), (3, 3, 13) })
        {
            Truth[] truths = [Truth.All[first], Truth.All[second], Truth.All[third]];
            var mean = truths.Zip(weights, (truth, weight) => truth.Mean * (double)weight).Sum() / 6;
            var covered = 0;
            for (var trial = 0; trial < Trials.Count; trial++)
            {
                var interval = RatingInterval.Weighted([.. truths.SelectMany(truth => sampling.Draw(truth.Shares, voters))], weights);
                if (interval.Low <= mean + 1e-9 && interval.High >= mean - 1e-9)
                    covered++;
            }
            var coverage = (double)covered / Trials.Count;
            output.WriteLine($"{string.Join(" + ", truths.Select(truth => truth.Name))}, {voters} voters: {coverage:P1}");
            coverage.ShouldBeGreaterThanOrEqualTo(0.93 - Trials.Chance(Trials.Count));
        }
    }
}
