namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>Reads a feed while it is being written: lines of JSON, or server-sent events.</summary>
public sealed class FeedReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage response;
    private readonly StreamReader lines;

    private FeedReader(HttpResponseMessage response, Stream stream)
    {
        this.response = response;
        lines = new StreamReader(stream);
    }

    /// <summary>The ids of the server-sent events read so far.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>How often the heart has beaten.</summary>
    public int Beats { get; private set; }

    /// <summary>Opens the feed of a campaign.</summary>
    public static async Task<FeedReader> OpenAsync(Api caller, string campaign, string query = "follow=true", string accept = "application/x-ndjson")
    {
        var response = await caller.With("Accept", accept).OpenAsync("GET", $"campaigns/{campaign}/feed?{query}");
        ((int)response.StatusCode).ShouldBe(200);
        return new FeedReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null at the end.</summary>
    public async Task<FeedLine?> NextAsync()
    {
        while (await lines.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                Ids.Add(line["id: ".Length..]);
            else if (line == ":")
                Beats++;
            else if (line.Length > 0)
                return FeedLine.Parse(line.StartsWith("data: ", StringComparison.Ordinal) ? line["data: ".Length..] : line);
        }
        return null;
    }

    /// <summary>Reads until the heart has beaten so often; no event may come before.</summary>
    public async Task UntilBeatAsync(int beats)
    {
        while (Beats < beats)
            if (await lines.ReadLineAsync().WaitAsync(Patience) == ":")
                Beats++;
    }

    /// <summary>Reads until an event is what is waited for.</summary>
    /// <returns>All events read, that one last.</returns>
    public async Task<IReadOnlyList<FeedLine>> UntilAsync(Func<FeedLine, bool> condition)
    {
        var read = new List<FeedLine>();
        while (await NextAsync() is { } line)
        {
            read.Add(line);
            if (condition(line))
                return read;
        }
        throw new InvalidOperationException("The feed ended before what was waited for.");
    }

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
