using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace IdeaVote.Server.Tests.Limits;

/// <summary>A real server turns away who asks too often, one address at a time, as its proxy names them.</summary>
public class RateTests
{
    // So slow that nothing is given back while a test runs.
    private static readonly Dictionary<string, string> Slow = new(StringComparer.Ordinal)
    {
        ["IDEAVOTE_RATE_ADDRESS"] = "0.01/5",
        ["IDEAVOTE_RATE_VOTER"] = "0.01/3",
        ["IDEAVOTE_RATE_WRONG_TOKENS"] = "0.01/2",
        ["IDEAVOTE_PROXIES"] = "127.0.0.0/8",
    };

    [Fact]
    public async Task Addresses_tokens_and_guesses_have_rates_of_their_own()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(new ServerLaunch(folder.Data) { Variables = Slow });
        using var anyone = ServerProcess.Connect(server.Address, token: null);
        using var created = await server.Client.PostAsync("api/v1/tokens", """{"name":"ann","scopes":["vote"],"voter":"ann"}""");
        var token = created.RootElement.GetProperty("token").GetString()!;

        // An address without a token.
        for (var i = 0; i < 5; i++)
            (await AskAsync("203.0.113.7")).ShouldBe((200, null));
        (await AskAsync("203.0.113.7")).ShouldBe((429, "rate_limited"));
        (await AskAsync("203.0.113.8")).ShouldBe((200, null), "another address is not concerned");
        (await AskAsync("198.51.100.1, 203.0.113.7")).ShouldBe((429, "rate_limited"), "what the address itself says of others is not believed");
        (await AskAsync("203.0.113.7", path: "healthz/ready")).ShouldBe((200, null));
        (await AskAsync("203.0.113.7", ServerLaunch.TestToken, "api/v1/tokens")).ShouldBe((200, null), "who may do more is not counted with who may not");

        // A token, wherever it is used.
        for (var i = 0; i < 3; i++)
            (await AskAsync($"203.0.113.{20 + i}", token)).ShouldBe((200, null));
        (await AskAsync("203.0.113.30", token)).ShouldBe((429, "rate_limited"));

        // Guessing.
        for (var i = 0; i < 2; i++)
            (await AskAsync("203.0.113.40", $"guess-{i}")).ShouldBe((401, "invalid_token"));
        (await AskAsync("203.0.113.40", "guess-3")).ShouldBe((429, "rate_limited"));
        (await AskAsync("203.0.113.40", ServerLaunch.TestToken)).ShouldBe((429, "rate_limited"), "a right guess is not looked at either");
        (await AskAsync("203.0.113.41", ServerLaunch.TestToken)).ShouldBe((200, null));

        async Task<(int Status, string? Code)> AskAsync(string from, string? with = null, string path = "api/v1/campaigns")
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.Add("X-Forwarded-For", from);
            if (with is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", with);
            using var response = await anyone.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                response.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
            return response.IsSuccessStatusCode
                ? ((int)response.StatusCode, null)
                : ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Nobody_is_believed_about_addresses_who_is_no_known_proxy()
    {
        using var folder = new TempFolder();
        var environment = new Dictionary<string, string>(Slow, StringComparer.Ordinal) { ["IDEAVOTE_PROXIES"] = "10.0.0.0/8" };
        await using var server = await ServerProcess.StartAsync(new ServerLaunch(folder.Data) { Variables = environment });
        using var anyone = ServerProcess.Connect(server.Address, token: null);
        anyone.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        for (var i = 0; i < 10; i++)
        {
            using var response = await anyone.GetAsync(new Uri("api/v1/campaigns", UriKind.Relative));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }
}
