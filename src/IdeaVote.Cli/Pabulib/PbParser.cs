namespace IdeaVote.Cli.Pabulib;

/// <summary>
/// Reads a participatory-budgeting election in the .pb format of Pabulib: the sections META, PROJECTS and VOTES in
/// this order, tolerant of what real files contain. What can be read around is a warning, what spoils one ballot
/// refuses that ballot, and only what spoils the whole is an exception.
/// </summary>
internal sealed class PbParser
{
    private readonly List<PbProblem> warnings = [];
    private readonly PbMeta meta = new();
    private readonly PbProjects projects;
    private PbBallots? ballots;
    private PbVoteType? voteType;
    private Section section;

    private PbParser() => projects = new PbProjects(warnings.Add);

    private enum Section
    {
        None,
        Meta,
        Projects,
        Votes,
    }

    /// <summary>Reads a whole file's bytes.</summary>
    /// <param name="utf8">The file.</param>
    /// <exception cref="PbFormatException">The file cannot be taken at all.</exception>
    public static PbElection Parse(ReadOnlySpan<byte> utf8) => Parse(PbText.Decode(utf8));

    /// <summary>Reads a whole file's text.</summary>
    /// <param name="text">The file.</param>
    /// <exception cref="PbFormatException">The file cannot be taken at all.</exception>
    public static PbElection Parse(string text)
    {
        var parser = new PbParser();
        var reader = new PbRecordReader(text, parser.warnings.Add);
        while (reader.Read())
        {
            if (!reader.IsBlank)
                parser.Take(reader);
        }
        return parser.Finish();
    }

    private void Take(PbRecordReader reader)
    {
        if (SectionNamed(reader.Fields) is { } next)
        {
            Enter(next, reader.Line);
            return;
        }
        switch (section)
        {
            case Section.Meta:
                meta.Add(reader.Fields);
                break;
            case Section.Projects:
                projects.Add(reader.Line, reader.Fields);
                break;
            case Section.Votes:
                ballots!.Add(reader.Line, reader.Fields);
                break;
            default:
                throw new PbFormatException(reader.Line, "a .pb file begins with the line META; this one does not");
        }
    }

    private void Enter(Section next, int line)
    {
        if (next != section + 1)
            throw new PbFormatException(line, "the sections are META, PROJECTS and VOTES, each once and in this order");
        section = next;
        // The rest makes no sense in a file of an unsupported kind, so say so before anything else.
        if (section == Section.Projects)
            voteType = PbVoteTypes.Of(meta);
        else if (section == Section.Votes)
            ballots = new PbBallots(voteType!.Value, projects.ById, PbVoteTypes.DefaultScore(meta, voteType.Value), warnings.Add);
    }

    private PbElection Finish()
    {
        if (voteType is not { } type || ballots is null)
            throw new PbFormatException(0, $"the file ends without a {Missing()} section");
        if (projects.All.Count == 0)
            throw new PbFormatException(0, "the file has no projects to vote on");
        CheckCount("num_projects", projects.All.Count);
        CheckCount("num_votes", ballots.Taken.Count + ballots.Refused.Count);
        var taken = type == PbVoteType.Ordinal ? PbBorda.Score(meta, ballots.Taken, warnings.Add) : ballots.Taken;
        return new PbElection(meta, type, projects.All, taken, ballots.Refused, warnings);
    }

    private string Missing() => section switch
    {
        Section.None => "META",
        Section.Meta => "PROJECTS",
        _ => "VOTES",
    };

    private void CheckCount(string key, int actual)
    {
        if (meta[key].Length > 0 && meta.Amount(key) != actual)
            warnings.Add(new PbProblem(0, $"META says {key} is {meta[key]}, and the file has {actual}"));
    }

    private static Section? SectionNamed(List<string> fields)
    {
        for (var i = 1; i < fields.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(fields[i]))
                return null;
        }
        var name = PbText.Clean(fields[0]);
        return Is("META") ? Section.Meta : Is("PROJECTS") ? Section.Projects : Is("VOTES") ? Section.Votes : null;

        bool Is(string section) => name.Equals(section, StringComparison.OrdinalIgnoreCase);
    }
}
