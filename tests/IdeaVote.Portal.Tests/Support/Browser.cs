using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Portal.Tests.Support;

/// <summary>
/// A browser without scripts: it keeps cookies, follows redirects, and sends forms with the fields that the page has. Each has an address of
/// its own, because what is tried too often is counted by address.
/// </summary>
public sealed class Browser : IDisposable
{
    public const string TokenField = "__RequestVerificationToken";

    private const int MaxRedirects = 5;

    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private static int last;

    private readonly ApiHost host;
    private readonly HttpClient http;

    public Browser(ApiHost host, string language = "en")
    {
        this.host = host;
        var number = Interlocked.Increment(ref last);
        var address = new IPAddress([127, 1, (byte)(number >> 8), (byte)number]);
        http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            CookieContainer = Cookies,
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                if (OperatingSystem.IsLinux())
                    socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            DefaultRequestVersion = HttpVersion.Version11,
        };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>The page before it.</summary>
    public PageView? Page { get; private set; }

    /// <summary>Opens a page, and follows where it leads.</summary>
    public Task<PageView> GetAsync(string path) => FollowAsync(AskAsync(HttpMethod.Get, path));

    /// <summary>Fills in a form of the page before it, sends it, and follows where it leads.</summary>
    /// <param name="action">Where the form is sent.</param>
    /// <param name="fields">What is filled in; what is not stays as the page has it.</param>
    public Task<PageView> SubmitAsync(string action, params ReadOnlySpan<(string Name, string Value)> fields) => FollowAsync(SendAsync(action, fields));

    /// <summary>As <see cref="SubmitAsync"/>, without following.</summary>
    public Task<PageView> SendAsync(string action, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var form = Page.ShouldNotBeNull("No page is open.").Form(action);
        foreach (var (name, value) in fields)
        {
            form.RemoveAll(field => field.Key == name);
            form.Add(new(name, value));
        }
        return AskAsync(HttpMethod.Post, action, new FormUrlEncodedContent(form));
    }

    /// <summary>Asks for one thing, and follows nothing.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, sent as it is written.</param>
    /// <param name="content">The body.</param>
    /// <param name="header">A header line to send along, in which a browser's own cookies would be; null for none.</param>
    public async Task<PageView> AskAsync(HttpMethod method, string path, HttpContent? content = null, string? header = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Address.GetLeftPart(UriPartial.Authority) + path, in AsWritten)) { Content = content };
        if (header?.Split(": ", 2) is [var name, var value])
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToImmutableDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var cookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? set.ToImmutableArray() : [];
        return new PageView((int)response.StatusCode, path, await response.Content.ReadAsStringAsync(), headers, cookies);
    }

    /// <summary>Signs in through the form.</summary>
    public async Task<PageView> SignInAsync(string email, string password = PortalHost.Password)
    {
        await GetAsync("/sign-in");
        return await SubmitAsync("/sign-in", ("email", email), ("password", password));
    }

    /// <summary>Opens an account through the form.</summary>
    public async Task<PageView> SignUpAsync(string email, string name = "Ann", string password = PortalHost.Password)
    {
        await GetAsync("/sign-up");
        return await SubmitAsync("/sign-up", ("email", email), ("password", password), ("name", name));
    }

    /// <summary>Whether the portal knows who this is.</summary>
    public async Task<bool> IsSignedInAsync() => (await GetAsync("/")).Markup.Of("form").Any(form => form["action"] == "/sign-out");

    public void Dispose() => http.Dispose();

    private async Task<PageView> FollowAsync(Task<PageView> asked)
    {
        var page = await asked;
        for (var redirects = 0; page.Location is { } location; redirects++)
        {
            redirects.ShouldBeLessThan(MaxRedirects);
            location.ShouldStartWith("/");
            page = await AskAsync(HttpMethod.Get, location.Split('#')[0]);
        }
        return Page = page;
    }
}
