using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Grains.Hosting;

namespace IdeaVote.Engine.Grains;

/// <summary>An idea.</summary>
/// <param name="parts">What the silo has for it.</param>
public sealed class IdeaGrain(SiloParts parts) : AggregateGrain(AggregateKind.Idea, parts), IIdeaGrain
{
    /// <inheritdoc/>
    protected override async Task BeforeAsync(Command command)
    {
        // Before and not after: whoever is told that an idea is closed or merged can rely on somebody seeing to what follows.
        var owes = command is MergeIdea or UnmergeIdea || (command is SetIdeaStatus closing && closing.Status.ReturnsInvestments());
        if (owes && await Parts.Followers.FindAsync(Stream.Campaign) is not null)
            await GrainFactory.GetGrain<IFollowUpGrain>(Stream.Campaign.ToString()).WatchAsync();
    }
}
