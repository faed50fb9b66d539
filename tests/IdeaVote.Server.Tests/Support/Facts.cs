using IdeaVote.Storage.Postgres.Tests.Server;

namespace IdeaVote.Server.Tests.Support;

/// <summary>A test of what only Linux does.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Needs Linux.";
    }
}

/// <summary>A test of what a user may not do; root may.</summary>
internal sealed class OrdinaryUserFactAttribute : FactAttribute
{
    public OrdinaryUserFactAttribute()
    {
        if (Environment.IsPrivilegedProcess)
            Skip = "Root may write to read-only folders and files.";
    }
}

/// <summary>A test on a small file system of its own.</summary>
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible)
            Skip = "Mounting a small file system needs Linux and its rights.";
    }
}

/// <summary>A test that starts a PostgreSQL of its own.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Looks for its programs.</summary>
    /// <param name="isThorough">Whether the test takes long besides saying little more.</param>
    public PostgresFactAttribute(bool isThorough = false) => Skip = PostgresBinaries.WhyNot ?? (isThorough ? Thorough.WhyNot : null);
}
