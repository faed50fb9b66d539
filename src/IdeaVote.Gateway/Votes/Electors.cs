using System.Runtime.InteropServices;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Identity;

namespace IdeaVote.Gateway.Votes;

/// <summary>A voter in one campaign with what is vouched for about them.</summary>
/// <param name="Voter">The voter.</param>
/// <param name="Credentials">What the campaign's rule asks to know.</param>
/// <param name="Segment">The segment that the voter roll gives; null if it says nothing.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Elector(VoterId Voter, Credentials Credentials, SegmentChange? Segment)
{
    /// <summary>A vote as this voter's attempt.</summary>
    /// <param name="vote">The vote.</param>
    /// <param name="expected">The version of the ballot that the voter saw; null if it does not matter.</param>
    /// <param name="id">The attempt; null for none.</param>
    public VoteCommand Attempt(VoteCommand vote, long? expected, CommandId? id) =>
        vote with { Credentials = Credentials, Segment = Segment, ExpectedVersion = expected, Id = id };
}

/// <summary>Finds out what a campaign's rule wants to know of a voter, and no more.</summary>
/// <param name="pseudonyms">Turns names into ids.</param>
/// <param name="access">Has the voter rolls.</param>
internal sealed class Electors(Pseudonyms pseudonyms, IAccessStore access)
{
    /// <summary>The voter whom a caller acts as or for.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="cancellation">Stops waiting for the roll.</param>
    /// <exception cref="Http.ApiException">400 <c>voter_required</c>.</exception>
    public ValueTask<Elector> FindAsync(CampaignView campaign, Caller caller, CancellationToken cancellation) =>
        FindAsync(campaign, caller.VoterIn(campaign.Id), caller.Address, cancellation);

    /// <summary>The voter of this name in a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="name">The caller's id of the voter, normalised.</param>
    /// <param name="address">The voter's confirmed address; null for none.</param>
    /// <param name="cancellation">Stops waiting for the roll.</param>
    public ValueTask<Elector> FindAsync(CampaignView campaign, string name, string? address, CancellationToken cancellation) =>
        FindAsync(campaign, pseudonyms.Voter(campaign.Id, name), address, cancellation);

    private ValueTask<Elector> FindAsync(CampaignView campaign, VoterId voter, string? address, CancellationToken cancellation) => campaign.State.Rules.Who switch
    {
        WhoMayVote.Roll => FindOnRollAsync(campaign.Id, voter, cancellation),
        WhoMayVote.Confirmed => ValueTask.FromResult(new Elector(voter, Confirmed(campaign.Id, address), null)),
        _ => ValueTask.FromResult(new Elector(voter, default, null)),
    };

    private Credentials Confirmed(CampaignId campaign, string? address)
    {
        if (address is null)
            return default;
        return new Credentials(AddressConfirmed: true, pseudonyms.Domain(campaign, Addresses.DomainOf(address)), OnRoll: false);
    }

    private async ValueTask<Elector> FindOnRollAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation)
    {
        var entry = await access.FindOnRollAsync(campaign, voter, cancellation);
        return new Elector(
            voter, new Credentials(false, null, OnRoll: entry is not null), entry?.Segment is { } segment ? new SegmentChange(segment) : null);
    }
}
