using System.Runtime.InteropServices;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine;

/// <summary>How a command ended.</summary>
public enum ReplyKind : byte
{
    /// <summary>It was taken, and what it changed (possibly nothing) is durable.</summary>
    Accepted,

    /// <summary>It was refused and changed nothing.</summary>
    Refused,

    /// <summary>Too much is waiting; it was not looked at. Send it again later.</summary>
    Overloaded,

    /// <summary>The commit failed or the engine is stopping: it may have happened or not. Send the same command again.</summary>
    OutcomeUnknown,
}

/// <summary>The answer to a command.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="State">The aggregate after it, when accepted.</param>
/// <param name="Position">A position that includes what it changed, when accepted.</param>
/// <param name="Changed">Whether it changed anything.</param>
/// <param name="Refusal">Why not, when refused.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Reply(ReplyKind Kind, Aggregate? State, Position Position, bool Changed, Refusal? Refusal)
{
    /// <summary>The command was taken.</summary>
    public static Reply Accepted(Aggregate state, Position position, bool changed) => new(ReplyKind.Accepted, state, position, changed, null);

    /// <summary>The command was refused.</summary>
    public static Reply Refused(Refusal refusal) => new(ReplyKind.Refused, null, default, false, refusal);

    /// <summary>Too much is waiting.</summary>
    public static Reply Overloaded => new(ReplyKind.Overloaded, null, default, false, null);

    /// <summary>It may have happened or not.</summary>
    public static Reply OutcomeUnknown => new(ReplyKind.OutcomeUnknown, null, default, false, null);
}
