using System.Text;

namespace IdeaVote.Server.Tests.Import;

/// <summary>An election as a .pb file, and what its makers counted.</summary>
internal sealed class Election
{
    private static readonly string[] Hostile =
    [
        "A/1", "A/2", "B.2", "..", "C 3", "ref:D", "%2F", "a?b=c&d#e", "\"quoted\"", "semi;colon", "'; DROP TABLE idea; --", "=1+1", "007", "7", "07",
        "Łódź-Śródmieście", "公園", "🚲", "<script>", "{\"a\":1}", "null", "-", "C:\\path", "00000000000000000000",
    ];

    /// <summary>How many projects every election has.</summary>
    public static int Projects => Hostile.Length;

    private readonly StringBuilder text = new();
    private readonly Random random;

    private Election(int seed, bool isCumulative)
    {
        random = new Random(seed);
        IsCumulative = isCumulative;
    }

    public bool IsCumulative { get; }

    /// <summary>How the leaderboard calls what is counted.</summary>
    public string By => IsCumulative ? "invested" : "approvals";

    public string Text => text.ToString();

    /// <summary>Score and number of voters of each project.</summary>
    public Dictionary<string, (int Score, int Votes)> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>How many voters chose anything at all.</summary>
    public int Voted { get; private set; }

    /// <summary>Voters who approve projects with plain names.</summary>
    public static Election Approval(int seed, int voters) =>
        new Election(seed, isCumulative: false).Write([.. Enumerable.Range(1, Projects).Select(n => $"BO.{n}")], voters);

    /// <summary>Voters who give points to projects whose names are traps.</summary>
    public static Election Cumulative(int seed, int voters) => new Election(seed, isCumulative: true).Write(Hostile, voters);

    private Election Write(string[] projects, int voters)
    {
        // The largest ballot's sum is the budget of a file that names none.
        text.Append("META\nkey;value\ndescription;A made-up town decides\nbudget;969245.38\nvote_type;")
            .Append(IsCumulative ? "cumulative" : "approval")
            .Append("\nPROJECTS\nproject_id;cost;name\n");
        foreach (var project in projects)
        {
            Counts.Add(project, (0, 0));
            text.Append(Quoted(project)).Append(";100;").Append(Quoted($"Project {project}")).Append('\n');
        }
        text.Append(IsCumulative ? "VOTES\nvoter_id;vote;points\n" : "VOTES\nvoter_id;vote\n");
        for (var voter = 1; voter <= voters; voter++)
            WriteBallot(Quoted(voter % 7 == 0 ? $"{Hostile[voter % Hostile.Length]} {voter}" : $"{voter}"), projects);
        return this;
    }

    private void WriteBallot(string voter, string[] projects)
    {
        var chosen = projects.OrderBy(_ => random.Next()).Take(random.Next(0, 8)).ToArray();
        Voted += chosen.Length > 0 ? 1 : 0;
        var points = chosen.Select(_ => IsCumulative ? random.Next(1, 6) : 1).ToArray();
        for (var i = 0; i < chosen.Length; i++)
            Counts[chosen[i]] = (Counts[chosen[i]].Score + points[i], Counts[chosen[i]].Votes + 1);
        text.Append(voter).Append(';').Append(Quoted(string.Join(',', chosen)));
        if (IsCumulative)
            text.Append(';').Append(string.Join(',', points));
        text.Append('\n');
    }

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
