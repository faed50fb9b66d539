using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

public sealed class BradleyTerryTests
{
    private const int Ideas = 6;

    private static readonly Arbitrary<Duel[]> Duels = Arb.From(
        Gen.Choose(0, Ideas - 1).Two().Where(pair => pair.Item1 != pair.Item2)
            .SelectMany(pair => Gen.Choose(0, 20).Two().Select(wins => new Duel(pair.Item1, pair.Item2, wins.Item1, wins.Item2)))
            .ArrayOf());

    [Fact]
    public void Scores_are_those_that_minorisation_finds() =>
        Prop.ForAll(Duels, duels =>
        {
            var (fitted, model) = (BradleyTerry.Fit(Ideas, duels), Hunter(duels));
            for (var i = 0; i < Ideas; i++)
                fitted[i].Score.ShouldBe(model[i], 1e-5);
            fitted.Sum(strength => strength.Score).ShouldBe(0, 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public void The_order_of_the_duels_changes_nothing_not_even_the_last_bit() =>
        Prop.ForAll(Duels, duels =>
        {
            var shuffled = duels.ToArray();
            new Random(duels.Length).Shuffle(shuffled);
            BradleyTerry.Fit(Ideas, shuffled).ShouldBe(BradleyTerry.Fit(Ideas, duels));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Variances_are_those_of_the_inverted_information() =>
        Prop.ForAll(Duels, duels =>
        {
            var fitted = BradleyTerry.Fit(Ideas, duels);
            var model = Variances(duels, Uncentred(duels));
            for (var i = 0; i < Ideas; i++)
                fitted[i].Variance.ShouldBe(model[i], 1e-5);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public void Without_duels_all_are_average_and_nothing_is_known()
    {
        foreach (var strength in BradleyTerry.Fit(4, []))
        {
            strength.Score.ShouldBe(0);
            strength.Probability.ShouldBe(0.5);
            strength.Duels.ShouldBe(0);
            // A win and a loss in halves inform by ¼; of the mean of four, a quarter is the idea's own.
            strength.Variance.ShouldBe(4 * 0.75, 1e-9);
            strength.ProbabilityInterval.Width.ShouldBeGreaterThan(0.9);
        }
        BradleyTerry.Fit(0, []).ShouldBeEmpty();
    }

    [Fact]
    public void An_idea_that_never_lost_and_a_graph_in_parts_have_finite_scores()
    {
        var fitted = BradleyTerry.Fit(5, [new(0, 1, 50, 0), new(2, 3, 1, 0)]);

        fitted[0].Score.ShouldBeInRange(2, 5);
        fitted[0].Interval.High.ShouldBeLessThan(10);
        // What won fifty times is above what won once, which is above what has not met anybody.
        fitted.Select(strength => strength.Key).ShouldBe([fitted[0].Key, -fitted[0].Key, fitted[2].Key, -fitted[2].Key, 0]);
        fitted[0].Key.ShouldBeGreaterThan(fitted[2].Key);
        fitted[2].Key.ShouldBeGreaterThan(0);
        fitted.Select(strength => strength.Duels).ShouldBe([50, 50, 1, 1, 0]);
    }

    [Fact]
    public void It_comes_to_an_end_where_hardly_anything_connects_the_ideas()
    {
        var chain = Enumerable.Range(0, 199).Select(i => new Duel(i, i + 1, 1_000_000, 1)).ToArray();

        var fitted = BradleyTerry.Fit(200, chain);
        fitted.ShouldAllBe(strength => double.IsFinite(strength.Score) && strength.Variance > 0);
        fitted.Select(strength => strength.Key).ShouldBe(fitted.Select(strength => strength.Key).OrderDescending());
    }

    [Fact]
    public void Each_idea_is_expected_to_win_as_often_as_it_did_even_in_a_long_chain()
    {
        const int Long = 300;
        Duel[] chain = [.. Enumerable.Range(0, Long - 1).Select(i => new Duel(i, i + 1, 60 + i % 7, 40))];
        var scores = BradleyTerry.Fit(Long, chain).Select(strength => strength.Score).ToArray();

        // Where the imagined opponent stands: against it all together win half.
        var (low, high) = (-50.0, 50.0);
        while (high - low > 1e-13 && (low + high) / 2 is var middle)
            (low, high) = scores.Sum(score => Logistic(score - middle) - 0.5) > 0 ? (middle, high) : (low, middle);
        var surplus = scores.Select(score => 0.5 - Logistic(score - low)).ToArray();
        foreach (var duel in chain)
        {
            var surprise = duel.FirstWins - (duel.FirstWins + duel.SecondWins) * Logistic(scores[duel.First] - scores[duel.Second]);
            surplus[duel.First] += surprise;
            surplus[duel.Second] -= surprise;
        }
        surplus.ShouldAllBe(wins => Math.Abs(wins) < 1e-7);
    }

    [Fact]
    public void A_win_more_helps_the_winner_and_the_order_of_duels_does_not_matter() =>
        Prop.ForAll(Duels, duels =>
        {
            var before = BradleyTerry.Fit(Ideas, duels);
            var after = BradleyTerry.Fit(Ideas, [new Duel(0, 1, 1, 0), .. duels]);
            (after[0].Score - after[1].Score).ShouldBeGreaterThan(before[0].Score - before[1].Score);
            var turned = BradleyTerry.Fit(Ideas, [.. Enumerable.Reverse(duels).Select(d => new Duel(d.Second, d.First, d.SecondWins, d.FirstWins))]);
            for (var i = 0; i < Ideas; i++)
                turned[i].Score.ShouldBe(before[i].Score, 1e-8);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Beyond_the_exact_size_variances_are_nearly_the_same()
    {
        // Two copies of one set of duels, with nothing between them, are larger than the limit; one copy is smaller.
        const int Half = 700;
        var lot = new Random(5);
        Duel[] one = [.. Enumerable.Range(0, 10 * Half).Select(_ => (First: lot.Next(Half), Step: lot.Next(1, Half))).Select(
            pair => new Duel(pair.First, (pair.First + pair.Step) % Half, lot.Next(3), lot.Next(3)))];
        Duel[] two = [.. one, .. one.Select(duel => duel with { First = duel.First + Half, Second = duel.Second + Half })];

        var (exact, series) = (BradleyTerry.Fit(Half, one), BradleyTerry.Fit(2 * Half, two));
        for (var i = 0; i < Half; i++)
            series[i].Variance.ShouldBeInRange(exact[i].Variance * 0.9, exact[i].Variance * 1.1);
    }

    [Theory]
    [InlineData(0, 2, 1, 1)]
    [InlineData(-1, 1, 1, 1)]
    [InlineData(2, 0, 1, 1)]
    [InlineData(0, -1, 1, 1)]
    [InlineData(0, 1, -1, 1)]
    [InlineData(0, 1, 1, -1)]
    [InlineData(1, 1, 1, 1)]
    public void Numbers_out_of_range_are_errors(int first, int second, int firstWins, int secondWins) =>
        Should.Throw<ArgumentException>(() => BradleyTerry.Fit(2, [new Duel(first, second, firstWins, secondWins)]));

    private static double[] Hunter(Duel[] duels)
    {
        var scores = Uncentred(duels);
        return [.. scores.Select(score => score - scores.Average())];
    }

    /// <summary>Hunter's algorithm, with half a win and half a loss against an opponent whose strength stays 1.</summary>
    private static double[] Uncentred(Duel[] duels)
    {
        var strengths = Enumerable.Repeat(1.0, Ideas).ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var wins = Enumerable.Repeat(0.5, Ideas).ToArray();
            var rivals = strengths.Select(strength => 1 / (strength + 1)).ToArray();
            foreach (var duel in duels)
            {
                wins[duel.First] += duel.FirstWins;
                wins[duel.Second] += duel.SecondWins;
                var share = (duel.FirstWins + duel.SecondWins) / (strengths[duel.First] + strengths[duel.Second]);
                rivals[duel.First] += share;
                rivals[duel.Second] += share;
            }
            var next = wins.Zip(rivals, (won, against) => won / against).ToArray();
            var moved = next.Zip(strengths, (a, b) => Math.Abs(Math.Log(a / b))).Max();
            strengths = next;
            if (moved < 1e-10)
                break;
        }
        return [.. strengths.Select(strength => Math.Log(strength))];
    }

    /// <summary>The information matrix, inverted by elimination, and the variances of scores less their mean.</summary>
    private static double[] Variances(Duel[] duels, double[] scores)
    {
        var matrix = new double[Ideas, 2 * Ideas];
        for (var i = 0; i < Ideas; i++)
        {
            matrix[i, i] = Weight(scores[i]);
            matrix[i, Ideas + i] = 1;
        }
        foreach (var duel in duels)
        {
            var weight = (duel.FirstWins + duel.SecondWins) * Weight(scores[duel.First] - scores[duel.Second]);
            matrix[duel.First, duel.First] += weight;
            matrix[duel.Second, duel.Second] += weight;
            matrix[duel.First, duel.Second] -= weight;
            matrix[duel.Second, duel.First] -= weight;
        }
        for (var pivot = 0; pivot < Ideas; pivot++)
        {
            var by = matrix[pivot, pivot];
            for (var column = 0; column < 2 * Ideas; column++)
                matrix[pivot, column] /= by;
            for (var row = 0; row < Ideas; row++)
                if (row != pivot && matrix[row, pivot] is var times)
                    for (var column = 0; column < 2 * Ideas; column++)
                        matrix[row, column] -= times * matrix[pivot, column];
        }
        var variances = new double[Ideas];
        for (var i = 0; i < Ideas; i++)
            for (var a = 0; a < Ideas; a++)
                for (var b = 0; b < Ideas; b++)
                    variances[i] += ((a == i ? 1 : 0) - 1.0 / Ideas) * matrix[a, Ideas + b] * ((b == i ? 1 : 0) - 1.0 / Ideas);
        return variances;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double Weight(double ahead) => 1 / (2 + Math.Exp(ahead) + Math.Exp(-ahead));
}
