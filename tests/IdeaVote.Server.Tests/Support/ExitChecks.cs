namespace IdeaVote.Server.Tests.Support;

/// <summary>What every failing server owes its operator.</summary>
internal static class ExitChecks
{
    /// <summary>Checks that standard error holds one line for people, and not the inside of the program.</summary>
    public static void ShouldSayOneLine(this Exit exit)
    {
        exit.Errors.Trim().Split('\n').Length.ShouldBe(1, exit.Output);
        exit.Errors.Trim().ShouldNotBeEmpty(exit.Output);
        exit.Output.ShouldNotContain("   at ");
        exit.Output.ShouldNotContain("Unhandled");
    }
}
