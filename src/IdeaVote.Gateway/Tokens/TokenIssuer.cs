using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Tokens;

/// <summary>Makes tokens. Only their hashes are kept.</summary>
internal sealed class TokenIssuer(TokenBook tokens, Pseudonyms pseudonyms, [FromKeyedServices(VoteClock.Key)] TimeProvider time)
{
    private const string Prefix = "iv_";
    private const int RandomBytes = 32;
    private const int MaxNameChars = 100;

    /// <summary>Checks a request and works out the record of its token, whose hash is still missing.</summary>
    /// <exception cref="ApiException">400, with the field to blame.</exception>
    public TokenRecord Check(TokenRequest request)
    {
        var name = TextRules.Line(request.Name, "name", MaxNameChars);
        var scopes = ScopeNames.ToScopes(request.Scopes);
        if (scopes == Scopes.None)
            throw Invalid("missing_field", "A token has at least one scope.", "scopes");
        var voter = request.Voter is null ? null : VoterNames.Normalise(request.Voter);
        // Beside these, a right to vote can be used with the header IdeaVote-Voter or is not what the token is for.
        var canDoMore = (scopes & (Scopes.VoteAny | Scopes.Manage | Scopes.Admin)) != Scopes.None;
        if (voter is null && (scopes & Scopes.Vote) == Scopes.Vote && !canDoMore)
            throw Invalid("voter_required", "A token that can only vote needs the voter it votes as; or give it the scope vote:any.", "voter");
        if (request.Address is not null && voter is null)
            throw Invalid("voter_required", "An address is that of a voter; name the voter too.", "voter");
        if (request.Address is not null && !Addresses.IsValid(request.Address))
            throw Invalid("invalid_address", "This is not a mail address.", "address");
        var now = Instant.From(time.GetUtcNow());
        Instant? expires = request.Expires is { } at ? Instant.From(at) : null;
        if (expires <= now)
            throw Invalid("invalid_field", "The token would have expired already.", "expires");
        return new TokenRecord(
            pseudonyms.RandomId(), [], name, scopes, voter, voter is null ? null : pseudonyms.Person(voter), request.Address, now, expires);
    }

    /// <summary>Makes the token of a record and keeps its hash, durably.</summary>
    /// <returns>The token, which nobody can ever read again.</returns>
    public async ValueTask<string> IssueAsync(TokenRecord record)
    {
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        await tokens.AddAsync(record with { Hash = SHA256.HashData(Encoding.UTF8.GetBytes(token)) }, CancellationToken.None);
        return token;
    }

    private static ApiException Invalid(string code, string detail, string field) => new(StatusCodes.Status400BadRequest, code, detail, field);
}
