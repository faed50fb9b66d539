namespace IdeaVote.Cli.Pabulib;

/// <summary>How the file's voters voted.</summary>
internal enum PbVoteType
{
    /// <summary>A ballot names any number of projects.</summary>
    Approval,

    /// <summary>A ballot names one project.</summary>
    ChooseOne,

    /// <summary>A ballot spreads points over projects.</summary>
    Cumulative,

    /// <summary>A ballot puts projects in order, the best first.</summary>
    Ordinal,

    /// <summary>A ballot gives points to projects, each by itself; below 0 against one.</summary>
    Scoring,
}

/// <summary>Something to tell the reader of the file.</summary>
/// <param name="Line">The physical line, from 1; 0 if it belongs to no line.</param>
/// <param name="Text">What was found and what was done about it.</param>
internal sealed record PbProblem(int Line, string Text);

/// <summary>One project to be voted on.</summary>
/// <param name="Line">The physical line its row starts on, from 1.</param>
/// <param name="Id">Its identifier, unique in the file, compared exactly.</param>
/// <param name="Name">Its name; empty if the file gives none.</param>
/// <param name="Cost">Its cost in the file's currency, 0 or more; null if the file gives none that can be read.</param>
/// <param name="Categories">Its categories in the file's order, none empty.</param>
internal sealed record PbProject(int Line, string Id, string Name, decimal? Cost, IReadOnlyList<string> Categories);

/// <summary>One project on a ballot.</summary>
/// <param name="Project">The project's identifier.</param>
/// <param name="Points">
/// The points given, 1 or more; with scoring any but 0. Always 1 for approvals. In an order the points of Borda's rule: as many as
/// a ballot's places for the first, one less for each place further down.
/// </param>
/// <param name="IsDefault">Whether the ballot does not name the project, and the points are what META's default_score gives such ones.</param>
internal readonly record struct PbChoice(string Project, int Points, bool IsDefault = false);

/// <summary>One voter's ballot.</summary>
/// <param name="Line">The physical line its row starts on, from 1.</param>
/// <param name="Voter">The voter's identifier, unique among the file's ballots.</param>
/// <param name="Choices">What it names, and what META gives to the rest, each project once; empty for an empty ballot.</param>
internal sealed record PbBallot(int Line, string Voter, IReadOnlyList<PbChoice> Choices)
{
    /// <summary>All points of the ballot together.</summary>
    public long Sum => Choices.Sum(choice => (long)choice.Points);
}

/// <summary>A .pb file, read and checked.</summary>
/// <param name="Meta">Its META section.</param>
/// <param name="VoteType">How its voters voted.</param>
/// <param name="Projects">Its projects in the file's order.</param>
/// <param name="Ballots">The ballots that can be sent, in the file's order.</param>
/// <param name="Refused">The ballots that cannot, by line and reason, in the file's order.</param>
/// <param name="Warnings">What was odd and has been read around, in the file's order.</param>
internal sealed record PbElection(
    PbMeta Meta,
    PbVoteType VoteType,
    IReadOnlyList<PbProject> Projects,
    IReadOnlyList<PbBallot> Ballots,
    IReadOnlyList<PbProblem> Refused,
    IReadOnlyList<PbProblem> Warnings);
