using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Grains.Wire;

/// <summary>
/// An answer as it travels. Fields are only ever added, with new numbers, and readers learn them one release before writers send
/// them: during a rolling upgrade two versions speak to each other. Frozen by golden files. Within a process the state is handed
/// over as it is: to write and read a ballot takes longer than a vote.
/// </summary>
[GenerateSerializer, Immutable, Alias("ideavote.reply")]
public sealed class WireReply
{
    [NonSerialized]
    private Reply? own;

    /// <summary><see cref="ReplyKind"/>.</summary>
    [Id(0)]
    public byte Kind { get; init; }

    /// <summary>The aggregate as a snapshot, when accepted.</summary>
    [Id(1)]
    public byte[]? State { get => field ??= own?.State is { Version: > 0 } state ? AggregateSnapshots.Write(state) : null; init; }

    /// <summary>The format of that snapshot.</summary>
    [Id(2)]
    public int Format { get; init; }

    /// <summary>The partition of the position.</summary>
    [Id(3)]
    public string? Partition { get; init; }

    /// <summary>The offset of the position; 0 for none.</summary>
    [Id(4)]
    public long Offset { get; init; }

    /// <summary>Whether anything changed.</summary>
    [Id(5)]
    public bool Changed { get; init; }

    /// <summary>Why not: the stable code, when refused.</summary>
    [Id(6)]
    public string? Code { get; init; }

    /// <summary>Why not, for a person.</summary>
    [Id(7)]
    public string? Detail { get; init; }

    /// <summary>The field to blame, if one is.</summary>
    [Id(8)]
    public string? Field { get; init; }

    /// <summary>Writes an answer.</summary>
    public static WireReply Of(Reply reply)
    {
        var (partition, offset) = reply.Position.IsStart ? default : reply.Position.Partitions[0];
        return new WireReply
        {
            Kind = (byte)reply.Kind,
            own = reply,
            Format = AggregateSnapshots.Format,
            Partition = partition,
            Offset = offset,
            Changed = reply.Changed,
            Code = reply.Refusal?.Code,
            Detail = reply.Refusal?.Detail,
            Field = reply.Refusal?.Field,
        };
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="kind">The kind of aggregate that gave it.</param>
    /// <exception cref="FormatException">It is of a version that this one does not know.</exception>
    public Reply ToReply(AggregateKind kind) => own ?? (ReplyKind)Kind switch
    {
        ReplyKind.Accepted => Reply.Accepted(StateOf(kind), Partition is null ? default : Position.Of(Partition, Offset), Changed),
        ReplyKind.Refused => Reply.Refused(new Refusal(Code!, Detail!, Field)),
        ReplyKind.Overloaded => Reply.Overloaded,
        ReplyKind.OutcomeUnknown => Reply.OutcomeUnknown,
        _ => throw new FormatException($"An answer of kind {Kind} is of a newer version."),
    };

    private Aggregate StateOf(AggregateKind kind)
    {
        if (State is null)
            return Aggregate.Empty(kind);
        return Format == AggregateSnapshots.Format ? AggregateSnapshots.Read(kind, State) : throw new FormatException($"A state in format {Format} is of another version.");
    }
}
