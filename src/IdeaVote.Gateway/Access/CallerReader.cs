using System.Security.Cryptography;
using System.Text;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IdeaVote.Gateway.Access;

/// <summary>Finds out who calls from a request's headers, at the cost of one SHA-256 and one look-up.</summary>
internal sealed class CallerReader
{
    private const string Scheme = "Bearer ";
    private const int MaxTokenChars = 512;

    private readonly TokenBook tokens;
    private readonly Pseudonyms pseudonyms;
    private readonly byte[]? adminHash;
    private readonly Caller admin;

    public CallerReader(TokenBook tokens, Pseudonyms pseudonyms, GatewayOptions options)
    {
        this.tokens = tokens;
        this.pseudonyms = pseudonyms;
        adminHash = options.AdminToken is { } token ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;
        admin = new Caller(Scopes.Admin, pseudonyms.AdminToken, null, null, pseudonyms);
    }

    /// <summary>Who calls.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="failure">Why the caller is not taken; null if all is well.</param>
    public Caller Read(IHeaderDictionary headers, out CallerFailure? failure)
    {
        var caller = OfToken(headers.Authorization, out failure);
        if (failure is not null)
            return caller;
        var voter = headers[CallerHeaders.Voter];
        var address = headers[CallerHeaders.Address];
        return voter.Count == 0 && address.Count == 0 ? caller : ActFor(caller, voter, address, out failure);
    }

    private Caller OfToken(StringValues authorization, out CallerFailure? failure)
    {
        failure = null;
        if (authorization.Count == 0)
            return Caller.Anonymous;
        var header = authorization.Count == 1 ? authorization[0].AsSpan() : default;
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length <= Scheme.Length + MaxTokenChars)
        {
            Span<byte> utf8 = stackalloc byte[MaxTokenChars * 3];
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim(), utf8)], hash);
            if (adminHash is not null && CryptographicOperations.FixedTimeEquals(hash, adminHash))
                return admin;
            if (tokens.Find(hash) is { } caller)
                return caller;
        }
        failure = CallerFailure.InvalidToken;
        return Caller.Anonymous;
    }

    private Caller ActFor(Caller caller, StringValues voterHeader, StringValues addressHeader, out CallerFailure? failure)
    {
        failure = null;
        string? voter = null;
        if (voterHeader.Count > 0 && (voterHeader.Count > 1 || !VoterNames.TryNormalise(voterHeader[0], out voter)))
        {
            failure = CallerFailure.InvalidVoter;
            return caller;
        }
        if (!caller.ActsForAny)
        {
            // Naming oneself is no pretence; anything else takes trust that this token does not have.
            if (addressHeader.Count > 0 || voter is null || !string.Equals(voter, caller.Voter, StringComparison.Ordinal))
                failure = caller.Token is null ? CallerFailure.Unauthenticated : CallerFailure.NotTrusted;
            return caller;
        }
        string? address = null;
        if (addressHeader.Count > 0)
        {
            address = addressHeader.Count == 1 ? addressHeader[0] : null;
            if (!Addresses.IsValid(address))
            {
                failure = CallerFailure.InvalidAddress;
                return caller;
            }
        }
        var actsFor = voter ?? caller.Voter;
        if (actsFor is null)
        {
            failure = CallerFailure.AddressOfNobody;
            return caller;
        }
        if (address is null && string.Equals(actsFor, caller.Voter, StringComparison.Ordinal))
            return caller;
        return caller.For(actsFor, address, pseudonyms);
    }
}

/// <summary>Why a caller is not taken.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">What is wrong and the way out.</param>
/// <param name="Field">The header to blame.</param>
internal sealed record CallerFailure(int Status, string Code, string Detail, string? Field = null)
{
    public static readonly CallerFailure Unauthenticated = new(
        StatusCodes.Status401Unauthorized, "unauthenticated", "This needs a token: send 'Authorization: Bearer <token>'.");

    public static readonly CallerFailure InvalidToken = new(
        StatusCodes.Status401Unauthorized, "invalid_token", "The token is not known here, has expired or was revoked. Ask an administrator for a new one.");

    public static readonly CallerFailure Forbidden = new(
        StatusCodes.Status403Forbidden, "forbidden", "The token does not allow this.");

    public static readonly CallerFailure NotTrusted = new(
        StatusCodes.Status403Forbidden, "forbidden", "Only a token with the scope vote:any may speak of other voters and their addresses.", CallerHeaders.Voter);

    public static readonly CallerFailure InvalidVoter = new(
        StatusCodes.Status400BadRequest, "invalid_voter", $"A voter's id is 1 to {VoterNames.MaxChars} characters, none of them a control character, given once.", CallerHeaders.Voter);

    public static readonly CallerFailure InvalidAddress = new(
        StatusCodes.Status400BadRequest, "invalid_address", "This is not a mail address, or there is more than one.", CallerHeaders.Address);

    public static readonly CallerFailure AddressOfNobody = new(
        StatusCodes.Status400BadRequest, "voter_required", "Say in the header IdeaVote-Voter whose address this is.", CallerHeaders.Voter);
}
