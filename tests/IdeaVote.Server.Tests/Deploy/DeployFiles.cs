namespace IdeaVote.Server.Tests.Deploy;

/// <summary>The files in the repository's folder <c>deploy</c>.</summary>
internal static class DeployFiles
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a file.</summary>
    public static string PathOf(string name) => Path.Combine(Root, "deploy", name);

    /// <summary>The text of a file.</summary>
    public static string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>A file of one YAML document.</summary>
    public static YamlNode Yaml(string name) => YamlNode.ParseAll(Read(name), name).Single();

    /// <summary>All files whose name ends like this, by their names from the folder on, with slashes.</summary>
    public static IEnumerable<string> Ending(params string[] endings) =>
        Directory.EnumerateFiles(PathOf(""), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(PathOf(""), path).Replace('\\', '/'))
            .Where(name => endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "IdeaVote.sln")))
                return folder.FullName;
        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
