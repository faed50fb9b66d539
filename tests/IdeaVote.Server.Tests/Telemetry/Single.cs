namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>Finds the one that there must be.</summary>
internal static class Single
{
    public static T ShouldHaveSingle<T>(this IEnumerable<T> all, Func<T, bool> which)
    {
        var found = all.Where(which).ToList();
        found.Count.ShouldBe(1, $"of {string.Join('\n', all)}");
        return found[0];
    }
}
