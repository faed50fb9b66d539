using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Ranking.Kinds;

/// <summary>
/// Ranks by the mean of the stars drawn towards what is usual (<see cref="BayesianAverage"/>): the mean over the criteria by their
/// weights, each drawn towards its own prior. An idea without a rating on a criterion has the prior there.
/// </summary>
internal sealed class BayesianRanker : IRanker
{
    private readonly Criteria criteria;
    private readonly decimal[] priorVotes;
    private readonly decimal[] priorMeans;
    private readonly long[][] usual;

    /// <summary>Finds out what is usual on a board.</summary>
    /// <param name="board">The board.</param>
    /// <param name="criteria">The criteria that count.</param>
    /// <param name="prior">What is given of the prior; what is null is taken from the ratings.</param>
    public BayesianRanker(Board board, Criteria criteria, RankingRule? prior)
    {
        this.criteria = criteria;
        var count = criteria.Weights.Length;
        (priorVotes, priorMeans, usual) = (new decimal[count], new decimal[count], new long[count][]);
        for (var i = 0; i < count; i++)
            usual[i] = new long[Scores.MaxStars];
        foreach (var idea in board.Ideas)
        {
            var stars = criteria.Stars(idea);
            for (var i = 0; i < stars.Length; i++)
                usual[i / Scores.MaxStars][i % Scores.MaxStars] += stars[i];
        }
        for (var i = 0; i < count; i++)
        {
            long votes = 0, sum = 0;
            for (var star = 0; star < Scores.MaxStars; star++)
                (votes, sum) = (votes + usual[i][star], sum + (star + 1) * usual[i][star]);
            const decimal Middle = (1 + Scores.MaxStars) / 2m;
            priorMeans[i] = prior?.PriorMean ?? (votes == 0 ? Middle : Math.Round((decimal)sum / votes, 6));
            priorVotes[i] = prior?.PriorWeight ?? (board.Ideas.Count == 0 ? 0 : Math.Round((decimal)votes / board.Ideas.Count, 6));
        }
    }

    public long Key(IdeaTally idea) => Average(idea) is { } average ? (long)(average * Score.Million) : Score.NoScore;

    public int Votes(IdeaTally idea) => criteria.Votes(idea);

    public ScoreDetail Detail(IdeaTally idea, Board board)
    {
        var stars = criteria.Stars(idea);
        var mean = new MeanOfMeans();
        for (var i = 0; i < priorVotes.Length; i++)
        {
            var moments = StarMoments.Of(stars.AsSpan(i * Scores.MaxStars, Scores.MaxStars));
            var prior = Prior(i);
            for (var star = 0; star < prior.Length; star++)
                moments = moments.With(star / (Scores.MaxStars - 1.0), prior[star]);
            if (moments.Mass > 0)
                mean.Add((double)criteria.Weights[i], moments);
        }
        var average = Average(idea);
        var terms = new[]
        {
            new ScoreTerm("votes", Votes(idea)), new ScoreTerm("mean", (decimal)(criteria.MeanMillionths(idea) ?? 0) / Score.Million),
            new ScoreTerm("prior_votes", priorVotes.Length == 1 ? priorVotes[0] : Math.Round(priorVotes.DefaultIfEmpty().Average(), 6)),
            new ScoreTerm("prior_mean", WeightedPriorMean()),
        };
        return mean.Weight == 0
            ? ScoreDetail.Plain(average, "no_votes", [.. terms])
            : ScoreDetail.Sure(
                average, new Interval(StarMoments.ToStars(mean.Quantile(Interval.Tail, 0)), StarMoments.ToStars(mean.Quantile(1 - Interval.Tail, 0))), [.. terms]);
    }

    /// <summary>
    /// What the prior says in votes for 1 to 5 stars: shaped like all ratings where its mean is theirs, else all in the two stars around the
    /// given mean.
    /// </summary>
    private double[] Prior(int criterion)
    {
        var votes = (double)priorVotes[criterion];
        long all = usual[criterion].Sum(), sum = 0;
        for (var star = 0; star < Scores.MaxStars; star++)
            sum += (star + 1) * usual[criterion][star];
        if (all > 0 && Math.Round((decimal)sum / all, 6) == priorMeans[criterion])
            return BayesianInterval.Prior(votes, usual[criterion]);
        var prior = new double[Scores.MaxStars];
        var (lower, part) = ((int)Math.Floor(priorMeans[criterion]), (double)(priorMeans[criterion] - Math.Floor(priorMeans[criterion])));
        prior[lower - 1] = votes * (1 - part);
        if (part > 0)
            prior[lower] = votes * part;
        return prior;
    }

    private decimal? Average(IdeaTally idea)
    {
        var stars = criteria.Stars(idea);
        decimal sum = 0, weights = 0;
        for (var i = 0; i < priorVotes.Length; i++)
        {
            long votes = 0, points = 0;
            for (var star = 0; star < Scores.MaxStars; star++)
            {
                votes += stars[i * Scores.MaxStars + star];
                points += (star + 1L) * stars[i * Scores.MaxStars + star];
            }
            if (BayesianAverage.OfSum(points, votes, priorVotes[i], priorMeans[i]) is not { } average)
                continue;
            sum += criteria.Weights[i] * average;
            weights += criteria.Weights[i];
        }
        return weights == 0 ? null : Math.Round(sum / weights, 6);
    }

    private decimal WeightedPriorMean()
    {
        decimal sum = 0, weights = 0;
        for (var i = 0; i < priorMeans.Length; i++)
            (sum, weights) = (sum + criteria.Weights[i] * priorMeans[i], weights + criteria.Weights[i]);
        return weights == 0 ? 0 : Math.Round(sum / weights, 6);
    }
}
