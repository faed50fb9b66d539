using System.Text.Json.Serialization;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Tokens;

/// <summary>Issue a token.</summary>
public sealed class TokenRequest
{
    /// <summary>What to call it, one line of 1 to 100 characters.</summary>
    public required string Name { get; set; }

    /// <summary>What it allows, at least one scope.</summary>
    public required IReadOnlyList<ScopeName> Scopes { get; set; }

    /// <summary>The voter it acts as, by the id you know them by. Needed for a token that can do no more than vote.</summary>
    public string? Voter { get; set; }

    /// <summary>That voter's confirmed mail address.</summary>
    public string? Address { get; set; }

    /// <summary>From when on it is refused, ISO 8601 with offset; null for never.</summary>
    [JsonConverter(typeof(OptionalIsoTimeConverter))]
    public DateTimeOffset? Expires { get; set; }
}

/// <summary>A token just issued. The token itself is shown this once.</summary>
public sealed class IssuedToken : TokenAnswer
{
    /// <summary>The token; send it as `Authorization: Bearer …`.</summary>
    [JsonPropertyOrder(-1)]
    public required string Token { get; init; }
}

/// <summary>A token, without the token itself.</summary>
public class TokenAnswer
{
    /// <summary>Its id, for revoking it.</summary>
    [JsonPropertyOrder(-2)]
    public required string Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it allows.</summary>
    public required IReadOnlyList<ScopeName> Scopes { get; init; }

    /// <summary>The voter it acts as; null for none.</summary>
    public required string? Voter { get; init; }

    /// <summary>That voter's confirmed mail address; null for none.</summary>
    public required string? Address { get; init; }

    /// <summary>When it was issued.</summary>
    [JsonConverter(typeof(IsoTimeConverter))]
    public required DateTimeOffset Created { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    [JsonConverter(typeof(OptionalIsoTimeConverter))]
    public required DateTimeOffset? Expires { get; init; }
}

/// <summary>All tokens, without the tokens themselves.</summary>
/// <param name="Items">Oldest first.</param>
public sealed record TokenList(IReadOnlyList<TokenAnswer> Items);

/// <summary>What a token may allow.</summary>
[JsonConverter(typeof(StrictEnumConverter<ScopeName>))]
public enum ScopeName
{
    /// <summary>To vote and submit as the token's own voter.</summary>
    Vote,

    /// <summary>To vote and submit as any voter.</summary>
    [JsonStringEnumMemberName("vote:any")]
    VoteAny,

    /// <summary>To run campaigns and answer ideas.</summary>
    Manage,

    /// <summary>To see hidden scores and read the feed.</summary>
    Export,

    /// <summary>Everything, and issuing tokens.</summary>
    Admin,

    /// <summary>To scrape the server's metrics.</summary>
    Metrics,
}

/// <summary>Scopes as callers see them and as they are kept.</summary>
internal static class ScopeNames
{
    /// <summary>The scopes a caller listed.</summary>
    public static Scopes ToScopes(IEnumerable<ScopeName> names) => names.Aggregate(Scopes.None, (all, name) => all | Of(name));

    /// <summary>The names of scopes.</summary>
    public static IReadOnlyList<ScopeName> Of(Scopes scopes) => [.. Enum.GetValues<ScopeName>().Where(name => (scopes & Of(name)) != Scopes.None)];

    /// <summary>A scope's name as callers write it.</summary>
    public static string Text(ScopeName name) => name == ScopeName.VoteAny ? "vote:any" : name.ToString().ToLowerInvariant();

    private static Scopes Of(ScopeName name) => name switch
    {
        ScopeName.Vote => Scopes.Vote,
        ScopeName.VoteAny => Scopes.VoteAny,
        ScopeName.Manage => Scopes.Manage,
        ScopeName.Export => Scopes.Export,
        ScopeName.Admin => Scopes.Admin,
        ScopeName.Metrics => Scopes.Metrics,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such scope."),
    };
}

/// <summary>The JSON of the tokens' endpoints.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(TokenList))]
public sealed partial class TokenJson : JsonSerializerContext;
