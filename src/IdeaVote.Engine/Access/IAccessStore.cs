using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Texts;

namespace IdeaVote.Engine.Access;

/// <summary>Tokens, voter rolls, idempotency keys, the server's secret, its signing key and what publications were made with. Not history: it changes in place and can be erased.</summary>
public interface IAccessStore
{
    /// <summary>The secret that ids are keyed with, 32 bytes; made at the first call and the same for ever after.</summary>
    /// <param name="fresh">32 random bytes to use if there is none yet.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<byte[]> GetOrAddSecretAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default);

    /// <summary>The private key that heads of campaigns are signed with; kept at the first call and the same for ever after.</summary>
    /// <param name="fresh">A key to keep if there is none yet: PKCS#8, 1 to <see cref="MaxSigningKeyBytes"/> bytes.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<byte[]> GetOrAddSigningKeyAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default);

    /// <summary>What a campaign's publication of its ballots was made with; null if there is none yet.</summary>
    ValueTask<byte[]?> FindPublicationAsync(CampaignId campaign, CancellationToken cancellation = default);

    /// <summary>What a campaign's publication of its ballots was made with; kept at the first call and the same for ever after.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="fresh">What to keep if there is none yet, 1 to <see cref="MaxPublicationBytes"/> bytes.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<byte[]> GetOrAddPublicationAsync(CampaignId campaign, ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default);

    /// <summary>Adds a token, durably.</summary>
    ValueTask AddTokenAsync(TokenRecord token, CancellationToken cancellation = default);

    /// <summary>All tokens, oldest first.</summary>
    ValueTask<IReadOnlyList<TokenRecord>> ListTokensAsync(CancellationToken cancellation = default);

    /// <summary>Removes a token, durably.</summary>
    /// <returns>False if there was none.</returns>
    ValueTask<bool> RemoveTokenAsync(Id id, CancellationToken cancellation = default);

    /// <summary>Adds voters to a campaign's roll, or changes their segments; all or none.</summary>
    ValueTask PutRollAsync(CampaignId campaign, IReadOnlyCollection<RollEntry> entries, CancellationToken cancellation = default);

    /// <summary>A voter's entry on a campaign's roll; null if not on it.</summary>
    ValueTask<RollEntry?> FindOnRollAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation = default);

    /// <summary>Claims an idempotency key for a request, durably, before the request is carried out.</summary>
    /// <param name="key">A hash of who calls, what is called and the key.</param>
    /// <param name="fingerprint">A keyed hash of the request's body.</param>
    /// <param name="now">The time; claims older than <see cref="ClaimLifetime"/> are forgotten.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<Claim> ClaimAsync(Id key, Id fingerprint, Instant now, CancellationToken cancellation = default);

    /// <summary>Erases a person: their tokens and their entries on the given rolls. On return no file of the store holds them.</summary>
    /// <param name="person">The person; tokens carry this.</param>
    /// <param name="voters">The person's voter ids, one a campaign.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The ids of the tokens removed.</returns>
    ValueTask<IReadOnlyList<Id>> EraseAsync(PersonId person, IReadOnlyCollection<(CampaignId Campaign, VoterId Voter)> voters, CancellationToken cancellation = default);

    /// <summary>The most bytes of a signing key.</summary>
    const int MaxSigningKeyBytes = 512;

    /// <summary>The most bytes of a publication: what a cell of every store takes.</summary>
    const int MaxPublicationBytes = 60_000;

    /// <summary>How long an idempotency key is kept.</summary>
    static readonly TimeSpan ClaimLifetime = TimeSpan.FromHours(24);
}

/// <summary>A token, without the token itself.</summary>
/// <param name="Id">Its public id, random.</param>
/// <param name="Hash">SHA-256 of the token, 32 bytes.</param>
/// <param name="Name">What the admin calls it.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="Voter">The caller's id of the voter it acts for; null for none.</param>
/// <param name="Person">The person that voter is; null for none.</param>
/// <param name="Address">That voter's confirmed address; null for none.</param>
/// <param name="Created">When it was issued.</param>
/// <param name="Expires">From when on it is refused; null for never.</param>
public sealed record TokenRecord(
    Id Id, byte[] Hash, string Name, Scopes Scopes, string? Voter, PersonId? Person, string? Address, Instant Created, Instant? Expires);

/// <summary>What a token allows. The numbers are stored: never renumber.</summary>
[Flags]
public enum Scopes : short
{
    /// <summary>Nothing beyond what anyone may.</summary>
    None = 0,

    /// <summary>To vote and submit as the token's own voter.</summary>
    Vote = 1,

    /// <summary>To vote and submit as any voter.</summary>
    VoteAny = 2,

    /// <summary>To run campaigns and answer ideas.</summary>
    Manage = 4,

    /// <summary>To see hidden scores and read the feed.</summary>
    Export = 8,

    /// <summary>Everything, and issuing tokens.</summary>
    Admin = 16,

    /// <summary>To scrape the server's metrics.</summary>
    Metrics = 32,
}

/// <summary>A voter on a campaign's roll.</summary>
/// <param name="Voter">The voter.</param>
/// <param name="Segment">The segment the voter's votes count for; null for none.</param>
public sealed record RollEntry(VoterId Voter, TermId? Segment);

/// <summary>What became of a claim.</summary>
public enum Claim
{
    /// <summary>The key is new: carry the request out.</summary>
    New,

    /// <summary>The key came with the same request before: carry it out again, it changes nothing.</summary>
    Repeated,

    /// <summary>The key came with another request before: refuse.</summary>
    Reused,
}
