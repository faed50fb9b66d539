using System.Diagnostics;

namespace IdeaVote.Server.Tests.Support;

/// <summary>How to start a server.</summary>
/// <param name="Data">The data folder.</param>
internal sealed record ServerLaunch(string Data)
{
    public const string TestToken = "an-admin-token-for-tests-of-44-characters-xx";

    /// <summary>Where to listen; on any port that is free unless given.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>The value of <c>IDEAVOTE_ADMIN_TOKEN</c>; null to leave it out.</summary>
    public string? AdminToken { get; init; } = TestToken;

    /// <summary>The value of <c>IDEAVOTE_JOURNAL</c>; null to leave it out.</summary>
    public string? Journal { get; init; }

    /// <summary>Further variables of the environment.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Arguments beside those for folder and address.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>The size no file of the process may pass, in units of 512 bytes; null for no limit.</summary>
    public int? FileLimit { get; init; }

    public ProcessStartInfo ToStartInfo()
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] server =
        [
            dotnet, "exec", Path.Combine(AppContext.BaseDirectory, "IdeaVote.Server.dll"),
            "--data", Data, "--urls", Urls, .. More,
        ];
        // The shell makes way for the server (exec), so that its process is the one that is killed.
        string[] all = FileLimit is { } blocks
            ? ["/bin/sh", "-c", "trap '' XFSZ; ulimit -f $0; exec \"$@\"", blocks.ToString(), .. server]
            : server;
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("IDEAVOTE_ADMIN_TOKEN");
        start.Environment.Remove("IDEAVOTE_JOURNAL");
        if (AdminToken is not null)
            start.Environment["IDEAVOTE_ADMIN_TOKEN"] = AdminToken;
        if (Journal is not null)
            start.Environment["IDEAVOTE_JOURNAL"] = Journal;
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        // The sockets that debuggers reach the runtime by lie in the temporary folder, and outlive a process that is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        // A test's server ends before it could profit from what its code is profiled for.
        start.Environment["DOTNET_TieredPGO"] = "0";
        // The runtime keeps the code it makes in a huge sparse file, which a limit on files' sizes forbids.
        if (FileLimit is not null)
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return start;
    }
}
