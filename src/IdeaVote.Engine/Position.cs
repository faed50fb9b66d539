namespace IdeaVote.Engine;

/// <summary>A place in the feed. Only the engine that gave it can read it; outside it is an opaque token.</summary>
/// <param name="Offset">The number of the last event included, from 1; 0 before the first.</param>
public readonly record struct Position(long Offset) : IComparable<Position>
{
    /// <summary>Before the first event.</summary>
    public static Position Start => default;

    /// <inheritdoc/>
    public int CompareTo(Position other) => Offset.CompareTo(other.Offset);

    /// <summary>Whether <paramref name="left"/> is before <paramref name="right"/>.</summary>
    public static bool operator <(Position left, Position right) => left.Offset < right.Offset;

    /// <summary>Whether <paramref name="left"/> is after <paramref name="right"/>.</summary>
    public static bool operator >(Position left, Position right) => left.Offset > right.Offset;

    /// <summary>Whether <paramref name="left"/> is not after <paramref name="right"/>.</summary>
    public static bool operator <=(Position left, Position right) => left.Offset <= right.Offset;

    /// <summary>Whether <paramref name="left"/> is not before <paramref name="right"/>.</summary>
    public static bool operator >=(Position left, Position right) => left.Offset >= right.Offset;
}
