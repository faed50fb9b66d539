namespace IdeaVote.Browser;

/// <summary>
/// The ways in which a person may come: with scripts or without, at a desk or with a phone. The first two between them have all of it; journeys that
/// take long are gone in one way unless everything runs.
/// </summary>
public static class Ways
{
    private static readonly object[][] All = [[true, false], [false, true], [true, true], [false, false]];

    /// <summary>Two of them, or all.</summary>
    public static IEnumerable<object[]> Two => Thorough.Of(2, All);

    /// <summary>One of them, or all.</summary>
    public static IEnumerable<object[]> One => Thorough.Of(1, All);
}
