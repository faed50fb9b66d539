namespace IdeaVote.Engine;

/// <summary>
/// A place in the feed: how much of each partition of the journal is included. Only the engine that gave it can read it; outside
/// it is an opaque token.
/// </summary>
public readonly struct Position : IEquatable<Position>
{
    // By name, without doubles and without partitions of which nothing is included; never changed.
    private readonly PartitionOffset[]? partitions;

    private Position(PartitionOffset[] partitions) => this.partitions = partitions;

    /// <summary>Before the first event.</summary>
    public static Position Start => default;

    /// <summary>The partitions of which something is included, in the order of their names.</summary>
    public ReadOnlySpan<PartitionOffset> Partitions => partitions;

    /// <summary>Whether it is before the first event.</summary>
    public bool IsStart => partitions is null;

    /// <summary>A place in one partition.</summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="offset">The number of the last event included, from 1; 0 or less for none.</param>
    public static Position Of(string partition, long offset) => offset > 0 ? new Position([new PartitionOffset(partition, offset)]) : default;

    /// <summary>A place in several partitions.</summary>
    /// <param name="offsets">Each partition at most once; those of which nothing is included are left out.</param>
    public static Position Of(IEnumerable<PartitionOffset> offsets)
    {
        var sorted = offsets.Where(static part => part.Offset > 0).ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Partition, b.Partition));
        return sorted.Length == 0 ? default : new Position(sorted);
    }

    /// <summary>The number of the last event of a partition that is included; 0 for none.</summary>
    public long In(string partition)
    {
        foreach (var part in Partitions)
            if (string.Equals(part.Partition, partition, StringComparison.Ordinal))
                return part.Offset;
        return 0;
    }

    /// <summary>Whether everything that <paramref name="other"/> includes is included here too.</summary>
    public bool Includes(Position other)
    {
        foreach (var part in other.Partitions)
            if (In(part.Partition) < part.Offset)
                return false;
        return true;
    }

    /// <summary>The place that includes what either includes and nothing else.</summary>
    public Position Join(Position other)
    {
        if (other.IsStart)
            return this;
        if (IsStart)
            return other;
        var joined = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var part in Partitions)
            joined[part.Partition] = part.Offset;
        foreach (var part in other.Partitions)
            joined[part.Partition] = Math.Max(part.Offset, joined.GetValueOrDefault(part.Partition));
        return Of(joined.Select(static part => new PartitionOffset(part.Key, part.Value)));
    }

    /// <inheritdoc/>
    public bool Equals(Position other) => Partitions.SequenceEqual(other.Partitions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Position other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var part in Partitions)
            hash.Add(part);
        return hash.ToHashCode();
    }

    /// <summary>For people who look for a fault.</summary>
    public override string ToString() => IsStart ? "start" : string.Join(", ", partitions!.Select(static part => $"{part.Partition}:{part.Offset}"));

    /// <summary>Whether two places are the same.</summary>
    public static bool operator ==(Position left, Position right) => left.Equals(right);

    /// <summary>Whether two places differ.</summary>
    public static bool operator !=(Position left, Position right) => !left.Equals(right);
}

/// <summary>A place in one partition.</summary>
/// <param name="Partition">The partition's name.</param>
/// <param name="Offset">The number of the last event included, from 1.</param>
public readonly record struct PartitionOffset(string Partition, long Offset);
