using System.Text.Json.Serialization;

namespace IdeaVote.Gateway.Campaigns;

/// <summary>What the text store keeps of a campaign: everything that events speak of by number or hash only.</summary>
/// <param name="Key">Its slug.</param>
/// <param name="Title">Its title.</param>
/// <param name="Brief">Its brief, Markdown; may be empty.</param>
/// <param name="Stages">The stages' names, in order.</param>
/// <param name="Criteria">The criteria's keys, in the order of their numbers in events.</param>
/// <param name="Unit">The unit of the fund and of costs; null if there is no fund.</param>
/// <param name="Domains">The mail domains taken, in lower case.</param>
public sealed record CampaignText(
    string Key, string Title, string Brief, IReadOnlyList<string> Stages, IReadOnlyList<string> Criteria, string? Unit, IReadOnlyList<string> Domains);

/// <summary>
/// The stored form of a campaign's text. Stored documents outlive this version, so unlike requests they may hold what it
/// does not know.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CampaignText))]
internal sealed partial class CampaignTextJson : JsonSerializerContext;
