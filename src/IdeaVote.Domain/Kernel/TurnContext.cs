using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;

namespace IdeaVote.Domain.Kernel;

/// <summary>What a turn may know besides its own aggregate and the command.</summary>
public abstract class TurnContext
{
    /// <summary>The moment of the turn.</summary>
    public abstract Instant Now { get; }

    /// <summary>The campaign the aggregate belongs to; <see cref="Campaign.None"/> if there is none.</summary>
    public abstract Campaign Campaign { get; }

    /// <summary>The status of an idea of this campaign; null if there is no such idea.</summary>
    public abstract IdeaStatus? StatusOf(IdeaId idea);
}
