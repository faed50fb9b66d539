using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace IdeaVote.Storage.Sqlite.Tests.Support;

/// <summary>
/// Lets the calling thread open files with no more rights than anybody has, so that tests of missing rights also mean
/// something where everything runs as root. Linux keeps this a thread, not a process: nothing may be awaited within.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ReadOnlyRights : IDisposable
{
    private const uint Nobody = 65_534;

    private readonly bool isRoot = Environment.IsPrivilegedProcess;

    public ReadOnlyRights()
    {
        if (isRoot)
            _ = SetFileUser(Nobody);
    }

    public void Dispose()
    {
        if (isRoot)
            _ = SetFileUser(0);
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileUser(uint user);
}
