using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IdeaVote.Cli;
using IdeaVote.Server.Tests.Import;

namespace IdeaVote.Server.Tests.Golden;

/// <summary>A small world with something of everything that is kept, and what a server says of it.</summary>
internal static class GoldenWorld
{
    /// <summary>The password of the one account; worth nothing anywhere.</summary>
    public const string Password = "known to all who read this";

    private const string Email = "gold@example.com";
    private const string Root = "api/v1/campaigns/golden";
    private const int Voters = 24;
    private const int Ideas = 6;

    /// <summary>Makes the world on an empty server.</summary>
    /// <returns>A token that may vote as one of the voters.</returns>
    public static async Task<string> MakeAsync(ServerProcess server)
    {
        var admin = server.Client;
        await admin.PostAsync("api/v1/campaigns", """
            {"key":"golden","title":"Golden","brief":"Kept to be opened by later versions.","approve":{"max":4},"rate":{"criteria":[{"key":"value","weight":2},{"key":"effort","weight":1}]},
            "invest":{"budgetCredits":100},"rank":{"maxLength":4},"duel":{},"fund":{"amount":350.5,"unit":"EUR"}}
            """);
        for (var i = 0; i < Ideas; i++)
            await admin.PostAsync($"{Root}/ideas", $$"""{"title":"Idea {{i}}","body":"Words of **idea {{i}}**","reference":"R{{i}}","cost":{{100 + i}}.25,"tags":["{{(i % 2 == 0 ? "even" : "odd")}}"]}""");
        await PutAsync(admin, $"{Root}/roll", """{"entries":[{"voter":"v1","segment":"north"},{"voter":"v2","segment":"south"}]}""");
        await VoteAsync(admin, 1);
        await VoteAsync(admin, 2);
        var issued = await admin.PostAsync("api/v1/tokens", """{"name":"voter of gold","scopes":["vote"],"voter":"v3","address":"v3@example.com"}""");
        var token = issued.RootElement.GetProperty("token").GetString()!;
        using var begun = await admin.PostAsync($"{Root}/ideas/ref:R0/threads", """{"text":"A first word"}""");
        var thread = begun.RootElement.GetProperty("id").GetString()!;
        await admin.PostAsync($"{Root}/ideas/ref:R0/threads/{thread}/comments", """{"text":"A second word"}""");
        await PutAsync(admin, $"{Root}/ideas/ref:R5/merge", """{"into":"ref:R4","answer":"The same"}""");
        await PutAsync(admin, $"{Root}/ideas/ref:R3/status", """{"status":"declined","answer":"Not now"}""");
        using var visitor = new Visitor(server.Address);
        (await visitor.SendAsync("/sign-up", "/sign-up", ("name", "Gold"), ("email", Email), ("password", Password), ("to", "/"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        // Refunds and merged votes follow on their own; what is written down must be what stays.
        var before = "";
        await Eventually.TrueAsync(
            () =>
            {
                var now = DescribeAsync(server, token, null).GetAwaiter().GetResult();
                (var same, before) = (now == before, now);
                return same && now.Contains("R3 invested 0", StringComparison.Ordinal);
            },
            "refunds");
        return token;
    }

    /// <summary>What a server says of the world, a line each; the same at any time and of any version.</summary>
    /// <param name="server">The server.</param>
    /// <param name="token">The token of the voter.</param>
    /// <param name="folder">Where to keep an export to be verified; null to verify none.</param>
    public static async Task<string> DescribeAsync(ServerProcess server, string token, TempFolder? folder)
    {
        var admin = server.Client;
        var lines = new List<string>();
        foreach (var by in (string[])["approvals", "rating", "invested", "borda", "duels", "bayesian", "trending", "controversial"])
        {
            foreach (var row in await admin.LeaderboardAsync(by, "golden"))
                lines.Add($"{by} {row.GetProperty("reference")} {(by is "trending" ? "" : row.GetProperty("score"))} {row.GetProperty("votes")} {row.GetProperty("title")}");
        }
        for (var i = 0; i < Ideas; i++)
        {
            var idea = await admin.GetJsonAsync($"{Root}/ideas/ref:R{i}");
            lines.Add($"R{i} invested {idea.GetProperty("tally").GetProperty("invested")} {idea.GetProperty("status")} {idea.GetProperty("title")} {idea.GetProperty("body")} {idea.GetProperty("tags")} {idea.GetProperty("cost")}");
        }
        lines.Add($"ballot of v1 {(await admin.BallotOfAsync("v1")).GetRawText()}");
        var head = await admin.GetJsonAsync($"{Root}/head");
        lines.Add($"head {head.GetProperty("heads").GetRawText()} ballots {head.GetProperty("ballots")} kid {head.GetProperty("kid")}");
        lines.Add($"threads {(await admin.GetJsonAsync($"{Root}/ideas/ref:R0/threads")).GetProperty("items").GetArrayLength()}");
        lines.Add($"found {(await admin.GetJsonAsync($"{Root}/ideas?q=idea&limit=50")).GetProperty("items").GetArrayLength()}");
        lines.Add($"tokens {string.Join(',', (await admin.GetJsonAsync("api/v1/tokens")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()))}");
        using (var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Root}/ballot", UriKind.Relative)))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await admin.SendAsync(request);
            lines.Add($"token {(int)answer.StatusCode}");
        }
        if (folder is not null)
        {
            using var visitor = new Visitor(server.Address);
            (await visitor.SendAsync("/sign-in", "/sign-in", ("email", Email), ("password", Password), ("to", "/"))).Status.ShouldBe(HttpStatusCode.SeeOther);
            var command = new CommandLine(server.Address);
            (await command.RunAsync("export", "golden", "--output", folder.File("feed.jsonl"))).ShouldBe(ExitCodes.Done, command.Output);
            (await command.RunAsync("verify", folder.File("feed.jsonl"), "--key", server.Address.OriginalString)).ShouldBe(ExitCodes.Done, command.Output);
        }
        return string.Join('\n', lines) + "\n";
    }

    private static Task<JsonElement> BallotOfAsync(this HttpClient client, string voter) => client.GetJsonAsync($"{Root}/ballot", voter);

    private static async Task VoteAsync(HttpClient admin, int round)
    {
        var lines = new StringBuilder();
        for (var v = 0; v < Voters; v++)
        {
            string Idea(int place) => $"ref:R{(v + (place * round)) % Ideas}";
            lines.Append(JsonSerializer.Serialize(new
            {
                line = v,
                voter = $"v{v}",
                segment = v % 2 == 0 ? "north" : "south",
                approve = new[] { Idea(0), Idea(1) },
                rate = new Dictionary<string, object>(StringComparer.Ordinal) { [Idea(1)] = new { value = 1 + (v % 5), effort = 1 + (v % 3) } },
                invest = new Dictionary<string, int>(StringComparer.Ordinal) { [Idea(0)] = 10 + v, [Idea(1)] = 5 },
                rank = new[] { Idea(0), Idea(1) },
                duel = new[] { new[] { Idea(0), Idea(1) } },
            })).Append('\n');
        }
        using var content = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
        using var answer = await admin.PostAsync(new Uri($"{Root}/ballots", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("refused");
    }

    private static async Task PutAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PutAsync(new Uri(path, UriKind.Relative), content);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
