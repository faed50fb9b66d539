using System.Net;
using System.Text.Json;

namespace IdeaVote.Cli.Api;

/// <summary>Reads why the server refused.</summary>
internal static class Problems
{
    /// <summary>The exception for an answer that is no success.</summary>
    public static async Task<ApiException> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancel)
    {
        var (detail, code, field) = await BodyAsync(response, cancel);
        var status = (int)response.StatusCode;
        return new ApiException(detail ?? Fallback(response, status))
        {
            Status = status,
            Code = code,
            Field = field,
            RetryAfter = RetryAfter(response, time),
            IsTransient = response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests
                or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout,
        };
    }

    private static string Fallback(HttpResponseMessage response, int status) =>
        response.Headers.Location is { } location
            ? $"the server answers {status} and points to {location}; use that address as --url"
            : $"the server answers {status} {response.ReasonPhrase}";

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static async Task<(string? Detail, string? Code, string? Field)> BodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) != true)
            return default;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancel);
            return (Text("detail") ?? Text("title"), Text("code"), Text("field"));

            string? Text(string name) =>
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
        {
            // The status alone still says that it failed.
            return default;
        }
    }
}
