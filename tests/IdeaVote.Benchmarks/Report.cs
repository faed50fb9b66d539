using System.Text;

namespace IdeaVote.Benchmarks;

/// <summary>Prints figures as they come: medians with the lowest and highest beside them, since machines are noisy.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly StringBuilder all = new();

    /// <summary>All that was printed.</summary>
    public string Text => all.ToString();

    public void Title(string text) => Write($"\n{text}");

    public void Line(string name, IReadOnlyCollection<double> values, string unit)
    {
        var sorted = values.Order().ToArray();
        Write($"  {name,-58} {Median(sorted),12:N1} {unit,-10} ({sorted[0]:N1} to {sorted[^1]:N1}, {sorted.Length} rounds)");
    }

    /// <summary>A ratio of medians, beside what is aimed at.</summary>
    public void Ratio(string name, IReadOnlyCollection<double> numerator, IReadOnlyCollection<double> denominator, string aim) =>
        Write($"  {name,-58} {Median(numerator) / Median(denominator),12:N2} {"×",-10} (aim: {aim})");

    public void Note(string text) => Write($"  {text}");

    private void Write(string line)
    {
        all.AppendLine(line);
        output.WriteLine(line);
    }

    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
