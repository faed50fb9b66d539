using System.Text.Json.Serialization;

namespace IdeaVote.Gateway.Ideas;

/// <summary>What the text store keeps of an idea, once for each revision.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its body, Markdown; may be empty.</param>
/// <param name="Tags">The names of its tags.</param>
/// <param name="Reference">What the caller calls it; null for nothing.</param>
/// <param name="Cost">The cost it was submitted with, in its first revision only: what a repeated submission is compared with.</param>
public sealed record IdeaText(string Title, string Body, IReadOnlyList<string> Tags, string? Reference, decimal? Cost = null);

/// <summary>What the text store keeps of the team's answer to an idea.</summary>
/// <param name="Answer">The answer, Markdown.</param>
public sealed record AnswerText(string Answer);

/// <summary>
/// The stored form of an idea's texts. Stored documents outlive this version, so unlike requests they may hold what it does
/// not know.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IdeaText))]
[JsonSerializable(typeof(AnswerText))]
internal sealed partial class IdeaTextJson : JsonSerializerContext;
