using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Grains.Wire;

/// <summary>What one turn decided, as it travels to its partition. Within a process it is handed over as it is. The rules of <see cref="WireReply"/> hold.</summary>
[GenerateSerializer, Immutable, Alias("ideavote.append")]
public sealed class WireAppend
{
    [NonSerialized]
    private StreamAppend? own;

    /// <summary>The stream (<see cref="StreamKey.Write"/>).</summary>
    [Id(0)]
    public byte[] Stream { get => field ??= StreamKey.Write(own!.Stream); init; }

    /// <summary>The activation that decided.</summary>
    [Id(1)]
    public long Token { get; init; }

    /// <summary>The version that it decided on.</summary>
    [Id(2)]
    public long Version { get; init; }

    /// <summary>The events in their frozen form.</summary>
    [Id(3)]
    public byte[][] Events { get; init; } = [];

    /// <summary>Writes it.</summary>
    public static WireAppend Of(StreamAppend append) =>
        new() { own = append, Token = append.Token, Version = append.Version, Events = append.Events };

    /// <summary>Reads it.</summary>
    public StreamAppend ToAppend() => own ?? new(StreamKey.Read(Stream), Token, Version, Events);
}

/// <summary>A partition's answer, as it travels. The rules of <see cref="WireReply"/> hold.</summary>
[GenerateSerializer, Immutable, Alias("ideavote.outcome")]
public sealed class WireOutcome
{
    /// <summary><see cref="AppendKind"/>.</summary>
    [Id(0)]
    public byte Kind { get; init; }

    /// <summary>The offset after an append, or the token of an announcement.</summary>
    [Id(1)]
    public long Value { get; init; }

    /// <summary>The stream's version after an announcement; null if it is not told.</summary>
    [Id(2)]
    public long? Version { get; init; }

    /// <summary>Writes the answer to an append.</summary>
    public static WireOutcome Of(AppendOutcome outcome) => new() { Kind = (byte)outcome.Kind, Value = outcome.Offset };

    /// <summary>Writes the answer to an announcement.</summary>
    public static WireOutcome Of(OpenOutcome outcome) => new() { Kind = (byte)outcome.Kind, Value = outcome.Token, Version = outcome.Version };

    /// <summary>Reads the answer to an append; one of a newer version says nothing.</summary>
    public AppendOutcome ToAppend() => Enum.IsDefined((AppendKind)Kind) ? new((AppendKind)Kind, Value) : new(AppendKind.Unknown);

    /// <summary>Reads the answer to an announcement; one of a newer version says nothing.</summary>
    public OpenOutcome ToOpen() => Enum.IsDefined((AppendKind)Kind) ? new((AppendKind)Kind, Value, Version) : new(AppendKind.Overloaded);
}
