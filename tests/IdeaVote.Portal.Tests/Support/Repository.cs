using System.Runtime.CompilerServices;

namespace IdeaVote.Portal.Tests.Support;

/// <summary>The portal's own source, for what can only be seen there.</summary>
internal static class Repository
{
    /// <summary>The portal's files with these endings.</summary>
    public static IEnumerable<(string Name, string Text)> PortalFiles(params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root(), "src", "IdeaVote.Portal"), "*", SearchOption.AllDirectories)
            .Where(path => endings.Contains(Path.GetExtension(path)) && !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path)));

    private static string Root([CallerFilePath] string here = "")
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "IdeaVote.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"The repository that {here} lies in was not found.");
    }
}
