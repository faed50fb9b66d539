namespace IdeaVote.Simulation.Cluster;

/// <summary>What is wrong with a mutant of the cluster: each breaks one thing that correctness rests on.</summary>
public enum NodeMutation
{
    None,

    /// <summary>A stale append is put behind what the stream has come to.</summary>
    NoVersionGuard,

    /// <summary>An append of an activation that was given up is still taken.</summary>
    NoTokens,

    /// <summary>The partition answers before the append is durable.</summary>
    RepliesBeforeCommit,

    /// <summary>An answer without events is given out of whatever state is in memory.</summary>
    NoConfirmation,

    /// <summary>An aggregate that is loaded again does not know what it has obeyed.</summary>
    ForgetsObeyed,

    /// <summary>An append without an answer is taken for a success.</summary>
    TrustsSilence,

    /// <summary>The follower folds a page twice.</summary>
    FoldsTwice,

    /// <summary>Nobody cares for investments that reach an idea after it was closed.</summary>
    NoLateRefunds,

    /// <summary>A refund takes whatever is invested when it arrives.</summary>
    RefundsAnything,

    /// <summary>Nobody cares for votes that reach an idea after it was merged, or that follow what is no longer so.</summary>
    NoStragglers,

    /// <summary>A voter who is loaded again does not know what was cast on merged ideas.</summary>
    ForgetsCast,

    /// <summary>Turns decide by the copy of the rules, however old it is.</summary>
    NoLease,
}
