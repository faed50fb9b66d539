using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdeaVote.Gateway.Http;

/// <summary>An enum's words, for those who describe it.</summary>
internal interface IWords
{
    /// <summary>All words, in the order of the enum.</summary>
    IReadOnlyList<string> Words { get; }
}

/// <summary>
/// Enums as words in camel case, or as their <see cref="JsonStringEnumMemberNameAttribute"/> says; never as numbers, which are
/// no part of the contract. A wrong word is answered with the right ones.
/// </summary>
public sealed class StrictEnumConverter<T> : JsonConverter<T>, IWords
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();
    private static readonly string[] Names = [.. Values.Select(NameOf)];

    IReadOnlyList<string> IWords.Words => Names;

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            for (var i = 0; i < Names.Length; i++)
                if (reader.ValueTextEquals(Names[i]))
                    return Values[i];
        throw new InvalidValueException($"one of {string.Join(", ", Names)}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Names[Array.IndexOf(Values, value)]);

    private static string NameOf(T value)
    {
        var member = value.ToString();
        return typeof(T).GetField(member)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(member);
    }
}
