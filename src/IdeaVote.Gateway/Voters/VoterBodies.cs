using System.Text.Json.Serialization;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Voters;

/// <summary>Add voters to a campaign's roll.</summary>
public sealed class RollRequest
{
    /// <summary>The voters, 1 to 100,000.</summary>
    public required IReadOnlyList<RollLine> Entries { get; set; }
}

/// <summary>A voter on the roll.</summary>
public sealed class RollLine
{
    /// <summary>The id you know the voter by, 1 to 200 characters.</summary>
    public required string Voter { get; set; }

    /// <summary>The segment the voter's votes count for, 1 to 100 characters; null for none.</summary>
    public string? Segment { get; set; }
}

/// <summary>How many entries were taken.</summary>
/// <param name="Entries">How many there were in the request.</param>
public sealed record RollAnswer(int Entries);

/// <summary>Say what you know of a voter; an absent field stays as it is, null takes it away.</summary>
public sealed class VoterRequest
{
    /// <summary>The segment the voter's votes count for, 1 to 100 characters.</summary>
    public string? Segment
    {
        get;
        set => (field, GivesSegment) = (value, true);
    }

    /// <summary>What else is known of the voter, all of it: at most 50 names of 100 and values of 1,000 characters.</summary>
    public IReadOnlyDictionary<string, string>? Attributes
    {
        get;
        set => (field, GivesAttributes) = (value, true);
    }

    /// <summary>Whether the caller said anything of the segment, be it null.</summary>
    internal bool GivesSegment { get; private set; }

    /// <summary>Whether the caller said anything of the attributes, be it null.</summary>
    internal bool GivesAttributes { get; private set; }
}

/// <summary>What is known of a voter.</summary>
/// <param name="Voter">The id you know the voter by.</param>
/// <param name="Attributes">What is known of the voter; null for nothing.</param>
public sealed record VoterAnswer(string Voter, IReadOnlyDictionary<string, string>? Attributes);

/// <summary>What the text store keeps of a voter.</summary>
/// <param name="Attributes">What is known of the voter.</param>
public sealed record VoterText(IReadOnlyDictionary<string, string> Attributes);

/// <summary>The JSON of the voters' endpoints.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(RollRequest))]
[JsonSerializable(typeof(RollLine))]
[JsonSerializable(typeof(RollAnswer))]
[JsonSerializable(typeof(VoterRequest))]
[JsonSerializable(typeof(VoterAnswer))]
public sealed partial class VoterJson : JsonSerializerContext;

/// <summary>The stored form of what is known of a voter; it may hold what this version does not know.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VoterText))]
internal sealed partial class VoterTextJson : JsonSerializerContext;
