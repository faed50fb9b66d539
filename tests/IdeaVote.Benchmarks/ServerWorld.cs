using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IdeaVote.Gateway.Limits;
using IdeaVote.Server;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Benchmarks;

/// <summary>The real server on a real folder, with one campaign of many ideas named <c>ref:0</c>, <c>ref:1</c> and so on.</summary>
internal sealed class ServerWorld : IAsyncDisposable
{
    public const string AdminToken = "benchmark-token-of-more-than-32-characters";
    public const string Campaign = "api/v1/campaigns/bench";

    private readonly TempFolder folder;
    private readonly IdeaVoteServer server;

    private ServerWorld(TempFolder folder, IdeaVoteServer server)
    {
        this.folder = folder;
        this.server = server;
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(30) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
    }

    public Uri Address => server.Address();

    public HttpClient Client { get; }

    public static async Task<ServerWorld> StartAsync(
        int ideas, string methods = """ "approve":{"max":null},"rate":{"criteria":[{"key":"overall","weight":1}]} """)
    {
        var folder = new TempFolder();
        var server = await IdeaVoteServer.CreateAsync(
            new ServerOptions { DataFolder = folder.Path, Urls = "http://127.0.0.1:0", AdminToken = AdminToken, Rates = RateOptions.Off },
            builder => builder.Logging.ClearProviders());
        await server.App.StartAsync();
        var world = new ServerWorld(folder, server);
        await world.PostAsync("api/v1/campaigns", $$"""{"key":"bench","title":"Bench",{{methods}}}""");
        await Parallel.ForAsync(0, ideas, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
            await world.PostAsync($"{Campaign}/ideas", $$"""{"title":"Idea {{i}}","reference":"{{i}}"}"""));
        return world;
    }

    public async Task<string> PostAsync(string path, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var response = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{path}: {answer}");
    }

    /// <summary>A token of a voter's own.</summary>
    public async Task<string> TokenAsync(string voter)
    {
        using var answer = JsonDocument.Parse(await PostAsync("api/v1/tokens", $$"""{"name":"{{voter}}","scopes":["vote"],"voter":"{{voter}}"}"""));
        return answer.RootElement.GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }
}
