namespace IdeaVote.Engine.Projections;

/// <summary>Compares the places of a feed that is read entry by entry.</summary>
public static class PositionSteps
{
    /// <summary>The place of an entry in its own partition, out of the positions before and after it.</summary>
    /// <param name="before">How far the feed was read before the entry.</param>
    /// <param name="after">The entry's position.</param>
    /// <exception cref="ArgumentException">Nothing lies between them.</exception>
    public static PartitionOffset Between(Position before, Position after)
    {
        foreach (var part in after.Partitions)
            if (before.In(part.Partition) < part.Offset)
                return part;
        throw new ArgumentException("Nothing lies between the two positions.", nameof(after));
    }
}
