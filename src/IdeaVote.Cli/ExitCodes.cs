namespace IdeaVote.Cli;

/// <summary>What the process answers to its caller.</summary>
internal static class ExitCodes
{
    /// <summary>All of it is done.</summary>
    public const int Done = 0;

    /// <summary>It is done except for some ballots that were refused.</summary>
    public const int SomeRefused = 1;

    /// <summary>What was to be verified does not agree.</summary>
    public const int Disagrees = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file cannot be taken or written.</summary>
    public const int File = 3;

    /// <summary>The server refused or cannot be reached.</summary>
    public const int Server = 4;

    /// <summary>Ended by Ctrl+C, as shells number it.</summary>
    public const int Cancelled = 130;
}
