namespace IdeaVote.Domain.Threads;

/// <summary>What is wrong with a comment: why it was reported or hidden. The numbers are written to disk: never renumber.</summary>
public enum Concern : byte
{
    /// <summary>Advertising, or the same thing again and again.</summary>
    Spam = 1,

    /// <summary>It insults, threatens or harasses somebody.</summary>
    Abuse = 2,

    /// <summary>It has nothing to do with the idea.</summary>
    OffTopic = 3,

    /// <summary>It tells what is private of somebody.</summary>
    Privacy = 4,

    /// <summary>Something else.</summary>
    Other = 5,
}
