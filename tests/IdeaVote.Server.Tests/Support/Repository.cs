namespace IdeaVote.Server.Tests.Support;

/// <summary>The files that these tests compare with or add to.</summary>
internal static class Repository
{
    /// <summary>A path in the repository that the tests were built from.</summary>
    public static string PathOf(params ReadOnlySpan<string> names)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IdeaVote.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("There is no solution above the tests.");
        return Path.Combine([folder.FullName, .. names]);
    }
}
