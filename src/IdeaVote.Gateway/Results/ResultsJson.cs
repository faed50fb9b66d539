using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Leaderboard;

namespace IdeaVote.Gateway.Results;

/// <summary>A result to announce.</summary>
/// <param name="Text">What the team says, Markdown, 1 to 20,000 characters.</param>
/// <param name="Chosen">The ideas chosen, at most 100, in the team's order, each by its id or <c>ref:</c> and its reference; empty if none was.</param>
/// <param name="By">The ranking by which ideas are shown; null for the first whose method is on.</param>
internal sealed record AnnouncementBody(string Text, IReadOnlyList<string> Chosen, string? By = null);

/// <summary>The result of a campaign.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Title">The campaign's title.</param>
/// <param name="AnnouncedAt">When it was first announced.</param>
/// <param name="CorrectedAt">When it was last corrected; null for never.</param>
/// <param name="VotingOver">Whether voting is over now; the team may have opened it again.</param>
/// <param name="Text">What the team says, Markdown.</param>
/// <param name="By">The ranking by which ideas are shown.</param>
/// <param name="Voters">How many people voted; null while scores are hidden.</param>
/// <param name="Ideas">How many ideas everybody may see.</param>
/// <param name="Comments">How many comments they have.</param>
/// <param name="Chosen">The ideas chosen, in the team's order.</param>
/// <param name="PassedOver">The best of those that rank above a chosen idea and were not chosen, at most 20; none while scores are hidden.</param>
/// <param name="PassedOverCount">How many there are in all.</param>
internal sealed record ResultsBody(
    string Campaign, string Title, DateTimeOffset AnnouncedAt, DateTimeOffset? CorrectedAt, bool VotingOver, string Text, string By, int? Voters, int Ideas, int Comments,
    IReadOnlyList<ResultIdea> Chosen, IReadOnlyList<ResultIdea> PassedOver, int PassedOverCount);

/// <summary>An idea in a result.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title; null if it was erased, or if nobody may see it any more.</param>
/// <param name="Status">Its status now.</param>
/// <param name="Answer">The team's answer, Markdown; null for none.</param>
/// <param name="Cost">What it would cost, in the campaign's unit; null if unknown.</param>
/// <param name="Place">Its place in the ranking; null while scores are hidden, or if it is out of the race.</param>
internal sealed record ResultIdea(string Id, string? Title, string Status, string? Answer, decimal? Cost, RankedIdea? Place);

/// <summary>The bodies of results.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth,
    Converters = [typeof(ExactDecimalConverter), typeof(IsoTimeConverter), typeof(OptionalIsoTimeConverter)])]
[JsonSerializable(typeof(AnnouncementBody))]
[JsonSerializable(typeof(ResultsBody))]
internal sealed partial class ResultsJson : JsonSerializerContext;
