using System.Globalization;

namespace IdeaVote.Cli.Pabulib;

/// <summary>Reads what one ballot names: the <c>vote</c> field and, where there are points, the <c>points</c> field.</summary>
internal sealed class PbChoices
{
    private readonly Dictionary<string, PbProject> all;
    private readonly Dictionary<string, PbProject>.AlternateLookup<ReadOnlySpan<char>> projects;
    private readonly List<PbChoice> choices = [];
    private readonly HashSet<string> named = new(StringComparer.Ordinal);

    /// <summary>Reads ballots over these projects.</summary>
    public PbChoices(Dictionary<string, PbProject> projects) =>
        (all, this.projects) = (projects, projects.GetAlternateLookup<ReadOnlySpan<char>>());

    /// <summary>The last ballot's first project that was named again; null if none was. It counts once, as first named.</summary>
    public string? NamedTwice { get; private set; }

    /// <summary>Reads a ballot without points.</summary>
    /// <param name="vote">Projects separated by commas; empty for an empty ballot.</param>
    /// <param name="result">What the ballot names, if nothing is wrong with it.</param>
    /// <returns>Why the ballot cannot be taken; null if it can.</returns>
    public string? Read(string vote, out PbChoice[] result)
    {
        Begin();
        result = [];
        foreach (var range in vote.AsSpan().Split(','))
        {
            var name = vote.AsSpan(range).Trim();
            if (!name.IsEmpty && !TryAdd(name, 1))
                return Unknown(name);
        }
        result = [.. choices];
        return null;
    }

    /// <summary>Reads a ballot with points. A project given 0 points, by name or by default, is not on the ballot.</summary>
    /// <param name="vote">Projects separated by commas; empty for an empty ballot.</param>
    /// <param name="points">As many whole numbers, separated by commas.</param>
    /// <param name="least">The fewest points a project can be given.</param>
    /// <param name="others">The points of every project that the ballot does not name.</param>
    /// <param name="result">What the ballot names and what the others get, if nothing is wrong with it.</param>
    /// <returns>Why the ballot cannot be taken; null if it can.</returns>
    public string? Read(string vote, string points, int least, int others, out PbChoice[] result)
    {
        Begin();
        result = [];
        var names = Entries(vote);
        var amounts = Entries(points);
        if (names.Length != amounts.Length)
            return $"it names {names.Length} projects and gives {amounts.Length} points";
        for (var i = 0; i < names.Length; i++)
        {
            if (PointsProblem(amounts[i], least, out var amount) is { } problem)
                return problem;
            if (!TryAdd(names[i], amount))
                return Unknown(names[i]);
        }
        if (others != 0)
            choices.AddRange(all.Keys.Where(project => !named.Contains(project)).Select(project => new PbChoice(project, others, IsDefault: true)));
        result = [.. choices.Where(choice => choice.Points != 0)];
        return null;
    }

    private void Begin()
    {
        choices.Clear();
        named.Clear();
        NamedTwice = null;
    }

    private bool TryAdd(ReadOnlySpan<char> name, int points)
    {
        if (!projects.TryGetValue(name, out var project))
            return false;
        if (named.Add(project.Id))
            choices.Add(new PbChoice(project.Id, points));
        else
            NamedTwice ??= project.Id;
        return true;
    }

    private static string? PointsProblem(string text, int least, out int points)
    {
        points = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return $"the points '{text}' are no number";
        if (!decimal.IsInteger(value))
            return $"the points '{text}' are no whole number";
        if (value < least || value > int.MaxValue)
            return $"the points '{text}' are not between {least} and {int.MaxValue}";
        points = (int)value;
        return null;
    }

    // A trailing comma names nothing; an empty entry anywhere else keeps its place, so that points stay with their project.
    private static string[] Entries(string list)
    {
        var entries = list.Split(',', StringSplitOptions.TrimEntries);
        return entries[^1].Length == 0 ? entries[..^1] : entries;
    }

    private static string Unknown(ReadOnlySpan<char> name) => $"it names '{name}', which is not among the projects";
}
