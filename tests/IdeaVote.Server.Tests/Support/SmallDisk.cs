using System.Diagnostics;

namespace IdeaVote.Server.Tests.Support;

/// <summary>A file system in memory that is soon full, and can be given more room.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<bool> Possible = new(Try);
    private readonly string folder;

    /// <summary>Mounts it.</summary>
    /// <param name="folder">Where to mount it.</param>
    /// <param name="size">Its size, as <c>mount</c> takes it.</param>
    public SmallDisk(string folder, string size)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={size}", "ideavote-test", folder))
            throw new InvalidOperationException($"{folder} can't be mounted.");
    }

    public static bool IsPossible => Possible.Value;

    public void Resize(string size) => Run("mount", "-o", $"remount,size={size}", folder).ShouldBeTrue();

    public void Dispose() => Run("umount", folder).ShouldBeTrue();

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return false;
        using var folder = new TempFolder();
        try
        {
            new SmallDisk(folder.Data, "64k").Dispose();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
