using System.Net;
using System.Text.RegularExpressions;

namespace IdeaVote.Server.Tests.Support;

/// <summary>Somebody with a browser at the portal, who keeps cookies and sends forms with what their page hides in them.</summary>
internal sealed partial class Visitor(Uri address) : IDisposable
{
    private readonly CookieContainer cookies = new();
    private HttpClient? client;

    /// <summary>The values of the cookies.</summary>
    public IEnumerable<string> Cookies => cookies.GetAllCookies().Select(cookie => cookie.Value);

    /// <summary>The values of the forms' tokens that were seen.</summary>
    public HashSet<string> FormTokens { get; } = new(StringComparer.Ordinal);

    private HttpClient Client => client ??= new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false })
    {
        BaseAddress = address,
        Timeout = Eventually.Patience,
    };

    /// <summary>Looks at a page.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Sends a form of a page.</summary>
    /// <returns>The status, and the page that is the answer.</returns>
    public async Task<(HttpStatusCode Status, string Markup)> SendAsync(string page, string form, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await GetAsync(page)).Groups["value"].Value;
        FormTokens.Add(token);
        using var content = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var response = await Client.PostAsync(new Uri(form, UriKind.RelativeOrAbsolute), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => client?.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Token();
}
