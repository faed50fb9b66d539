namespace IdeaVote.Browser;

/// <summary>The browser of this machine. It is installed by the machine's own packages, never downloaded by a test.</summary>
internal static class Chromium
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

    /// <summary>Where it is; null if there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("IDEAVOTE_CHROMIUM") is { Length: > 0 } given ? given : Array.Find(Places, File.Exists);
}

/// <summary>A test in a real browser; skipped, and saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Looks for the browser.</summary>
    /// <param name="isThorough">Whether the test takes long besides saying little more.</param>
    public BrowserFactAttribute(bool isThorough = false)
    {
        if (Chromium.Path is null)
            Skip = "There is no Chromium on this machine (Debian: apt install chromium), and IDEAVOTE_CHROMIUM names none.";
        else if (isThorough && Thorough.WhyNot is { } why)
            Skip = why;
    }
}

/// <summary>As <see cref="BrowserFactAttribute"/>, for tests of several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for the browser.</summary>
    /// <param name="isThorough">Whether the test takes long besides saying little more.</param>
    public BrowserTheoryAttribute(bool isThorough = false) => Skip = new BrowserFactAttribute(isThorough).Skip;
}
