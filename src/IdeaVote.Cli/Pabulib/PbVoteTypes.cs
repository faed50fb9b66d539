namespace IdeaVote.Cli.Pabulib;

/// <summary>The vote types by the names that files give them.</summary>
internal static class PbVoteTypes
{
    private static readonly (string Name, PbVoteType Type)[] Names =
    [
        ("approval", PbVoteType.Approval),
        ("choose-1", PbVoteType.ChooseOne),
        ("cumulative", PbVoteType.Cumulative),
        ("ordinal", PbVoteType.Ordinal),
        ("scoring", PbVoteType.Scoring),
    ];

    /// <summary>The vote type META names, in any letter case.</summary>
    /// <param name="meta">META.</param>
    /// <exception cref="PbFormatException">It names none, or one that is not supported.</exception>
    public static PbVoteType Of(PbMeta meta)
    {
        var given = meta["vote_type"];
        foreach (var (name, type) in Names)
        {
            if (name.Equals(given, StringComparison.OrdinalIgnoreCase))
                return type;
        }
        var names = Names.Select(each => each.Name).ToList();
        var list = $"supported are {string.Join(", ", names[..^1])} and {names[^1]}";
        throw new PbFormatException(0, given.Length == 0
            ? $"META names no vote_type; {list}"
            : $"the vote type '{given}' is not supported; {list}");
    }

    /// <summary>Whether ballots have a column of points.</summary>
    public static bool HasPoints(this PbVoteType type) => type is PbVoteType.Cumulative or PbVoteType.Scoring;
}
