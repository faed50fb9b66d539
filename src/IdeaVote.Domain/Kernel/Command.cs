namespace IdeaVote.Domain.Kernel;

/// <summary>
/// A wish to change one aggregate. Commands are absolute ("my rating is 4"), so that repeating one changes nothing.
/// They may carry what events must not, and are never stored.
/// </summary>
public abstract record Command
{
    /// <summary>Names this attempt for its repetitions; null when the caller gave no name.</summary>
    public CommandId? Id { get; init; }

    /// <summary>Who of the team acts; null for a voter's own act and for the system's.</summary>
    public ActorId? Actor { get; init; }

    /// <summary>The version the caller saw; a stream at any other version refuses. Null: whatever it is.</summary>
    public long? ExpectedVersion { get; init; }
}
