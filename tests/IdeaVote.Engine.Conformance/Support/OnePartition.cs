namespace IdeaVote.Engine.Conformance.Support;

/// <summary>Positions in a journal of one partition, for tests that count events.</summary>
public static class OnePartition
{
    public const string Name = "0";

    public static Position At(long offset) => Position.Of(Name, offset);

    public static long Offset(this Position position) => position.In(Name);
}
