namespace IdeaVote.Domain.Tests.Ranking.Coverage;

/// <summary>How many trials a cell of a table has, and how far chance alone may take its coverage from the truth.</summary>
internal static class Trials
{
    private const string Variable = "IDEAVOTE_COVERAGE_TRIALS";

    /// <summary>2,000, or what the environment says: 100,000 for a table worth publishing.</summary>
    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable(Variable), out var trials) && trials > 0 ? trials : 2_000;

    /// <summary>Four standard errors of a coverage near 93 %: below that in one run of thirty thousand.</summary>
    public static double Chance(int trials) => 4 * Math.Sqrt(0.93 * 0.07 / trials);
}
