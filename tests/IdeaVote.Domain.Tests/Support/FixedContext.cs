namespace IdeaVote.Domain.Tests.Support;

/// <summary>What a turn may know, as the test says.</summary>
public sealed class FixedContext(Instant now, Campaign campaign, Func<IdeaId, IdeaStatus?> statusOf) : TurnContext
{
    public override Instant Now => now;

    public override Campaign Campaign => campaign;

    public override IdeaStatus? StatusOf(IdeaId idea) => statusOf(idea);
}
