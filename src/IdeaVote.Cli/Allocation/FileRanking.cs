using IdeaVote.Cli.Api;
using IdeaVote.Cli.Commands;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Allocation;

/// <summary>Ranks the projects of a file by its ballots, the way a server ranks a campaign's ideas.</summary>
internal static class FileRanking
{
    /// <summary>What a file can be ranked by.</summary>
    public static IReadOnlyList<string> Names { get; } = ["approvals", "borda", "invested", "score"];

    /// <summary>
    /// The best projects, best first; equal scores share a rank, and among them more votes come first, then the place in the file.
    /// A project's votes are the ballots with it; its score is that number for approvals, else the sum of its points.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="by">One of <see cref="Names"/>.</param>
    /// <param name="top">How many rows at most, 1 or more.</param>
    /// <exception cref="UsageException">The file's ballots can't be ranked by that.</exception>
    public static Leaderboard Rank(PbElection file, string by, int top)
    {
        if (!Suits(by, file.VoteType))
            throw new UsageException($"a file of vote type {file.Meta["vote_type"]} has no ranking by {by}; use --by {(file.VoteType == PbVoteType.Ordinal ? "borda" : "score")}");
        var votes = file.Projects.ToDictionary(project => project.Id, _ => 0L, StringComparer.Ordinal);
        var points = new Dictionary<string, long>(votes, StringComparer.Ordinal);
        foreach (var choice in file.Ballots.SelectMany(ballot => ballot.Choices))
        {
            votes[choice.Project]++;
            points[choice.Project] += choice.Points;
        }
        var score = by == "approvals" ? votes : points;
        var order = file.Projects.OrderByDescending(project => score[project.Id]).ThenByDescending(project => votes[project.Id]).Take(top).ToList();
        var rows = new List<LeaderboardRow>(order.Count);
        foreach (var project in order)
        {
            var rank = rows.Count > 0 && rows[^1].Score == score[project.Id] ? rows[^1].Rank : rows.Count + 1;
            var title = project.Name.Length > 0 ? project.Name : null;
            rows.Add(new LeaderboardRow(rank, project.Id, votes[project.Id], project.Id, title, score[project.Id]));
        }
        return new Leaderboard(rows);
    }

    private static bool Suits(string by, PbVoteType type) => by switch
    {
        "approvals" or "score" => true,
        "borda" => type == PbVoteType.Ordinal,
        "invested" => type == PbVoteType.Cumulative,
        _ => false,
    };
}
