namespace IdeaVote.Engine;

/// <summary>
/// The clock by which votes are in time, as a keyed service of the process: what else runs there (a cluster's runtime, the web
/// server) goes by the machine's, also where a test moves this one.
/// </summary>
public static class VoteClock
{
    /// <summary>The key of its <see cref="TimeProvider"/>.</summary>
    public const string Key = "ideavote-clock";
}
