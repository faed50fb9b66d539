using System.Globalization;
using System.Text;
using System.Text.Json;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Fuzz.Files;

/// <summary>Files that are right, or as right as a forger makes them.</summary>
internal static class Samples
{
    /// <summary>A cumulative election in the .pb format.</summary>
    public const string Election = """
        META
        key;value
        description;A town
        budget;100.5
        vote_type;cumulative
        max_sum_points;10
        PROJECTS
        project_id;cost;name;category
        1;10;"A bench; green";park,water
        2;20.5;A tree;park
        "three";30;"quo""ted";
        VOTES
        voter_id;vote;points;age
        a;1,2;3,2;30
        b;three;10;
        c;;;44
        """;

    /// <summary>An ordinal one.</summary>
    public const string Ordinal = """
        META
        key;value
        num_projects;3
        budget;50
        vote_type;ordinal
        scoring_fn;Borda
        max_length;2
        PROJECTS
        project_id;cost
        1;10
        2;20
        3;30
        VOTES
        voter_id;vote
        a;1,2
        b;3
        """;

    /// <summary>Chains the lines of a feed anew, with one event changed: what a forger would show, and what reaches further than a hash that does not follow.</summary>
    /// <param name="feed">The feed as it was exported.</param>
    /// <param name="random">Decides what is changed.</param>
    public static byte[] Forge(byte[] feed, Random random)
    {
        const string Mark = ",\"event\":";
        string[] lines = [.. Encoding.UTF8.GetString(feed).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        var events = lines.Count(static line => line.Contains(Mark, StringComparison.Ordinal));
        var (changed, prev) = (random.Next(events), HashChain.Origin.ToArray());
        for (var i = 0; i < events; i++)
        {
            var at = lines[i].IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
            var body = Encoding.UTF8.GetBytes(lines[i][at..^1]);
            if (i == changed || random.OneIn(4 * events))
                body = JsonMutator.Mutate(Encoding.UTF8.GetString(body), random);
            var hash = new byte[HashChain.HashBytes];
            HashChain.Next(prev, body, hash);
            var position = JsonElement.Parse(lines[i]).GetProperty("position").GetString();
            lines[i] = string.Create(CultureInfo.InvariantCulture, $"{{\"position\":\"{position}\",\"prev\":\"{Convert.ToHexStringLower(prev)}\",\"hash\":\"{Convert.ToHexStringLower(hash)}\"{Mark}{Encoding.UTF8.GetString(body)}}}");
            prev = hash;
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }
}
