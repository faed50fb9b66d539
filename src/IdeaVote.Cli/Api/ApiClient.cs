using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace IdeaVote.Cli.Api;

/// <summary>Speaks to one IdeaVote server on behalf of one token, repeating what failed for the moment.</summary>
/// <param name="http">Does the sending; not disposed here.</param>
/// <param name="server">The server's address, without the API's path.</param>
/// <param name="token">The bearer token; null to send none.</param>
/// <param name="time">The clock.</param>
/// <param name="backoff">How to repeat.</param>
internal sealed class ApiClient(HttpClient http, Uri server, string? token, TimeProvider time, Backoff backoff)
{
    private const string NdJson = "application/x-ndjson";

    private readonly Uri root = new(server.AbsoluteUri.TrimEnd('/') + "/api/v1/");

    // Whatever this client wrote, its later requests shall see.
    private string? written;

    /// <summary>How this client repeats what failed for the moment.</summary>
    public Backoff Backoff { get; } = backoff;

    /// <summary>Reads a resource.</summary>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<T> GetAsync<T>(string path, CancellationToken cancel) =>
        JsonAsync<T>(() => new HttpRequestMessage(HttpMethod.Get, path), cancel);

    /// <summary>Creates a resource, once however often it has to be sent.</summary>
    /// <param name="path">The path below the API's root.</param>
    /// <param name="body">What to create.</param>
    /// <param name="scope">The same body in the same scope is the same request, also in a later run.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<T> PostAsync<T>(string path, object body, string scope, CancellationToken cancel)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ApiJson.Options);
        var key = IdempotencyKey.Of(scope, json);
        return JsonAsync<T>(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(json) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Headers.Add("Idempotency-Key", key);
                return request;
            },
            cancel);
    }

    /// <summary>Removes a resource.</summary>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task DeleteAsync(string path, CancellationToken cancel) =>
        Backoff.RunAsync(
            async () =>
            {
                using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), cancel);
                return response.StatusCode;
            },
            cancel);

    /// <summary>Posts lines and gives the answer's lines while they come. One try; the caller repeats.</summary>
    /// <exception cref="ApiException">The server refused, cannot be reached, or the connection broke.</exception>
    public IAsyncEnumerable<string> PostLinesAsync(string path, NdJsonContent lines, string idempotencyKey, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = lines };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return LinesAsync(request, cancel);
    }

    /// <summary>Reads a stream of lines from a position on. One try; the caller repeats.</summary>
    /// <exception cref="ApiException">The server refused, cannot be reached, or the connection broke.</exception>
    public IAsyncEnumerable<string> GetLinesAsync(string path, string? after, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (after is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", after);
        return LinesAsync(request, cancel);
    }

    /// <summary>Copies a text of any length. Repeats the asking, but not what has begun to come.</summary>
    /// <param name="path">The path below the API's root.</param>
    /// <param name="output">Where to.</param>
    /// <param name="copied">Told how many characters more have been written.</param>
    /// <param name="cancel">Ends the copying.</param>
    /// <exception cref="ApiException">The server refused, cannot be reached, or the connection broke.</exception>
    public async Task CopyAsync(string path, TextWriter output, Action<int> copied, CancellationToken cancel)
    {
        using var response = await Backoff.RunAsync(() => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancel), cancel);
        using var reader = new StreamReader(await Reach(() => response.Content.ReadAsStreamAsync(cancel), cancel));
        var buffer = new char[16 * 1024];
        while (await Reach(() => reader.ReadAsync(buffer, cancel).AsTask(), cancel) is > 0 and var length)
        {
            await output.WriteAsync(buffer.AsMemory(0, length), cancel);
            copied(length);
        }
    }

    /// <summary>Downloads a file. One try; the caller repeats.</summary>
    /// <param name="path">The path below the API's root.</param>
    /// <param name="output">Where to.</param>
    /// <param name="copied">Told how many bytes more have come.</param>
    /// <param name="cancel">Ends the download.</param>
    /// <exception cref="ApiException">The server refused, cannot be reached, or the connection broke.</exception>
    public async Task DownloadAsync(string path, Stream output, Action<int> copied, CancellationToken cancel)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancel);
        await using var input = await Reach(() => response.Content.ReadAsStreamAsync(cancel), cancel);
        var buffer = new byte[64 * 1024];
        while (await Reach(() => input.ReadAsync(buffer, cancel).AsTask(), cancel) is > 0 and var length)
        {
            await output.WriteAsync(buffer.AsMemory(0, length), cancel);
            copied(length);
        }
    }

    private async IAsyncEnumerable<string> LinesAsync(
        HttpRequestMessage request,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(NdJson));
        using var response = await SendAsync(request, cancel);
        using var reader = new StreamReader(await Reach(() => response.Content.ReadAsStreamAsync(cancel), cancel));
        while (await Reach(() => reader.ReadLineAsync(cancel).AsTask(), cancel) is { } line)
        {
            if (line.Length > 0)
                yield return line;
        }
    }

    private Task<T> JsonAsync<T>(Func<HttpRequestMessage> request, CancellationToken cancel) =>
        Backoff.RunAsync(
            async () =>
            {
                using var response = await SendAsync(request(), cancel);
                try
                {
                    return await Reach(() => response.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancel), cancel)
                        ?? throw new ApiException(NotTheApi());
                }
                catch (Exception e) when (e is JsonException or InvalidOperationException)
                {
                    throw new ApiException(NotTheApi());
                }
            },
            cancel);

    private string NotTheApi() => $"{server} answers, but not as the IdeaVote API does; check --url";

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            request.RequestUri = new Uri(root, request.RequestUri!);
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (written is not null)
                request.Headers.TryAddWithoutValidation("IdeaVote-After", written);
            var response = await Reach(() => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel), cancel);
            if (response.Headers.TryGetValues("IdeaVote-Position", out var positions))
                written = positions.Last();
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw await Problems.ReadAsync(response, time, cancel);
        }
    }

    // Every way a connection can fail ends as one exception that says so and may be repeated.
    private async Task<T> Reach<T>(Func<Task<T>> action, CancellationToken cancel)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            var reason = e is OperationCanceledException ? "no answer in time" : e.Message;
            throw new ApiException($"cannot reach {server}: {reason}") { IsTransient = true };
        }
    }
}
