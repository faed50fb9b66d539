using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Embedded;

/// <summary>What a turn may know, read from the slots: the newest state, decided a moment ago and perhaps not yet on disk.</summary>
internal sealed class LoopContext(Slots slots) : TurnContext
{
    private CampaignId campaign;
    private Instant now;

    /// <inheritdoc/>
    public override Instant Now => now;

    /// <inheritdoc/>
    public override Campaign Campaign => (Campaign)slots.Get(StreamId.Of(campaign));

    /// <inheritdoc/>
    public override IdeaStatus? StatusOf(IdeaId idea) =>
        slots.Get(StreamId.Of(campaign, idea)) is Idea { Exists: true } found ? found.Status : null;

    /// <summary>Sets the stage for one turn.</summary>
    public void Enter(CampaignId campaignOfTurn, Instant moment) => (campaign, now) = (campaignOfTurn, moment);
}
