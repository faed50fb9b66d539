using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdeaVote.Gateway.Http;

/// <summary>
/// JSON shared by all features. Each feature has its own context beside its bodies, with these same options, so that every
/// body is read strictly: names in camel case and exact, none unknown, none twice, none null that must not be.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(ProblemBody))]
public sealed partial class GatewayJson : JsonSerializerContext;
