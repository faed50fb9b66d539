namespace IdeaVote.Domain.Tests.Ranking.Coverage;

/// <summary>How an idea's voters would rate if all of them did: the shares of 1 to 5 stars.</summary>
public sealed record Truth(string Name, double[] Shares)
{
    /// <summary>The truths that each interval is tried on: even, skewed, two camps, nearly all of one mind, all of one mind.</summary>
    public static readonly Truth[] All =
    [
        new("uniform", [.2, .2, .2, .2, .2]),
        new("skewed low", [.6, .2, .1, .06, .04]),
        new("skewed high", [.04, .06, .1, .2, .6]),
        new("two camps", [.5, 0, 0, 0, .5]),
        new("two camps, few between", [.45, 0, .1, 0, .45]),
        new("98 % 5, 2 % 4", [0, 0, 0, .02, .98]),
        new("98 % 5, 2 % 1", [.02, 0, 0, 0, .98]),
        new("98 % 1, 2 % 2", [.98, .02, 0, 0, 0]),
        new("98 % 1, 2 % 5", [.98, 0, 0, 0, .02]),
        new("98 % 3, 2 % 4", [0, 0, .98, .02, 0]),
        new("98 % 3, 2 % 1", [.02, 0, .98, 0, 0]),
        new("98 % 2, 2 % 5", [0, .98, 0, 0, .02]),
        new("98 % 4, 2 % 1", [.02, 0, 0, .98, 0]),
        new("all 5", [0, 0, 0, 0, 1]),
        new("all 3", [0, 0, 1, 0, 0]),
    ];

    /// <summary>How many voters the tables go through.</summary>
    public static readonly int[] Sizes = [5, 20, 100, 1_000, 5_000];

    /// <summary>The mean, in stars.</summary>
    public double Mean { get; } = Shares.Select((share, i) => share * (i + 1)).Sum();
}
