using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdeaVote.Cli.Api;

/// <summary>How the API's JSON is written and read. Members of answers that may be absent have a default.</summary>
internal static class ApiJson
{
    private const string Unreadable = "the server's answer is not what the IdeaVote API gives; check --url";

    /// <summary>camelCase; absent rather than null; letters of all languages as they are.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>An answer as a type.</summary>
    /// <exception cref="ApiException">The answer is something else.</exception>
    public static T Read<T>(JsonElement json)
    {
        try
        {
            return json.Deserialize<T>(Options) ?? throw new ApiException(Unreadable);
        }
        catch (JsonException)
        {
            throw new ApiException(Unreadable);
        }
    }

}
