using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace IdeaVote.Benchmarks;

/// <summary>The server as people run it, in a process of its own, with a campaign of many ideas and votes, and customers with ballots of their own.</summary>
internal sealed class PortalWorld : IAsyncDisposable
{
    public const string Page = "/c/bench";

    private const int Voters = 4_000;
    private const int VotesEach = 20;
    private const string Api = "api/v1/campaigns";

    private static readonly string[] Tags = ["calendar", "sharing", "mobile", "privacy", "search", "export", "speed", "design"];

    private readonly TempFolder folder;
    private readonly HttpClient client;

    private PortalWorld(TempFolder folder, ServerProcess server)
    {
        this.folder = folder;
        Server = server;
        client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServerWorld.AdminToken);
    }

    public ServerProcess Server { get; }

    public static async Task<PortalWorld> StartAsync(int ideas)
    {
        var folder = new TempFolder();
        var server = await ServerProcess.StartAsync(
            "IdeaVote.Server.dll", ["--data", folder.Path, "--urls", "http://127.0.0.1:0"], ("IDEAVOTE_ADMIN_TOKEN", ServerWorld.AdminToken));
        var world = new PortalWorld(folder, server);
        await world.PostAsync(Api, """
            {"key":"bench","title":"What should we build next?","brief":"We have **50,000 EUR** for the next half year.","preset":"continuous",
             "approve":{"max":50},"rate":{"criteria":[{"key":"overall","weight":1}]},"invest":{"budgetCredits":100}}
            """);
        await Parallel.ForAsync(0, ideas, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) => await world.PostAsync(
            $"{Api}/bench/ideas",
            $$"""{"title":"Idea {{i}}: a thing that many of us have missed","body":"Each week we lose an hour to **this**, and so do others. With it, the {{Tags[i % 8]}} would take care of itself, and nobody had to write to anybody about it any more, which is what we do now.","tags":["{{Tags[i % 8]}}","{{Tags[i / 8 % 8]}}"],"reference":"{{i}}"}"""));
        var ballots = new StringBuilder();
        for (var voter = 0; voter < Voters; voter++)
        {
            var chosen = Enumerable.Range(0, VotesEach).Select(vote => (voter * 7 + vote * vote * 131) % ideas).Distinct().ToArray();
            var approved = string.Join(',', chosen.Select(idea => $"\"ref:{idea}\""));
            ballots.Append(CultureInfo.InvariantCulture, $"{{\"voter\":\"{voter}\",\"approve\":[{approved}],\"rate\":{{\"ref:{chosen[0]}\":{{\"overall\":{1 + voter % 5}}}}},");
            ballots.Append(CultureInfo.InvariantCulture, $"\"invest\":{{\"ref:{chosen[1]}\":{1 + voter % 90}}}}}\n");
        }
        await world.PostAsync($"{Api}/bench/ballots", ballots.ToString(), "application/x-ndjson");
        return world;
    }

    /// <summary>Casts one vote.</summary>
    public async Task VoteAsync(int number, int ideas)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Api}/bench/ideas/ref:{number * 37 % ideas}/approval");
        request.Headers.Add("IdeaVote-Voter", $"late {number}");
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Opens an account by the form, approves some of the ideas that the page shows, and returns the page's request as that person's browser sends it.</summary>
    public async Task<byte[]> CustomerAsync(int number)
    {
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler
        {
            CookieContainer = cookies,
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellation) =>
            {
                // Who signs up too often from one address has to wait.
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(new IPAddress([127, 2, (byte)(number >> 8), (byte)(number + 1)]), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = Server.Address };
        await SendAsync(browser, await browser.GetStringAsync("/sign-up"), "/sign-up", ("name", $"Customer {number}"), ("email", $"c{number}@example.com"), ("password", "correct horse 42"));
        var page = await browser.GetStringAsync(Page);
        var shown = Between(page, "action=\"/c/bench/ideas/", "/approve\"").Select(idea => $"/c/bench/ideas/{idea}/approve").ToArray();
        for (var i = 0; i < shown.Length; i++)
            if ((number + i * 7) % 5 == 0)
                await SendAsync(browser, page, shown[i], ("approve", "yes"), ("to", Page));
        await browser.GetStringAsync(Page);
        return Request(cookies.GetCookieHeader(Server.Address));
    }

    /// <summary>The page's request as a browser sends it.</summary>
    public static byte[] Request(string? cookies) => Encoding.ASCII.GetBytes(
        $"GET {Page} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html\r\nAccept-Language: en-GB,en;q=0.9,de;q=0.6\r\n{(cookies is null ? "" : $"Cookie: {cookies}\r\n")}\r\n");

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Server.DisposeAsync();
        folder.Dispose();
    }

    private static async Task SendAsync(HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            [new("__RequestVerificationToken", Between(page, "name=\"__RequestVerificationToken\" value=\"", "\"").First()), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        using var response = await browser.PostAsync(new Uri(action, UriKind.Relative), form);
        if (response.StatusCode != HttpStatusCode.SeeOther)
            throw new InvalidOperationException($"{action}: {response.StatusCode}");
    }

    private async Task PostAsync(string path, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>All that stands in a page between two pieces of markup.</summary>
    private static IEnumerable<string> Between(string page, string before, string after)
    {
        for (var at = page.IndexOf(before, StringComparison.Ordinal); at >= 0; at = page.IndexOf(before, at, StringComparison.Ordinal))
        {
            at += before.Length;
            yield return page[at..page.IndexOf(after, at, StringComparison.Ordinal)];
        }
    }
}
