using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Engine.Partitions;

/// <summary>What a turn may know, read from a follower's board that is fresh enough.</summary>
/// <param name="board">The board.</param>
/// <param name="now">The moment of the turn.</param>
public sealed class LeasedContext(Board board, Instant now) : TurnContext
{
    /// <summary>
    /// Whether the turn asked for something the board does not have. It may have come to be since: refresh the board and run the
    /// turn again before believing a refusal.
    /// </summary>
    public bool Missed { get; private set; }

    /// <inheritdoc/>
    public override Instant Now => now;

    /// <inheritdoc/>
    public override Campaign Campaign
    {
        get
        {
            Missed |= !board.Campaign.Exists;
            return board.Campaign;
        }
    }

    /// <inheritdoc/>
    public override IdeaStatus? StatusOf(IdeaId idea)
    {
        var found = board.Find(idea);
        Missed |= found is null;
        return found?.Status;
    }
}
