using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Texts;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Access;

/// <summary>Who calls, and for whom.</summary>
/// <param name="scopes">What the caller's token allows.</param>
/// <param name="token">The token's public id; null for an anonymous caller.</param>
/// <param name="voter">The voter the caller acts as or for, normalised; null for none.</param>
/// <param name="address">That voter's confirmed address; null for none.</param>
/// <param name="pseudonyms">Names the person; null for a caller without a voter.</param>
public sealed class Caller(Scopes scopes, Id? token, string? voter, string? address, Pseudonyms? pseudonyms)
{
    /// <summary>Somebody without a token.</summary>
    public static readonly Caller Anonymous = new(Scopes.None, null, null, null, null);

    private PersonId? person;
    private Known? last;

    /// <summary>What the caller's token allows.</summary>
    public Scopes Scopes { get; } = scopes;

    /// <summary>The token's public id; null for an anonymous caller.</summary>
    public Id? Token { get; } = token;

    /// <summary>The voter the caller acts as or for, normalised; null for none.</summary>
    public string? Voter { get; } = voter;

    /// <summary>That voter's confirmed address; null for none.</summary>
    public string? Address { get; } = address;

    /// <summary>The person that voter is; null for none. Only made when asked for: a vote has no use for it.</summary>
    public PersonId? Person => Voter is null ? null : person ??= pseudonyms?.Person(Voter);

    /// <summary>
    /// The voter's id in a campaign. The last one is remembered, for a token is used again and again in the same campaign.
    /// </summary>
    /// <param name="campaign">The campaign.</param>
    /// <exception cref="ApiException">400 <c>voter_required</c>.</exception>
    public VoterId VoterIn(CampaignId campaign)
    {
        var known = last;
        if (known is null || known.Campaign != campaign)
            last = known = new Known(campaign, pseudonyms!.Voter(campaign, RequireVoter()));
        return known.Voter;
    }

    /// <summary>Whether the caller may act for any voter and is therefore trusted to speak of them.</summary>
    public bool ActsForAny => Has(Scopes.VoteAny);

    /// <summary>The same caller acting for a voter.</summary>
    internal Caller For(string actsFor, string? confirmedAddress, Pseudonyms names) => new(Scopes, Token, actsFor, confirmedAddress, names);

    /// <summary>The caller as a member of the team, for commands that record who acted; null for an anonymous caller.</summary>
    public ActorId? Actor => Token is { } token ? new ActorId(token) : null;

    /// <summary>Whether the token allows any of <paramref name="anyOf"/>; admin allows everything.</summary>
    public bool Has(Scopes anyOf) => (Scopes & (anyOf | Scopes.Admin)) != Scopes.None;

    /// <summary>Names the caller and whom they act for, for keys that must not be shared; not for showing.</summary>
    public string Name => $"{Token}/{Voter}";

    /// <summary>The voter the caller acts as or for.</summary>
    /// <exception cref="ApiException">400 <c>voter_required</c>.</exception>
    public string RequireVoter() => Voter ?? throw new ApiException(
        StatusCodes.Status400BadRequest, "voter_required", "Say in the header IdeaVote-Voter which voter you act for, or use a token that is bound to a voter.", CallerHeaders.Voter);

    // One object, so that a request never reads one campaign with the voter of another.
    private sealed record Known(CampaignId Campaign, VoterId Voter);
}

/// <summary>The headers with which a trusted caller speaks of a voter.</summary>
public static class CallerHeaders
{
    /// <summary>The voter the caller acts for.</summary>
    public const string Voter = "IdeaVote-Voter";

    /// <summary>That voter's confirmed address.</summary>
    public const string Address = "IdeaVote-Voter-Address";
}

/// <summary>Finds the caller of a request.</summary>
public static class CallerExtensions
{
    /// <summary>Who calls; <see cref="Access.Caller.Anonymous"/> without a token.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Access.Caller.Anonymous;
}
