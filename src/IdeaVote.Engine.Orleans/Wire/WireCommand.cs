using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Engine.Grains.Wire;

/// <summary>A command as it travels. Within a process it is handed over as it is, and only written when it leaves. The rules of <see cref="WireReply"/> hold.</summary>
[GenerateSerializer, Immutable, Alias("ideavote.command")]
public sealed class WireCommand
{
    [NonSerialized]
    private readonly Command? own;

    /// <summary>Reads what came.</summary>
    public WireCommand() { }

    /// <summary>Wraps a command.</summary>
    public WireCommand(Command command) => own = command;

    /// <summary>The command in its written form (<see cref="CommandCodec"/>).</summary>
    [Id(0)]
    public byte[] Body { get => field ??= CommandCodec.Write(own!); init; }

    /// <summary>The command.</summary>
    /// <exception cref="FormatException">It is of a version that this one does not know in full.</exception>
    public Command ToCommand() => own ?? CommandCodec.Read(Body);
}
