namespace IdeaVote.Domain.Kernel;

/// <summary>
/// Something that happened to one aggregate. Events hold no free text, no attribute of a person and no id
/// that a caller chose. Their written form is frozen by golden files.
/// </summary>
public abstract record Event;

/// <summary>An event with its place in its stream.</summary>
/// <param name="Stream">The aggregate it happened to.</param>
/// <param name="Version">1 for the stream's first event, then one more each.</param>
/// <param name="At">When the turn decided it.</param>
/// <param name="Event">What happened.</param>
/// <param name="Command">The attempt that caused it, when the caller named one.</param>
/// <param name="Actor">Who of the team did it; null for a voter's own act and for the system's.</param>
public sealed record RecordedEvent(
    StreamId Stream, long Version, Instant At, Event Event, CommandId? Command = null, ActorId? Actor = null);
