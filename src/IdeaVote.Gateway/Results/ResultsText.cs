using System.Text.Json.Serialization;

namespace IdeaVote.Gateway.Results;

/// <summary>What the text store keeps of a team's announcement.</summary>
/// <param name="Text">What the team says, Markdown.</param>
public sealed record ResultsText(string Text);

/// <summary>The stored form of an announcement. Stored documents outlive this version, so they may hold what it does not know.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ResultsText))]
internal sealed partial class ResultsTextJson : JsonSerializerContext;
