using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.News;

/// <summary>Something that is news to a voter.</summary>
/// <param name="Kind">status, results, reply, comment or hidden.</param>
/// <param name="At">When it happened.</param>
/// <param name="Idea">The idea's id; null for a result.</param>
/// <param name="Title">The idea's title; null for a result, or if nobody may read it any more.</param>
/// <param name="Status">Of `status`: what it is since then.</param>
/// <param name="Was">Of `status`: what it was before; the same if the team answered only.</param>
/// <param name="Own">Of `status`: whether the idea is the voter's own; null for others.</param>
/// <param name="CreditsReturned">Of `status`: how many credits came back with it; null for none.</param>
/// <param name="Text">What the team answered or announced, or somebody commented, Markdown; null for nothing.</param>
/// <param name="Thread">Of a comment: its thread.</param>
/// <param name="Comment">Of a comment: its id.</param>
/// <param name="ByTeam">Of a comment: whether the team wrote it.</param>
/// <param name="Reason">Of `hidden`: why the team hid the voter's comment.</param>
internal sealed record NewsBody(
    string Kind, DateTimeOffset At, string? Idea, string? Title, string? Status = null, string? Was = null, bool? Own = null, int? CreditsReturned = null, string? Text = null,
    string? Thread = null, string? Comment = null, bool? ByTeam = null, string? Reason = null);

/// <summary>What is news to a voter.</summary>
/// <param name="Items">The news, the newest first.</param>
internal sealed record NewsList(IReadOnlyList<NewsBody> Items);

/// <summary>The bodies of news.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(IsoTimeConverter)])]
[JsonSerializable(typeof(NewsList))]
internal sealed partial class NewsJson : JsonSerializerContext;
