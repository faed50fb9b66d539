namespace IdeaVote.Faults;

/// <summary>What is wrong when something is.</summary>
internal enum Wrong
{
    /// <summary>An acknowledged vote or idea is not there.</summary>
    Lost,

    /// <summary>Something counts that nobody sent, counts twice, or counts differently in two places.</summary>
    Doubled,

    /// <summary>An answer, an exit or a wait that nothing explains.</summary>
    Unexplained,
}

/// <summary>What one scenario came to.</summary>
/// <param name="name">Its name.</param>
/// <param name="stop">Ends it before its next cycle.</param>
internal sealed class Report(string name, CancellationToken stop = default)
{
    private readonly Lock gate = new();
    private readonly List<(Wrong Kind, string What)> findings = [];
    private long acknowledged;

    public string Name => name;

    /// <summary>How many times something was broken and looked at afterwards.</summary>
    public int Cycles { get; private set; }

    /// <summary>How many votes and ideas were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref acknowledged);

    /// <summary>Why it was not run; null if it was.</summary>
    public string? Skipped { get; init; }

    /// <summary>What there is to say beside the numbers.</summary>
    public List<string> Notes { get; } = [];

    public IReadOnlyList<(Wrong Kind, string What)> Findings
    {
        get
        {
            lock (gate)
                return [.. findings];
        }
    }

    public void Acknowledge() => Interlocked.Increment(ref acknowledged);

    /// <summary>Begins the next cycle.</summary>
    /// <exception cref="OperationCanceledException">It is to end.</exception>
    public void NextCycle()
    {
        stop.ThrowIfCancellationRequested();
        Cycles++;
    }

    public void Find(Wrong kind, string what)
    {
        lock (gate)
            findings.Add((kind, $"cycle {Cycles}: {what}"));
    }

    public int Count(Wrong kind) => Findings.Count(finding => finding.Kind == kind);

    /// <summary>The table, and what was found.</summary>
    public static void Write(IReadOnlyList<Report> reports, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{"",-14}{"cycles",8}{"acknowledged",14}{"lost",7}{"doubled",9}{"unexplained",13}");
        foreach (var report in reports)
            output.WriteLine(report.Skipped is { } why ? $"{report.Name,-14}skipped: {why}" : Line(report.Name, [report]));
        output.WriteLine(Line("all", reports));
        foreach (var report in reports)
        {
            foreach (var note in report.Notes)
                output.WriteLine($"{report.Name}: {note}");
            foreach (var (kind, what) in report.Findings.Take(20))
                output.WriteLine($"{report.Name}: {kind}: {what}");
        }
    }

    private static string Line(string name, IReadOnlyList<Report> reports) =>
        $"{name,-14}{reports.Sum(r => r.Cycles),8:N0}{reports.Sum(r => r.Acknowledged),14:N0}{reports.Sum(r => r.Count(Wrong.Lost)),7}"
        + $"{reports.Sum(r => r.Count(Wrong.Doubled)),9}{reports.Sum(r => r.Count(Wrong.Unexplained)),13}";
}
