namespace IdeaVote.Domain.Kernel;

/// <summary>
/// The immutable state of one aggregate. A turn asks it to decide and then applies what was decided;
/// nothing else ever changes it.
/// </summary>
public abstract class Aggregate
{
    /// <summary>The number of events applied so far: 0 for an aggregate that does not exist yet.</summary>
    public long Version { get; protected init; }

    /// <summary>Decides what <paramref name="command"/> does to this state; changes nothing.</summary>
    /// <param name="command">The wish.</param>
    /// <param name="context">The time, and what the campaign says.</param>
    /// <exception cref="ArgumentException">The command is not one of this aggregate's.</exception>
    public abstract Decision Decide(Command command, TurnContext context);

    /// <summary>The state after <paramref name="recorded"/>.</summary>
    /// <exception cref="ArgumentException">The event is not one of this aggregate's.</exception>
    public abstract Aggregate Apply(RecordedEvent recorded);

    /// <summary>The state that every stream of <paramref name="kind"/> starts from.</summary>
    public static Aggregate Empty(AggregateKind kind) => kind switch
    {
        AggregateKind.Campaign => Campaigns.Campaign.None,
        AggregateKind.Idea => Ideas.Idea.None,
        AggregateKind.Voter => Voters.Voter.None,
        AggregateKind.Thread => Threads.CommentThread.None,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of aggregate."),
    };
}
