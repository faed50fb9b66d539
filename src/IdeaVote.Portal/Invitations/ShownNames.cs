using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Identity;
using IdeaVote.Portal.Accounts;

namespace IdeaVote.Portal.Invitations;

/// <summary>Somebody who shows their profile.</summary>
/// <param name="Account">The account's id.</param>
/// <param name="Name">The name they show.</param>
public sealed record ShownName(string Account, string Name);

/// <summary>
/// Finds who some voters are, if they have an account and show their profile. Nothing leads from a voter to a person, so the accounts are gone
/// through the other way: the first <see cref="MaxAccounts"/>, by address.
/// </summary>
/// <param name="store">Has the accounts.</param>
/// <param name="pseudonyms">Names the voters.</param>
internal sealed class ShownNames(IAccountStore store, Pseudonyms pseudonyms)
{
    /// <summary>The most accounts that are gone through.</summary>
    public const int MaxAccounts = 20_000;

    /// <summary>The names of those of the voters who show them.</summary>
    public async ValueTask<IReadOnlyDictionary<VoterId, ShownName>> OfAsync(CampaignId campaign, IReadOnlySet<VoterId> voters, CancellationToken cancellation)
    {
        var found = new Dictionary<VoterId, ShownName>();
        string? after = null;
        for (var seen = 0; seen < MaxAccounts && found.Count < voters.Count;)
        {
            var accounts = await store.ListAsync(after, null, IAccountStore.MaxListed, cancellation);
            foreach (var account in accounts)
            {
                if (account is { HidesProfile: false, IsClosed: false } && pseudonyms.Voter(campaign, Sessions.VoterOf(account.Id)) is var voter && voters.Contains(voter))
                    found[voter] = new ShownName(account.Id.ToString(), account.Name);
            }
            if (accounts.Count < IAccountStore.MaxListed)
                break;
            (after, seen) = (accounts[^1].Email, seen + accounts.Count);
        }
        return found;
    }
}
