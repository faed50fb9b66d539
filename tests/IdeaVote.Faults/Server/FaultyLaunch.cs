using System.Diagnostics;
using IdeaVote.Faults.Disk;

namespace IdeaVote.Faults.Server;

/// <summary>How to start a server whose disk may fail.</summary>
/// <param name="Data">The data folder.</param>
internal sealed record FaultyLaunch(string Data)
{
    public const string Token = "an-admin-token-for-faults-of-44-characters-x";

    /// <summary>What the disk is told; null for an ordinary disk.</summary>
    public FaultControl? Control { get; init; }

    /// <summary>Where changes of files are written down; null for nowhere.</summary>
    public string? Trace { get; init; }

    /// <summary>The most memory for objects, in MiB; null for no limit.</summary>
    public int? HeapMib { get; init; }

    public ProcessStartInfo ToStartInfo()
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "IdeaVote.Server.dll"), "--data", Data, "--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("IDEAVOTE_JOURNAL");
        start.Environment["IDEAVOTE_ADMIN_TOKEN"] = Token;
        // The sockets that debuggers reach the runtime by lie in the temporary folder, and outlive a process that is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        if (HeapMib is { } heap)
            start.Environment["DOTNET_GCHeapHardLimit"] = $"0x{heap * 1024L * 1024:X}";
        if (Control is null)
            return start;
        start.Environment["LD_PRELOAD"] = FaultShim.Path ?? throw new InvalidOperationException(FaultShim.WhyNot);
        start.Environment["FAULTDISK_FOLDER"] = Data;
        start.Environment["FAULTDISK_CONTROL"] = Control.Path;
        if (Trace is not null)
            start.Environment["FAULTDISK_TRACE"] = Trace;
        return start;
    }
}
