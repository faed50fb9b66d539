namespace IdeaVote.Cli.Pabulib;

/// <summary>Reads the rows of the PROJECTS section.</summary>
/// <param name="warn">Told what was read around.</param>
internal sealed class PbProjects(Action<PbProblem> warn)
{
    private const int MaxIdLength = 200;

    private readonly List<PbProject> projects = [];
    private readonly Dictionary<string, PbProject> byId = new(StringComparer.Ordinal);
    private PbColumns? columns;

    /// <summary>The projects so far, in the file's order.</summary>
    public IReadOnlyList<PbProject> All => projects;

    /// <summary>The projects so far by identifier.</summary>
    public Dictionary<string, PbProject> ById => byId;

    /// <summary>Takes a row; the first is the header.</summary>
    /// <exception cref="PbFormatException">There is no project_id column, or an identifier cannot be kept whole as a reference.</exception>
    public void Add(int line, IReadOnlyList<string> row)
    {
        if (columns is null)
        {
            columns = Header(line, row);
            return;
        }
        if (columns.Overflows(row))
            warn(new PbProblem(line, "the row has more fields than the header; the rest is left out"));
        var id = columns.Value(row, "project_id");
        if (id.Length == 0)
            warn(new PbProblem(line, "a project without project_id is left out"));
        else if (id.Length > MaxIdLength)
            throw new PbFormatException(line, $"a project_id is longer than {MaxIdLength} characters");
        else if (id.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'))
            throw new PbFormatException(line, "a project_id has a line break or another control character in it");
        else if (byId.TryGetValue(id, out var first))
            warn(new PbProblem(line, $"project '{id}' is already on line {first.Line}; this row is left out"));
        else
            Add(new PbProject(line, id, columns.Value(row, "name"), Cost(line, id, columns.Value(row, "cost")), Categories(columns.Value(row, "category"))));
    }

    private PbColumns Header(int line, IReadOnlyList<string> row)
    {
        var header = new PbColumns(row);
        if (!header.Has("project_id"))
            throw new PbFormatException(line, "the PROJECTS section has no column project_id");
        if (!header.Has("cost"))
            warn(new PbProblem(line, "the PROJECTS section has no column cost; the ideas get no cost"));
        return header;
    }

    private void Add(PbProject project)
    {
        projects.Add(project);
        byId.Add(project.Id, project);
    }

    private decimal? Cost(int line, string id, string text)
    {
        if (text.Length == 0)
            return null;
        if (PbNumber.TryParseMoney(text, out var cost))
            return cost;
        warn(new PbProblem(line, $"the cost '{text}' of project '{id}' is no amount; the idea gets no cost"));
        return null;
    }

    private static string[] Categories(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
