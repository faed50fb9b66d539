using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace IdeaVote.Benchmarks.Load;

/// <summary>The server as people run it, in a process of its own, with a campaign of many ideas named <c>ref:0</c>, <c>ref:1</c> and so on.</summary>
internal sealed class LoadWorld : IAsyncDisposable
{
    private const string Api = "api/v1/campaigns";
    private const string Campaign = $"{Api}/bench";

    private readonly TempFolder folder = new();
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(30) };
    private int lines;

    private LoadWorld(int ideas) => Ideas = ideas;

    public ServerProcess Server { get; private set; } = null!;

    /// <summary>How many ideas there are.</summary>
    public int Ideas { get; }

    /// <summary>The size of all that the server has written, in bytes.</summary>
    public long DiskBytes => new DirectoryInfo(folder.Path).EnumerateFiles().Sum(static file => file.Length);

    public static async Task<LoadWorld> StartAsync(int ideas)
    {
        var world = new LoadWorld(ideas);
        world.Server = await ServerProcess.StartAsync(
            "IdeaVote.Server.dll", ["--data", world.folder.Path, "--urls", "http://127.0.0.1:0"],
            // A few voters do here what many do elsewhere.
            ("IDEAVOTE_ADMIN_TOKEN", ServerWorld.AdminToken), ("IDEAVOTE_RATE_VOTER", "off"));
        world.client.BaseAddress = world.Server.Address;
        world.client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServerWorld.AdminToken);
        await world.PostAsync(Api, """{"key":"bench","title":"Bench","preset":"continuous","approve":{"max":null},"rate":{"criteria":[{"key":"overall","weight":1}]}}""");
        await Parallel.ForAsync(0, ideas, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
            await world.PostAsync($"{Campaign}/ideas", $$"""{"title":"Idea {{i}}","body":"What it is good for, and for whom.","reference":"{{i}}"}"""));
        return world;
    }

    /// <summary>Sends a body as the administrator.</summary>
    public async Task<string> PostAsync(string path, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{path}: {answer}");
    }

    /// <summary>New voters, each with as many approvals, all in one request.</summary>
    public async Task VoteAsync(int voters, int approvals)
    {
        var body = new StringBuilder(voters * (30 + approvals * 12));
        for (var i = 0; i < voters; i++, lines++)
        {
            body.Append(CultureInfo.InvariantCulture, $"{{\"voter\":\"v{lines}\",\"approve\":[");
            for (var vote = 0; vote < approvals; vote++)
                body.Append(CultureInfo.InvariantCulture, $"{(vote == 0 ? "" : ",")}\"ref:{(lines * 31L + vote * 977L) % Ideas}\"");
            body.Append("]}\n");
        }
        var answer = await PostAsync($"{Campaign}/ballots", body.ToString(), "application/x-ndjson");
        var counted = answer.Split('\n').Count(static line => line.Contains("\"counted\"", StringComparison.Ordinal));
        if (counted != voters)
            throw new InvalidOperationException($"{counted} of {voters} ballots were counted.");
    }

    /// <summary>Tokens of as many voters of their own.</summary>
    public async Task<string[]> TokensAsync(int count)
    {
        var tokens = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var answer = JsonDocument.Parse(await PostAsync("api/v1/tokens", $$"""{"name":"voter {{i}}","scopes":["vote"],"voter":"voter {{i}}"}"""));
            tokens[i] = answer.RootElement.GetProperty("token").GetString()!;
        });
        return tokens;
    }

    /// <summary>How many bytes an answer's body has.</summary>
    public async Task<int> BytesAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Headers.Add("IdeaVote-Voter", "measure");
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }

    /// <summary>A single rating, as the bytes of its request.</summary>
    public static byte[] Rating(string token, int idea, int stars) => Write("PUT", $"{Campaign}/ideas/ref:{idea}/rating", token, $$$"""{"scores":{"overall":{{{stars}}}}}""");

    /// <summary>A new idea.</summary>
    public static byte[] Submission(string token, long number) => Write("POST", $"{Campaign}/ideas", token, $$"""{"title":"A new idea {{number}}","body":"Words about it."}""");

    /// <summary>Something that is read, by anybody or by the administrator.</summary>
    public static byte[] Read(string path, string? token = null) => Encoding.ASCII.GetBytes($"GET /{path} HTTP/1.1\r\nHost: localhost\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}\r\n");

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Server.DisposeAsync();
        folder.Dispose();
    }

    private static byte[] Write(string method, string path, string token, string body) => Encoding.ASCII.GetBytes(
        $"{method} /{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}
