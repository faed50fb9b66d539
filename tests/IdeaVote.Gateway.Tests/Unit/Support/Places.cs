using IdeaVote.Engine;

namespace IdeaVote.Gateway.Tests.Unit.Support;

/// <summary>Positions in a journal of one partition.</summary>
internal static class Places
{
    public const string Partition = "0";

    public static Position At(long offset) => Position.Of(Partition, offset);
}
