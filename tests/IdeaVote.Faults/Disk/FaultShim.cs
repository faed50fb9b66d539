using System.Diagnostics;

namespace IdeaVote.Faults.Disk;

/// <summary>The compiled <c>faultdisk.c</c>; compiled once a process, where there is a C compiler.</summary>
internal static class FaultShim
{
    private static readonly Lazy<(string? Path, string? WhyNot)> Compiled = new(Compile);

    /// <summary>The library to preload; null where it can't be made.</summary>
    public static string? Path => Compiled.Value.Path;

    /// <summary>Why there is none; null if there is one.</summary>
    public static string? WhyNot => Compiled.Value.WhyNot;

    private static (string?, string?) Compile()
    {
        if (!OperatingSystem.IsLinux())
            return (null, "The disk that fails needs Linux.");
        var library = System.IO.Path.Combine(AppContext.BaseDirectory, "faultdisk.so");
        var source = System.IO.Path.Combine(AppContext.BaseDirectory, "Disk", "faultdisk.c");
        // It gets its name when it is whole: two runs may begin at once.
        var draft = $"{library}.{Environment.ProcessId}";
        try
        {
            var start = new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O1", "-o", draft, source, "-ldl", "-lpthread"]) { UseShellExecute = false, RedirectStandardError = true };
            using var compiler = Process.Start(start)!;
            var errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
                return (null, $"The disk that fails could not be compiled: {errors.Split('\n')[0]}");
            File.Move(draft, library, overwrite: true);
            return (library, null);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, "The disk that fails needs a C compiler, cc (packages gcc and libc6-dev).");
        }
    }
}
