using System.Net;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests.Analysis;

/// <summary>Ways to look at pages and files.</summary>
internal static class Looking
{
    /// <summary>Opens a page or a file, and follows nothing.</summary>
    public static Task<PageView> LookAsync(this Browser browser, string path) => browser.AskAsync(HttpMethod.Get, path);

    /// <summary>Opens a page that must be there.</summary>
    /// <returns>Its HTML, with entities decoded.</returns>
    public static async Task<string> ReadAsync(this Browser browser, string path)
    {
        var seen = await browser.LookAsync(path);
        seen.Status.ShouldBe(200, seen.Html);
        return WebUtility.HtmlDecode(seen.Html);
    }

    /// <summary>Whether a browser keeps it as a file.</summary>
    public static bool IsFile(this PageView view) => view.Headers.GetValueOrDefault("Content-Disposition")?.StartsWith("attachment; filename=", StringComparison.Ordinal) == true;
}
