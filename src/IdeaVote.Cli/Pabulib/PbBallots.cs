namespace IdeaVote.Cli.Pabulib;

/// <summary>Reads the rows of the VOTES section. A ballot is taken whole or refused whole.</summary>
/// <param name="voteType">How the file's voters voted.</param>
/// <param name="projects">The file's projects by identifier.</param>
/// <param name="defaultScore">The points of every project that a ballot does not name.</param>
/// <param name="warn">Told what was read around.</param>
internal sealed class PbBallots(PbVoteType voteType, Dictionary<string, PbProject> projects, int defaultScore, Action<PbProblem> warn)
{
    /// <summary>The most points that ballots can give by default, one for each ballot and project: a gigabyte of them.</summary>
    public const int MaxDefaults = 50_000_000;

    private readonly List<PbBallot> ballots = [];
    private readonly List<PbProblem> refused = [];
    private readonly Dictionary<string, int> lineOfVoter = new(StringComparer.Ordinal);
    private readonly PbChoices choices = new(projects);
    private PbColumns? columns;

    /// <summary>The ballots that can be taken, in the file's order.</summary>
    public IReadOnlyList<PbBallot> Taken => ballots;

    /// <summary>The ballots that cannot, in the file's order.</summary>
    public IReadOnlyList<PbProblem> Refused => refused;

    /// <summary>Takes a row; the first is the header.</summary>
    /// <exception cref="PbFormatException">The header lacks a column that every ballot needs, or the points by default are too many.</exception>
    public void Add(int line, IReadOnlyList<string> row)
    {
        if (columns is null)
        {
            columns = Header(line, row);
            return;
        }
        if (columns.Overflows(row))
            warn(new PbProblem(line, "the row has more fields than the header; the rest is left out"));
        var voter = columns.Value(row, "voter_id");
        if (Problem(line, voter, row, out var result) is { } problem)
        {
            refused.Add(new PbProblem(line, problem));
            return;
        }
        ballots.Add(new PbBallot(line, voter, result));
        if (defaultScore != 0 && (long)ballots.Count * projects.Count > MaxDefaults)
            throw new PbFormatException(line, $"default_score is given to every project on every ballot, and this file has more than {MaxDefaults} of these");
        if (choices.NamedTwice is { } twice)
            warn(new PbProblem(line, $"the ballot names project '{twice}' more than once; the first counts"));
    }

    private string? Problem(int line, string voter, IReadOnlyList<string> row, out PbChoice[] result)
    {
        result = [];
        if (voter.Length == 0)
            return "the ballot has no voter_id";
        if (!lineOfVoter.TryAdd(voter, line))
            return $"voter '{voter}' already has a ballot on line {lineOfVoter[voter]}";
        var vote = columns!.Value(row, "vote");
        return voteType.HasPoints()
            ? choices.Read(vote, columns.Value(row, "points"), voteType == PbVoteType.Scoring ? -int.MaxValue : 0, defaultScore, out result)
            : choices.Read(vote, out result);
    }

    private PbColumns Header(int line, IReadOnlyList<string> row)
    {
        var header = new PbColumns(row);
        string[] needed = voteType.HasPoints() ? ["voter_id", "vote", "points"] : ["voter_id", "vote"];
        var missing = Array.Find(needed, name => !header.Has(name));
        return missing is null ? header : throw new PbFormatException(line, $"the VOTES section has no column {missing}");
    }
}
