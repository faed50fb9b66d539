using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdeaVote.Gateway.Http;

/// <summary>Enums as words in camel case; never as numbers, which are no part of the contract.</summary>
public sealed class StrictEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
