using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Engine.Texts;

namespace IdeaVote.Gateway.Tests.Unit.Support;

/// <summary>An access store that has tokens and idempotency keys, in memory.</summary>
internal sealed class TokenShelf : IAccessStore
{
    private readonly List<TokenRecord> tokens = [];
    private readonly Dictionary<Id, Id> claims = [];

    /// <summary>The places on rolls that were erased, whether or not they were there.</summary>
    public List<(CampaignId Campaign, VoterId Voter)> Erased { get; } = [];

    public ValueTask AddTokenAsync(TokenRecord token, CancellationToken cancellation = default)
    {
        tokens.Add(token);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<TokenRecord>> ListTokensAsync(CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<TokenRecord>>([.. tokens]);

    public ValueTask<bool> RemoveTokenAsync(Id id, CancellationToken cancellation = default) =>
        ValueTask.FromResult(tokens.RemoveAll(token => token.Id == id) > 0);

    public ValueTask<Claim> ClaimAsync(Id key, Id fingerprint, Instant now, CancellationToken cancellation = default)
    {
        if (claims.TryAdd(key, fingerprint))
            return ValueTask.FromResult(Claim.New);
        return ValueTask.FromResult(claims[key] == fingerprint ? Claim.Repeated : Claim.Reused);
    }

    public ValueTask<byte[]> GetOrAddSecretAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<byte[]> GetOrAddSigningKeyAsync(ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<byte[]?> FindPublicationAsync(CampaignId campaign, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<byte[]> GetOrAddPublicationAsync(CampaignId campaign, ReadOnlyMemory<byte> fresh, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask PutRollAsync(CampaignId campaign, IReadOnlyCollection<RollEntry> entries, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<RollEntry?> FindOnRollAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Id>> EraseAsync(
        PersonId person, IReadOnlyCollection<(CampaignId Campaign, VoterId Voter)> voters, CancellationToken cancellation = default)
    {
        Erased.AddRange(voters);
        Id[] theirs = [.. tokens.Where(token => token.Person == person).Select(token => token.Id)];
        tokens.RemoveAll(token => token.Person == person);
        return ValueTask.FromResult<IReadOnlyList<Id>>(theirs);
    }
}
