namespace IdeaVote.Server.Tests.Deploy;

/// <summary>Programs that not every machine has.</summary>
internal static class Tools
{
    /// <summary>Why a test that needs a program is skipped; null if the program is there.</summary>
    public static string? Missing(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)))
            ? null
            : $"Needs {program}, which this machine does not have.";
}

/// <summary>A test that asks systemd's own checks.</summary>
internal sealed class SystemdFactAttribute : FactAttribute
{
    public SystemdFactAttribute() => Skip = Tools.Missing("systemd-analyze");
}

/// <summary>A theory that has kubectl render.</summary>
internal sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute() => Skip = Tools.Missing("kubectl");
}
