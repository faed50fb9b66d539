using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Gateway.Ballots;

/// <summary>Writes what became of each ballot, one line of JSON each. Not safe for concurrent use.</summary>
/// <param name="output">Where to.</param>
internal sealed class BallotResults(IBufferWriter<byte> output) : IDisposable
{
    private readonly Utf8JsonWriter json = new(
        output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>A ballot was taken.</summary>
    /// <param name="line">The line's number.</param>
    /// <param name="changed">Whether it changed anything.</param>
    public void Taken(long line, bool changed)
    {
        // By hand: this is almost every line of a large election.
        var start = "{\"line\":"u8;
        var end = changed ? ",\"status\":\"counted\"}\n"u8 : ",\"status\":\"unchanged\"}\n"u8;
        var span = output.GetSpan(start.Length + 20 + end.Length);
        start.CopyTo(span);
        Utf8Formatter.TryFormat(line, span[start.Length..], out var digits);
        end.CopyTo(span[(start.Length + digits)..]);
        output.Advance(start.Length + digits + end.Length);
    }

    /// <summary>A ballot was refused; nothing of it was counted.</summary>
    public void Refused(long line, Refusal refusal)
    {
        json.Reset();
        json.WriteStartObject();
        json.WriteNumber("line"u8, line);
        json.WriteString("status"u8, "refused"u8);
        json.WriteString("code"u8, refusal.Code);
        json.WriteString("detail"u8, refusal.Detail);
        if (refusal.Field is { } field)
            json.WriteString("field"u8, field);
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public void Dispose() => json.Dispose();
}
