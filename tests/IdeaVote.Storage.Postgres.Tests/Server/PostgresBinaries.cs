namespace IdeaVote.Storage.Postgres.Tests.Server;

/// <summary>Where this machine keeps PostgreSQL's programs. Debian does not put the server's on the path.</summary>
internal static class PostgresBinaries
{
    private static readonly Lazy<string?> Folder = new(Find);

    /// <summary>Why no server can be started here; null if one can.</summary>
    public static string? WhyNot =>
        OperatingSystem.IsWindows() ? "Needs Unix sockets and signals."
        : Folder.Value is null ? "Needs PostgreSQL's server (Debian: apt-get install postgresql)."
        : null;

    public static string Path(string program) =>
        System.IO.Path.Combine(Folder.Value ?? throw new InvalidOperationException(WhyNot), program);

    private static string? Find()
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        var folders = versions
            .OrderByDescending(folder => int.TryParse(System.IO.Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => System.IO.Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        return folders.FirstOrDefault(folder =>
            File.Exists(System.IO.Path.Combine(folder, "initdb")) && File.Exists(System.IO.Path.Combine(folder, "pg_ctl")));
    }
}
