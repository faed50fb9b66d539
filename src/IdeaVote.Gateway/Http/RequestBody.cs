using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Http;

/// <summary>Reads JSON bodies strictly and out of pooled memory; a body that is right costs no exception and no copy.</summary>
public static class RequestBody
{
    /// <summary>How deep a body may be nested.</summary>
    public const int MaxDepth = 16;

    /// <summary>Reads the body as one JSON value.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">What it must be.</param>
    /// <param name="maxBytes">The largest body taken.</param>
    /// <exception cref="ApiException">
    /// 415 <c>unsupported_media_type</c>, 413 <c>too_large</c>, 400 <c>malformed_json</c>, <c>unknown_field</c>,
    /// <c>duplicate_field</c>, <c>missing_field</c>, <c>invalid_field</c> or <c>invalid_text</c>.
    /// </exception>
    public static ValueTask<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, int maxBytes)
        where T : class
    {
        CheckHeaders(context, maxBytes);
        var reader = context.Request.BodyReader;
        if (reader.TryRead(out var read))
        {
            var buffer = read.Buffer;
            if (read.IsCompleted && buffer.IsSingleSegment && buffer.Length <= maxBytes)
                return ValueTask.FromResult(ParseAndAdvance(reader, buffer, type));
            reader.AdvanceTo(buffer.Start);
        }
        return ReadSlowlyAsync(context, type, maxBytes);
    }

    /// <summary>Reads the body's bytes, for those who need them besides what they say. Dispose it once done.</summary>
    /// <param name="context">The request; its content type must be JSON.</param>
    /// <param name="maxBytes">The largest body taken.</param>
    /// <exception cref="ApiException">415 <c>unsupported_media_type</c> or 413 <c>too_large</c>.</exception>
    public static ValueTask<PooledBody> ReadBytesAsync(HttpContext context, int maxBytes)
    {
        CheckHeaders(context, maxBytes);
        return PooledBody.ReadAsync(context, maxBytes);
    }

    /// <summary>Reads bytes as one JSON value, as strictly as <see cref="ReadAsync"/>.</summary>
    /// <exception cref="ApiException">As there.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(json, type) is { } value)
            {
                // The serializer lets null into lists of what must not be null; a body without the word has none.
                if (json.IndexOf("null"u8) >= 0)
                    BodyDiagnosis.CheckNulls(json, type);
                return value;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw BodyDiagnosis.Of(json, type, e);
        }
        throw new ApiException(StatusCodes.Status400BadRequest, "malformed_json", "The body is a JSON object, not null.");
    }

    private static T ParseAndAdvance<T>(PipeReader reader, ReadOnlySequence<byte> buffer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Parse(buffer.FirstSpan, type);
        }
        finally
        {
            reader.AdvanceTo(buffer.End);
        }
    }

    private static async ValueTask<T> ReadSlowlyAsync<T>(HttpContext context, JsonTypeInfo<T> type, int maxBytes)
        where T : class
    {
        using var body = await PooledBody.ReadAsync(context, maxBytes);
        return Parse(body.Memory.Span, type);
    }

    private static void CheckHeaders(HttpContext context, int maxBytes)
    {
        if (!IsJson(context.Request.ContentType))
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send the body as JSON in UTF-8 with 'Content-Type: application/json'.");
        if (context.Request.ContentLength > maxBytes)
            throw PooledBody.TooLarge(maxBytes);
    }

    private static bool IsJson(string? contentType)
    {
        if (contentType is null)
            return false;
        if (contentType.Length == JsonResponse.Json.Length)
            return contentType.Equals(JsonResponse.Json, StringComparison.OrdinalIgnoreCase);
        return Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var media)
            && media.MediaType.Equals(JsonResponse.Json, StringComparison.OrdinalIgnoreCase)
            && (!media.Charset.HasValue || Microsoft.Net.Http.Headers.HeaderUtilities.RemoveQuotes(media.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
