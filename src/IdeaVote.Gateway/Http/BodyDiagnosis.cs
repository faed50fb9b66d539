using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Http;

/// <summary>
/// Finds out what is wrong with a body that could not be read, by going through it a second time beside the type it
/// should have been. The reader's own messages are not made for callers and may change with its version.
/// </summary>
internal static class BodyDiagnosis
{
    private const int MaxNamedChars = 100;

    public static ApiException Of(ReadOnlySpan<byte> json, JsonTypeInfo type, Exception cause)
    {
        if (json.IsEmpty)
            return Malformed("it is empty");
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = RequestBody.MaxDepth });
            reader.Read();
            var found = Value(ref reader, type, "");
            if (found is null && reader.Read())
                found = Malformed("there is something after its end");
            return found ?? Invalid(cause);
        }
        catch (JsonException e)
        {
            return Malformed($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} is not what JSON expects there, or it is nested deeper than {RequestBody.MaxDepth}");
        }
    }

    /// <summary>Refuses null as an item of a list or as a value of a map, in a body that could be read.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c>.</exception>
    public static void CheckNulls(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = RequestBody.MaxDepth });
        reader.Read();
        if (Value(ref reader, type, "") is { } found)
            throw found;
    }

    private static ApiException? Value(ref Utf8JsonReader reader, JsonTypeInfo type, string path) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Object(ref reader, type, path),
        JsonTokenType.StartArray => Array(ref reader, type, path),
        JsonTokenType.String => Text(ref reader, path, out _),
        _ => null,
    };

    private static ApiException? Object(ref Utf8JsonReader reader, JsonTypeInfo type, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (Text(ref reader, path, out var name) is { } bad)
                return bad;
            var field = path.Length == 0 ? name : $"{path}.{name}";
            if (!seen.Add(name))
                return Problem("duplicate_field", $"The field '{Short(field)}' is there twice.", field);
            JsonTypeInfo? next = null;
            if (type.Kind == JsonTypeInfoKind.Object)
            {
                var property = type.Properties.FirstOrDefault(p => p.Name == name);
                if (property is null)
                    return Problem("unknown_field", $"There is no field '{Short(field)}' here.", field);
                next = type.Options.GetTypeInfo(property.PropertyType);
            }
            else if (type.Kind == JsonTypeInfoKind.Dictionary)
            {
                next = type.Options.GetTypeInfo(type.ElementType!);
            }
            reader.Read();
            if (type.Kind == JsonTypeInfoKind.Dictionary && IsWrongNull(ref reader, type))
                return NullProblem(field);
            if ((next is null ? Skip(ref reader) : Value(ref reader, next, field)) is { } wrong)
                return wrong;
        }
        if (type.Kind != JsonTypeInfoKind.Object)
            return null;
        var missing = type.Properties.FirstOrDefault(p => p.IsRequired && !seen.Contains(p.Name));
        if (missing is null)
            return null;
        var lacking = path.Length == 0 ? missing.Name : $"{path}.{missing.Name}";
        return Problem("missing_field", $"The field '{Short(lacking)}' is missing.", lacking);
    }

    private static ApiException? Array(ref Utf8JsonReader reader, JsonTypeInfo type, string path)
    {
        var item = type.Kind == JsonTypeInfoKind.Enumerable ? type.Options.GetTypeInfo(type.ElementType!) : null;
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var field = $"{path}[{i}]";
            if (item is not null && IsWrongNull(ref reader, type))
                return NullProblem(field);
            if ((item is null ? Skip(ref reader) : Value(ref reader, item, field)) is { } wrong)
                return wrong;
        }
        return null;
    }

    private static bool IsWrongNull(ref Utf8JsonReader reader, JsonTypeInfo type) =>
        reader.TokenType == JsonTokenType.Null && Nullable.GetUnderlyingType(type.ElementType!) is null;

    private static ApiException NullProblem(string field) => Problem("invalid_field", $"The field '{Short(field)}' must not be null.", field);

    private static ApiException? Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }

    private static ApiException? Text(ref Utf8JsonReader reader, string path, out string text)
    {
        try
        {
            text = reader.GetString()!;
            return null;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return Problem("invalid_text", "A text in the body is not valid Unicode.", path.Length == 0 ? null : path);
        }
    }

    private static ApiException Invalid(Exception cause)
    {
        var path = (cause as JsonException)?.Path;
        var field = path is { Length: > 2 } && path[1] == '.' ? path[2..] : path is { Length: > 1 } ? path[1..] : null;
        var what = field is null ? "The body" : $"The field '{Short(field)}'";
        var detail = cause is InvalidValueException ? $"{what} must be {cause.Message}." : $"{what} has the wrong type or is out of range.";
        return Problem("invalid_field", detail, field);
    }

    private static ApiException Malformed(string where) => Problem("malformed_json", $"The body is not JSON: {where}.", null);

    private static ApiException Problem(string code, string detail, string? field) =>
        new(StatusCodes.Status400BadRequest, code, detail, field is null ? null : Short(field));

    // What a caller sent is repeated only so far, lest an error become as large as the request.
    private static string Short(string name) =>
        name.Length <= MaxNamedChars ? name : string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[MaxNamedChars - 1]) ? MaxNamedChars - 1 : MaxNamedChars), "…");
}
