using IdeaVote.Cli.Api;
using IdeaVote.Cli.Output;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Import;

/// <summary>What an import has done so far.</summary>
/// <param name="file">The file's name as the user gave it.</param>
/// <param name="campaign">The campaign's key.</param>
internal sealed class ImportSummary(string file, string campaign)
{
    // More than this nobody reads on a terminal.
    private const int Shown = 20;

    private readonly List<PbProblem> refused = [];

    /// <summary>Ideas this run has created.</summary>
    public int IdeasCreated { get; set; }

    /// <summary>Ideas that were there before.</summary>
    public int IdeasExisting { get; set; }

    /// <summary>Ballots that changed the votes.</summary>
    public int Counted { get; private set; }

    /// <summary>Ballots that were there before just so.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Ballots that were not taken, by the file's rules or by the server.</summary>
    public int Refused => refused.Count;

    /// <summary>Notes a ballot that is not taken.</summary>
    public void Refuse(PbProblem problem) => refused.Add(problem);

    /// <summary>Notes what the server says of a ballot.</summary>
    public void Take(BallotResult result)
    {
        if (result.Status == "counted")
            Counted++;
        else if (result.Status == "unchanged")
            Unchanged++;
        else
            Refuse(new PbProblem(result.Line ?? 0, Reason(result)));
    }

    /// <summary>Prints the numbers.</summary>
    public void WriteTotals(TextWriter output)
    {
        output.WriteLine($"{Name}: campaign {campaign}");
        output.WriteLine($"  ideas:   {IdeasCreated} created, {IdeasExisting} existing");
        output.WriteLine($"  ballots: {Counted} counted, {Unchanged} unchanged, {Refused} refused");
    }

    /// <summary>Prints the refused ballots, each with file, line and reason; of very many only the first.</summary>
    public void WriteRefused(TextWriter output) => WriteProblems(output, [.. refused.OrderBy(problem => problem.Line)], "refused", "refused ballots");

    /// <summary>Prints what was read around in the file; of very much only the first.</summary>
    public void WriteWarnings(TextWriter output, IReadOnlyList<PbProblem> warnings) => WriteProblems(output, warnings, "warning", "warnings");

    private string Name => TerminalText.Clean(file);

    private void WriteProblems(TextWriter output, IReadOnlyList<PbProblem> problems, string kind, string plural)
    {
        foreach (var problem in problems.Take(Shown))
        {
            var place = problem.Line > 0 ? $"{Name}:{problem.Line}" : Name;
            output.WriteLine($"{place}: {kind}: {TerminalText.Clean(problem.Text)}");
        }
        if (problems.Count > Shown)
            output.WriteLine($"{Name}: and {problems.Count - Shown} more {plural}");
    }

    private static string Reason(BallotResult result)
    {
        var reason = result.Detail ?? (result.Code is null ? $"the server answers '{result.Status}'" : "the server gives no reason");
        return result.Code is null ? reason : $"{reason} ({result.Code})";
    }
}
