using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>A ranking of a campaign's ideas.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="By">What it ranks by: approvals, rating or invested.</param>
/// <param name="Position">A position of the feed that it includes.</param>
/// <param name="Rows">The best ideas, best first.</param>
internal sealed record LeaderboardBody(string Campaign, string By, string Position, IReadOnlyList<RankedIdea> Rows);

/// <summary>One idea's place.</summary>
/// <param name="Rank">1 for the best; ties share a rank: 1, 2, 2, 4.</param>
/// <param name="Idea">The idea's id.</param>
/// <param name="Reference">What the caller who submitted it calls it; null for nothing.</param>
/// <param name="Title">Its title; null if the text was erased.</param>
/// <param name="Score">The approvals, the mean of the stars, or the credits; null while no vote gives it one.</param>
/// <param name="Votes">How many voters the score rests on.</param>
internal sealed record RankedIdea(int Rank, string Idea, string? Reference, string? Title, decimal? Score, int Votes);

/// <summary>The bodies of leaderboards.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(LeaderboardBody))]
[JsonSerializable(typeof(RankedIdea))]
internal sealed partial class LeaderboardJson : JsonSerializerContext;
