using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Ballots;

/// <summary>One line of ballots. Ideas are named by their ids or as <c>ref:</c> and their reference.</summary>
/// <param name="Voter">The caller's id of the voter.</param>
/// <param name="Line">The number the result will carry; absent for the line's place in the body.</param>
/// <param name="Segment">The voter's segment; null for none, absent to leave it.</param>
/// <param name="Address">The voter's confirmed address, if the caller vouches for one.</param>
/// <param name="Approve">The ideas approved.</param>
/// <param name="Rate">The stars, by idea and criterion.</param>
/// <param name="Invest">The credits, by idea.</param>
internal sealed record BallotLineBody(
    string Voter,
    long? Line = null,
    string? Segment = null,
    string? Address = null,
    IReadOnlyList<string>? Approve = null,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>? Rate = null,
    IReadOnlyDictionary<string, int>? Invest = null);

/// <summary>What became of one line.</summary>
/// <param name="Line">The line's number.</param>
/// <param name="Status"><c>counted</c>, <c>unchanged</c> or <c>refused</c>.</param>
/// <param name="Code">Why it was refused, a stable code.</param>
/// <param name="Detail">Why it was refused and the way out.</param>
/// <param name="Field">The field to blame, if one is.</param>
internal sealed record BallotResultBody(long Line, string Status, string? Code = null, string? Detail = null, string? Field = null);

/// <summary>The lines of ballots and of their results, for the API's description; both are read and written by hand.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(BallotLineBody))]
[JsonSerializable(typeof(BallotResultBody))]
internal sealed partial class BallotsJson : JsonSerializerContext;
