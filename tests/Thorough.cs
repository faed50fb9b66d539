namespace IdeaVote;

/// <summary>
/// <c>dotnet test</c> is what people run all day, so what takes long besides saying little more is left out of it, and says so.
/// <c>IDEAVOTE_TESTS=all</c> runs everything, as <c>.ci/run</c> does; <c>IDEAVOTE_LONG=1</c> all of it and for longer. A number of inputs to fuzz with
/// (<c>IDEAVOTE_FUZZ</c>) asks for all kinds of them.
/// </summary>
internal static class Thorough
{
    /// <summary>Whether everything runs.</summary>
    public static bool IsWanted { get; } =
        Environment.GetEnvironmentVariable("IDEAVOTE_TESTS") == "all" || Environment.GetEnvironmentVariable("IDEAVOTE_LONG") == "1"
        || Environment.GetEnvironmentVariable("IDEAVOTE_FUZZ") is not null;

    /// <summary>Why a test that takes long is left out; null if it is not.</summary>
    public static string? WhyNot { get; } = IsWanted ? null : "It takes long: IDEAVOTE_TESTS=all runs it, as .ci/run does.";

    /// <summary>The cases of a test that has very many: all of them, or every fourth.</summary>
    public static IEnumerable<object[]> Sample(IEnumerable<object[]> all) => IsWanted ? all : all.Where(static (_, i) => i % 4 == 0);

    /// <summary>The cases of a test that takes long: all of them, or the first few.</summary>
    public static IEnumerable<T> Of<T>(int usual, params T[] all) => IsWanted ? all : all.Take(usual);
}

/// <summary>A test that takes long.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ThoroughFactAttribute : FactAttribute
{
    public ThoroughFactAttribute() => Skip = Thorough.WhyNot!;
}

/// <summary>A test of several cases that takes long.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ThoroughTheoryAttribute : TheoryAttribute
{
    public ThoroughTheoryAttribute() => Skip = Thorough.WhyNot!;
}
