using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdeaVote.Gateway.Http;

/// <summary>
/// Times as ISO 8601. A time without an offset from UTC is refused, since nobody could say which moment it means; answers
/// are in UTC, to the millisecond.
/// </summary>
public sealed class IsoTimeConverter : JsonConverter<DateTimeOffset>
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a moment; false if it is none, or has no offset from UTC.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        var hasOffset = text.EndsWith('Z') || (text.Length > 16 && text.AsSpan(16).ContainsAny('+', '-'));
        return hasOffset && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>The written form of a moment.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        return TryParse(text, out var time)
            ? time
            : throw new InvalidValueException("a time like 2026-09-01T08:00:00Z, with its offset from UTC");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Write(value));
}
