using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Http;

/// <summary>Writes JSON answers of known length out of buffers kept per thread.</summary>
public static class JsonResponse
{
    /// <summary>The content type of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>The content type of JSON lines.</summary>
    public const string NdJson = "application/x-ndjson";

    // A buffer that one huge answer has grown is dropped rather than kept for ever.
    private const int KeptBytes = 256 * 1024;

    [ThreadStatic]
    private static Scratch? scratch;

    /// <summary>Writes one value as the whole answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="contentType">The content type.</param>
    public static Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type, string contentType = Json)
    {
        var own = scratch ?? new Scratch();
        // Taken off the thread while in use: a converter that answers something itself would otherwise overwrite it.
        scratch = null;
        JsonSerializer.Serialize(own.Writer, value, type);
        own.Writer.Flush();
        var length = own.Buffer.WrittenCount;

        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = length;
        response.BodyWriter.Write(own.Buffer.WrittenSpan);

        if (own.Buffer.Capacity <= KeptBytes)
        {
            own.Buffer.ResetWrittenCount();
            own.Writer.Reset();
            scratch = own;
        }
        var flushed = response.BodyWriter.FlushAsync(context.RequestAborted);
        return flushed.IsCompletedSuccessfully ? Task.CompletedTask : flushed.AsTask();
    }

    private sealed class Scratch
    {
        public Scratch()
        {
            Buffer = new ArrayBufferWriter<byte>(1024);
            // Answers are JSON by their content type and never sniffed, so only what JSON itself demands is escaped.
            Writer = new Utf8JsonWriter(Buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        }

        public ArrayBufferWriter<byte> Buffer { get; }

        public Utf8JsonWriter Writer { get; }
    }
}
