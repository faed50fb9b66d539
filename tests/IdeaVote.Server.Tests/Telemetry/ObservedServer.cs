using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>
/// A real server that sends what it measures to a real receiver, does a little of everything, is scraped and ends: what the tests of traces, metrics,
/// logs, dashboards and alerts all look at.
/// </summary>
public sealed partial class ObservedServer : IAsyncLifetime
{
    /// <summary>The trace that the vote belongs to, as the voter's own program names it.</summary>
    public const string VoteTrace = "0af7651916cd43dd8448eb211c80319c";

    /// <summary>The span of the voter's program.</summary>
    public const string VoteSpan = "b7ad6b7169203331";

    /// <summary>The trace of a vote that is refused.</summary>
    public const string RefusedTrace = "1bf7651916cd43dd8448eb211c80319d";

    private readonly TempFolder folder = new();

    internal OtlpReceiver Receiver { get; private set; } = null!;

    /// <summary>A scrape in Prometheus' own text.</summary>
    internal Scrape Plain { get; private set; } = null!;

    /// <summary>A scrape in OpenMetrics.</summary>
    internal Scrape Open { get; private set; } = null!;

    /// <summary>What scrapes were answered with: without a token, with one that may vote, with one that may scrape.</summary>
    internal IReadOnlyList<HttpStatusCode> ScrapeAnswers { get; private set; } = [];

    /// <summary>All that the process wrote.</summary>
    internal string Output { get; private set; } = "";

    /// <summary>What must be found nowhere: names of people and texts.</summary>
    internal static IReadOnlyList<string> Secrets { get; } = ["anna-whom-nobody-names", "berta@whom-nobody.example", "Idea number", ServerLaunch.TestToken];

    public async Task InitializeAsync()
    {
        Receiver = await OtlpReceiver.StartAsync();
        await using var server = await ServerProcess.StartAsync(new ServerLaunch(folder.Data)
        {
            Variables = new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Receiver.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test",
                ["IDEAVOTE_LOG_FORMAT"] = "json",
                // Nobody listens there.
                ["IDEAVOTE_SMTP"] = "smtp://127.0.0.1:1",
                ["IDEAVOTE_MAIL_FROM"] = "ideas@example.org",
                ["IDEAVOTE_SITE"] = "https://ideas.example.org",
            },
        });
        await ActAsync(server);
        await ScrapeAsync(server);
        (await server.TerminateAsync()).Code.ShouldBe(0);
        Output = server.Output.All;
    }

    public async Task DisposeAsync()
    {
        await Receiver.DisposeAsync();
        folder.Dispose();
    }

    private static async Task ActAsync(ServerProcess server)
    {
        var ideas = await server.Client.PrepareAsync(2);
        await VoteAsync(server, VoteTrace, ideas[0], "rating", """{"scores":{"overall":4}}""", HttpStatusCode.OK);
        await VoteAsync(server, RefusedTrace, ideas[0], "investment", """{"credits":100000}""", HttpStatusCode.Conflict);
        // Crowds share commits, and histograms need more than one measurement.
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var vote = Calls.Vote($"anna-whom-nobody-names-{i}", HttpMethod.Put, ideas[i % 2], "approval", "{}");
            using var answer = await server.Client.SendAsync(vote);
            answer.EnsureSuccessStatusCode();
        }));
        await FailToMailAsync(server);
    }

    private static async Task VoteAsync(ServerProcess server, string trace, string idea, string what, string body, HttpStatusCode expected)
    {
        using var vote = Calls.Vote("anna-whom-nobody-names", HttpMethod.Put, idea, what, body);
        vote.Headers.Add("traceparent", $"00-{trace}-{VoteSpan}-01");
        using var answer = await server.Client.SendAsync(vote);
        answer.StatusCode.ShouldBe(expected);
    }

    /// <summary>Signs somebody up, whose mail can't be sent: that is logged.</summary>
    private static async Task FailToMailAsync(ServerProcess server)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        var page = await browser.GetStringAsync(new Uri("sign-up", UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(FormToken.Match(page).Groups["token"].Value),
            ["email"] = "berta@whom-nobody.example",
            ["password"] = "correct horse battery staple",
            ["name"] = "Berta",
        });
        using var answer = await browser.PostAsync(new Uri("sign-up", UriKind.Relative), form);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task ScrapeAsync(ServerProcess server)
    {
        using var scraper = await WithTokenAsync(server, """{"name":"Prometheus","scopes":["metrics"]}""");
        using var voter = await WithTokenAsync(server, """{"name":"Voter","scopes":["vote"],"voter":"anna-whom-nobody-names"}""");
        using var nobody = ServerProcess.Connect(server.Address, null);
        var path = new Uri("metrics", UriKind.Relative);
        using var refused = await nobody.GetAsync(path);
        using var forbidden = await voter.GetAsync(path);
        // Somebody listens meanwhile.
        using var feed = await server.Client.GetAsync(new Uri($"api/v1/campaigns/{Calls.Campaign}/feed", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var plain = await scraper.GetAsync(path);
        ScrapeAnswers = [refused.StatusCode, forbidden.StatusCode, plain.StatusCode];
        plain.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        Plain = new Scrape(await plain.Content.ReadAsStringAsync(), isOpen: false);

        // As Prometheus asks.
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
        using var open = await scraper.SendAsync(request);
        open.Content.Headers.ContentType!.ToString().ShouldBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
        Open = new Scrape(await open.Content.ReadAsStringAsync(), isOpen: true);
    }

    private static async Task<HttpClient> WithTokenAsync(ServerProcess server, string body)
    {
        using var issued = await server.Client.PostAsync("api/v1/tokens", body);
        var client = ServerProcess.Connect(server.Address, null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued.RootElement.GetProperty("token").GetString());
        return client;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex FormToken { get; }
}

/// <summary>The tests that look at one such server.</summary>
[CollectionDefinition(Name)]
public sealed class ObservedServers : ICollectionFixture<ObservedServer>
{
    public const string Name = "observed server";
}
