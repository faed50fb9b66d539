using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Campaigns;

/// <summary>What a stage allows. The numbers are written to disk: never renumber.</summary>
[Flags]
public enum Allows : byte
{
    /// <summary>Nothing: the campaign rests or is over.</summary>
    None = 0,

    /// <summary>New ideas, and edits by their authors.</summary>
    Submit = 1,

    /// <summary>Comments.</summary>
    Discuss = 2,

    /// <summary>Votes of every method that is on.</summary>
    Vote = 4,
}

/// <summary>One step of a campaign. Its name lies in the campaign's text.</summary>
/// <param name="Allows">What may be done in it.</param>
/// <param name="Starts">When the campaign enters it by itself; null if only the team moves it there.</param>
public sealed record Stage(Allows Allows, Instant? Starts)
{
    /// <summary>Whether ballots may be cast in it.</summary>
    public bool TakesVotes => (Allows & Allows.Vote) == Allows.Vote;
}

/// <summary>The ready-made courses of a campaign. The numbers are written to disk: never renumber.</summary>
public enum Preset : byte
{
    /// <summary>Everything allowed until closed.</summary>
    Continuous = 1,

    /// <summary>Submit, then vote, then review, then closed.</summary>
    Challenge = 2,

    /// <summary>As a challenge, with investing.</summary>
    Budget = 3,
}
