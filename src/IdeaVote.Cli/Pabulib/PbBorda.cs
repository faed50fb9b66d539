namespace IdeaVote.Cli.Pabulib;

/// <summary>
/// Gives the projects of an order the points of Borda's rule (Borda 1781, as Pabulib's files count): the first gets as many as a
/// ballot has places, the next one less, and so on; what is not on the ballot gets none.
/// </summary>
internal static class PbBorda
{
    /// <summary>The ballots with points in place of bare order.</summary>
    /// <param name="meta">META, whose max_length says how many places a ballot has; without it the longest ballot does.</param>
    /// <param name="ballots">The ballots, each in the voter's order.</param>
    /// <param name="warn">Told what was read around.</param>
    public static IReadOnlyList<PbBallot> Score(PbMeta meta, IReadOnlyList<PbBallot> ballots, Action<PbProblem> warn)
    {
        var places = Places(meta, ballots);
        return [.. ballots.Select(ballot => Score(ballot, places, warn))];
    }

    /// <summary>How many places a ballot has.</summary>
    /// <param name="meta">META, whose max_length says it.</param>
    /// <param name="ballots">The ballots, whose longest says it where META does not.</param>
    public static int Places(PbMeta meta, IReadOnlyList<PbBallot> ballots) => meta.Whole("max_length") is { } given and > 0
        ? (int)Math.Min(given, int.MaxValue)
        : ballots.Select(ballot => ballot.Choices.Count).DefaultIfEmpty().Max();

    private static PbBallot Score(PbBallot ballot, int places, Action<PbProblem> warn)
    {
        if (ballot.Choices.Count > places)
            warn(new PbProblem(ballot.Line, $"the ballot has more than the {places} places that META allows; what comes after them gets no points"));
        return ballot with { Choices = [.. ballot.Choices.Take(places).Select((choice, place) => choice with { Points = places - place })] };
    }
}
