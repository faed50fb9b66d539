using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdeaVote.Gateway.Http;

/// <summary><see cref="IsoTimeConverter"/> for times that may be null.</summary>
public sealed class OptionalIsoTimeConverter : JsonConverter<DateTimeOffset?>
{
    private static readonly IsoTimeConverter Inner = new();

    /// <inheritdoc/>
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null : Inner.Read(ref reader, typeof(DateTimeOffset), options);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time)
            Inner.Write(writer, time, options);
        else
            writer.WriteNullValue();
    }
}
