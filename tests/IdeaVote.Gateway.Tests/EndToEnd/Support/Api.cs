using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>A caller of the API: a client and the headers it sends with every request. Immutable.</summary>
public sealed class Api(HttpClient http, ImmutableArray<(string Name, string Value)> headers)
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The same caller with one more header.</summary>
    public Api With(string name, string value) => new(http, headers.Add((name, value)));

    /// <summary>The same caller with another token.</summary>
    public Api WithToken(string token) =>
        new(http, [.. headers.Where(header => header.Name != "Authorization"), ("Authorization", $"Bearer {token}")]);

    /// <summary>The same caller acting for a voter.</summary>
    public Api For(string voter) => With("IdeaVote-Voter", voter);

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path);

    public Task<Answer> DeleteAsync(string path) => SendAsync("DELETE", path);

    public Task<Answer> PostAsync(string path, string json) => SendAsync("POST", path, Json(json));

    public Task<Answer> PutAsync(string path, string? json = null) => SendAsync("PUT", path, json is null ? null : Json(json));

    public Task<Answer> PatchAsync(string path, string json) => SendAsync("PATCH", path, Json(json));

    /// <summary>Sends lines of JSON.</summary>
    public Task<Answer> LinesAsync(string method, string path, params IEnumerable<string> lines) =>
        SendAsync(method, path, Body(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), "application/x-ndjson"));

    /// <summary>Sends a request and reads its answer whole, except that of an endless stream of events.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below <c>/api/v1/</c>, or from the root if it begins with a slash; sent as it is written.</param>
    /// <param name="content">The body.</param>
    public async Task<Answer> SendAsync(string method, string path, HttpContent? content = null)
    {
        using var response = await OpenAsync(method, path, content);
        var isEndless = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        return new Answer(response, isEndless ? [] : await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Sends a request and hands its answer over once its head is there.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string method, string path, HttpContent? content = null)
    {
        var target = path.StartsWith('/') ? path : "/api/v1/" + path;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(http.BaseAddress!.GetLeftPart(UriPartial.Authority) + target, in AsWritten))
        {
            Content = content,
        };
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A body of bytes.</summary>
    public static ByteArrayContent Body(byte[] bytes, string? contentType)
    {
        var content = new ByteArrayContent(bytes);
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    private static ByteArrayContent Json(string json)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
