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

    /// <summary>The points of a project that a ballot does not name: 0, but for scoring what META's default_score says.</summary>
    /// <param name="meta">META.</param>
    /// <param name="type">The file's vote type.</param>
    /// <exception cref="PbFormatException">It is no whole number.</exception>
    public static int DefaultScore(PbMeta meta, PbVoteType type)
    {
        const string Key = "default_score";
        if (type != PbVoteType.Scoring || meta[Key].Length == 0)
            return 0;
        return meta.Whole(Key) is { } points and >= -int.MaxValue and <= int.MaxValue
            ? (int)points
            : throw new PbFormatException(0, $"META's default_score '{meta[Key]}' is no whole number between {-int.MaxValue} and {int.MaxValue}, as points are");
    }

    /// <summary>Whether ballots have a column of points.</summary>
    public static bool HasPoints(this PbVoteType type) => type is PbVoteType.Cumulative or PbVoteType.Scoring;
}
