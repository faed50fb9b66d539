namespace IdeaVote.Domain.Ranking;

/// <summary>
/// Estimates ideas' strengths from duels: i beats j with probability 1 ÷ (1 + exp(θj − θi)). Sources: R. A. Bradley and M. E. Terry,
/// Biometrika 39 (1952), doi 10.2307/2334029; D. R. Hunter, "MM algorithms for generalized Bradley–Terry models", Annals of Statistics 32
/// (2004), doi 10.1214/aos/1079120141.
/// </summary>
/// <remarks>
/// <para>
/// The prior is half a win and half a loss of each idea against an imagined opponent. An idea that never lost, and ideas that no chain
/// of duels connects, so have finite scores, drawn towards the middle by one duel's worth.
/// </para>
/// <para>
/// The likelihood is concave, and Newton's method climbs it in a few steps whatever the graph of duels looks like; Hunter's MM steps need as
/// many as its connections are weak. Each step's equations are solved by conjugate gradients over the list of duels, without a
/// matrix. Variances are those of the scores less their mean, out of the observed information (<see cref="DuelInformation"/>).
/// </para>
/// </remarks>
public static class BradleyTerry
{
    private const int MaxSteps = 100;
    private const double Accuracy = 1e-10;

    // Within so small a step the curvature hardly changes, and whole steps arrive. Nearer to the top the likelihood is flat to its last bit
    // and could not tell up from down.
    private const double Near = 0.1;

    /// <summary>The strengths of all ideas.</summary>
    /// <param name="ideas">How many ideas there are.</param>
    /// <param name="duels">What was decided between them, in any order; it changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">An idea is in a duel with itself.</exception>
    public static Strength[] Fit(int ideas, IReadOnlyList<Duel> duels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ideas);
        var graph = new DuelGraph(ideas, duels);
        var scores = new double[ideas];
        for (var step = 0; step < MaxSteps; step++)
        {
            var move = graph.Solve(graph.Climb(scores));
            var largest = move.Length == 0 ? 0 : move.Max(Math.Abs);
            scores = largest < Near ? Moved(scores, move, 1) : Uphill(graph, scores, move);
            if (largest < Accuracy)
                break;
        }
        graph.Climb(scores);
        return Centre(scores, DuelInformation.Variances(graph), graph);
    }

    /// <summary>A whole step can go too far where hardly anything is known; half of it, or half of that, does not.</summary>
    private static double[] Uphill(DuelGraph graph, double[] scores, double[] move)
    {
        var likelihood = graph.LogLikelihood(scores);
        for (var size = 1.0; size > 1e-6; size /= 2)
        {
            var next = Moved(scores, move, size);
            if (graph.LogLikelihood(next) >= likelihood)
                return next;
        }
        return scores;
    }

    private static double[] Moved(double[] scores, double[] move, double size)
    {
        var next = new double[scores.Length];
        for (var i = 0; i < next.Length; i++)
            next[i] = scores[i] + size * move[i];
        return next;
    }

    private static Strength[] Centre(double[] scores, double[] variances, DuelGraph graph)
    {
        var middle = scores.Length == 0 ? 0 : scores.Sum() / scores.Length;
        var strengths = new Strength[scores.Length];
        for (var i = 0; i < strengths.Length; i++)
            strengths[i] = new Strength(scores[i] - middle, variances[i], graph.Duels(i));
        return strengths;
    }
}
