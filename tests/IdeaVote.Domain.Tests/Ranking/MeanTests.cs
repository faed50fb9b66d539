using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Domain.Tests.Ranking;

/// <summary>The weighted mean of an idea's stars.</summary>
public sealed class MeanTests
{
    [Fact]
    public void Without_a_rating_there_is_no_mean()
    {
        Mean([1m]).ShouldBeNull();
        Mean([]).ShouldBeNull();
        Mean([], Scores.Of(5)).ShouldBeNull();
        Mean([1m], Scores.Of(0, 5)).ShouldBeNull();
    }

    [Fact]
    public void With_one_criterion_it_is_the_plain_mean()
    {
        Mean([1m], Scores.Of(4)).ShouldBe(4m);
        Mean([7m], Scores.Of(4), Scores.Of(5)).ShouldBe(4.5m);
        Mean([1m], Scores.Of(5), Scores.Of(5), Scores.Of(4)).ShouldBe(4.666667m);
    }

    [Fact]
    public void Criteria_count_by_their_weights()
    {
        Mean([3m, 1m], Scores.Of(5, 1)).ShouldBe(4m);
        Mean([1m, 1m], Scores.Of(5, 1), Scores.Of(5)).ShouldBe(3m);
    }

    [Fact]
    public void A_criterion_without_a_rating_does_not_count() =>
        Mean([3m, 1m, 100m], Scores.Of(5, 1)).ShouldBe(4m);

    [Fact]
    public void Equal_means_are_equal_however_they_come_about()
    {
        // (4 + 5 + 5) / 3 on one criterion, and the same out of two with weights.
        Mean([1m], Scores.Of(4), Scores.Of(5), Scores.Of(5)).ShouldBe(Mean([1m, 2m], Scores.Of(4, 5)));
        Mean([0.1m, 0.2m], Scores.Of(4, 5)).ShouldBe(Mean([100m, 200m], Scores.Of(4, 5)));
    }

    [Fact]
    public void It_is_the_exact_mean_rounded_at_six_places_and_lies_between_1_and_5() =>
        Prop.ForAll(Elections, election =>
        {
            var mean = Mean(election.Weights, election.Ratings);

            if (Exact(election) is not var (numerator, denominator))
            {
                mean.ShouldBeNull();
                return;
            }
            mean.ShouldNotBeNull();
            mean.Value.ShouldBeInRange(1m, 5m);
            // |mean − n/d| ≤ half of the last place, in whole numbers.
            var scaled = new BigInteger(mean.Value * 1_000_000m);
            (BigInteger.Abs(scaled * denominator - numerator * 1_000_000) * 2).ShouldBeLessThanOrEqualTo(denominator);
        }).QuickCheckThrowOnFailure();

    public sealed record Election(ImmutableArray<decimal> Weights, Scores[] Ratings);

    private static Arbitrary<Election> Elections =>
        (from criteria in Gen.Choose(1, 4)
         from weights in Gen.Choose(1, 5_000).ArrayOf(criteria)
         from ratings in Gen.Choose(0, 5).ArrayOf(criteria).ArrayOf()
         select new Election(
             [.. weights.Select(weight => weight / 100m)],
             [.. ratings.Select(stars => Scores.Of(stars)).Where(scores => !scores.IsEmpty)])).ToArbitrary();

    /// <summary>The mean as a fraction, by the definition: Σ w·m ÷ Σ w over the criteria that have a rating.</summary>
    private static (BigInteger Numerator, BigInteger Denominator)? Exact(Election election)
    {
        BigInteger numerator = 0, denominator = 1, weights = 0;
        for (var criterion = 0; criterion < election.Weights.Length; criterion++)
        {
            var stars = election.Ratings.Select(scores => scores[criterion]).Where(count => count > 0).ToArray();
            if (stars.Length == 0)
                continue;
            var weight = new BigInteger(election.Weights[criterion] * 100);
            (numerator, denominator) = (numerator * stars.Length + weight * stars.Sum() * denominator, denominator * stars.Length);
            weights += weight;
        }
        return weights.IsZero ? null : (numerator, denominator * weights);
    }

    private static decimal? Mean(ImmutableArray<decimal> weights, params Scores[] ratings) => Score.Mean(Tally(ratings), weights);

    private static IdeaTally Tally(params Scores[] ratings)
    {
        var board = new Board();
        board.Apply(new RecordedEvent(StreamId.Of(TheCampaign, Park), 1, T(1), new IdeaSubmitted(Doc("park"), [], null, [], IdeaStatus.Published)));
        foreach (var scores in ratings)
            board.Apply(new RecordedEvent(StreamId.Of(TheCampaign, Ann), 1, T(1), new RatingChanged(Park, Scores.None, scores, null, T(1), 1)));
        return board.Ideas[0];
    }
}
