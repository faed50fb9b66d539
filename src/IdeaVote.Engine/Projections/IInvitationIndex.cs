using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Engine.Projections;

/// <summary>Who brought whom, and whether they have voted.</summary>
public interface IInvitationIndex : IProjection
{
    /// <summary>How many people a voter has brought, by invitations that count.</summary>
    ValueTask<Brought> BroughtByAsync(CampaignId campaign, VoterId voter, CancellationToken cancellation = default);

    /// <summary>All invitations of a campaign, also those that do not count, in the order of the voters' ids.</summary>
    ValueTask<IReadOnlyList<Invitation>> AllAsync(CampaignId campaign, CancellationToken cancellation = default);
}
