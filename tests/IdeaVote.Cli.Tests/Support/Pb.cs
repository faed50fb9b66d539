namespace IdeaVote.Cli.Tests.Support;

/// <summary>Small elections to import.</summary>
internal static class Pb
{
    /// <summary>Three voters approve among three projects; the ballots are on lines 15, 16 and 17.</summary>
    public const string Approval =
        """
        META
        key;value
        description;A small town decides
        budget;969245.38
        currency;PLN
        vote_type;approval
        num_votes;3
        PROJECTS
        project_id;cost;name;category
        A/1;12,50;A bench;parks,rest
        B.2;1 000;A tree;
        C 3;70;A lamp;light
        VOTES
        voter_id;vote
        ann;A/1,B.2
        bob;C 3
        cem;
        """;

    /// <summary>Three voters give points; the largest ballot's sum is 5.</summary>
    public const string Cumulative =
        """
        META
        key;value
        description;Points
        budget;100
        vote_type;cumulative
        PROJECTS
        project_id;cost;name
        A;10;A bench
        B;20;A tree
        VOTES
        voter_id;vote;points
        ann;A,B;3,2
        bob;B;4
        cem;;
        """;

    /// <summary>An approval election with this many voters v1, v2 and so on, the first on line 10.</summary>
    public static string Many(int voters) =>
        "META\nkey;value\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost\nA;1\nVOTES\nvoter_id;vote\n"
        + string.Concat(Enumerable.Range(1, voters).Select(n => $"v{n};A\n"));

    /// <summary>An approval election over projects A, B and C with these rows of votes, the first on line 11.</summary>
    public static string Votes(string header, params string[] rows) => Election("approval", header, rows);

    /// <summary>The same with points.</summary>
    public static string Points(params string[] rows) => Election("cumulative", "voter_id;vote;points", rows);

    /// <summary>An ordinal election over the same projects with one more line of META, the first row on line 12.</summary>
    public static string Order(string meta, params string[] rows) => Election("ordinal\n" + meta, "voter_id;vote", rows);

    /// <summary>A scoring election over the same projects.</summary>
    public static string Scores(params string[] rows) => Election("scoring", "voter_id;vote;points", rows);

    /// <summary>The same with points for what a ballot does not name.</summary>
    public static string ScoresOr(string defaultScore, params string[] rows) => Election($"scoring\ndefault_score;{defaultScore}", "voter_id;vote;points", rows);

    /// <summary>
    /// Ten voters: six want A1, A2, A3, four B1, B2, B3, at 10 each out of 30. By score all goes to the six; by equal shares each
    /// group buys what its part pays for.
    /// </summary>
    public static readonly string Towns =
        "META\nkey;value\nbudget;30,00\ncurrency;EUR\nvote_type;approval\nPROJECTS\nproject_id;name;cost\n"
        + string.Concat(new[] { "A/1", "A 2", "A3", "B1", "B2", "B3" }.Select(id => $"{id};Project {id};10,00\n"))
        + "VOTES\nvoter_id;vote\n"
        + string.Concat(Enumerable.Range(1, 10).Select(n => $"v{n};{(n <= 6 ? "A/1,A 2,A3" : "B1,B2,B3")}\n"));

    private static string Election(string type, string header, string[] rows) =>
        $"META\nkey;value\nvote_type;{type}\nPROJECTS\nproject_id;cost\nA;1\nB;2\nC;3\nVOTES\n{header}\n" + string.Join('\n', rows);
}
