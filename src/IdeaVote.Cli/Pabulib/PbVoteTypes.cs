namespace IdeaVote.Cli.Pabulib;

/// <summary>Which vote types can be imported.</summary>
internal static class PbVoteTypes
{
    /// <summary>The vote type META names, in any letter case.</summary>
    /// <exception cref="PbFormatException">It names none, or one that is not supported.</exception>
    public static PbVoteType Of(PbMeta meta)
    {
        var name = meta["vote_type"];
        if (name.Equals("approval", StringComparison.OrdinalIgnoreCase))
            return PbVoteType.Approval;
        if (name.Equals("choose-1", StringComparison.OrdinalIgnoreCase))
            return PbVoteType.ChooseOne;
        if (name.Equals("cumulative", StringComparison.OrdinalIgnoreCase))
            return PbVoteType.Cumulative;
        const string Supported = "supported are approval, choose-1 and cumulative";
        throw new PbFormatException(0, name.Length == 0
            ? $"META names no vote_type; {Supported}"
            : $"the vote type '{name}' is not supported; {Supported}");
    }
}
