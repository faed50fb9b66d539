using IdeaVote.Cli.Commands;
using IdeaVote.Cli.Pabulib;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Cli.Allocation;

/// <summary>Ranks the projects of a file by its ballots, the way a server ranks a campaign's ideas.</summary>
internal static class FileRanking
{
    /// <summary>What a file can be ranked by.</summary>
    public static IReadOnlyList<string> Names { get; } = ["approvals", "borda", "invested", "quadratic", "score"];

    /// <summary>
    /// The best projects, best first; equal scores share a rank, and among them more votes come first, then the place in the file.
    /// A project's votes are the ballots that name it; its score is that number for approvals, the sum of the roots of its points for quadratic,
    /// else the sum of its points.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="by">One of <see cref="Names"/>.</param>
    /// <param name="top">How many rows at most, 1 or more.</param>
    /// <param name="pool">For quadratic, the money to split among all projects; null for none.</param>
    /// <exception cref="UsageException">The file's ballots can't be ranked by that.</exception>
    public static Api.Leaderboard Rank(PbElection file, string by, int top, decimal? pool)
    {
        if (!Suits(by, file.VoteType))
            throw new UsageException($"a file of vote type {file.Meta["vote_type"]} has no ranking by {by}; use --by {(file.VoteType == PbVoteType.Ordinal ? "borda" : "score")}");
        var counts = file.Projects.ToDictionary(project => project.Id, project => new Count(project), StringComparer.Ordinal);
        foreach (var choice in file.Ballots.SelectMany(ballot => ballot.Choices))
            counts[choice.Project].Add(choice, isQuadratic: by == "quadratic");
        var voters = file.Ballots.Count(ballot => ballot.Choices.Any(choice => !choice.IsDefault));
        Count[] all = [.. file.Projects.Select(project => counts[project.Id])];
        if (pool is { } money)
        {
            foreach (var (count, part) in all.Zip(QuadraticMatching.Split(money, Array.ConvertAll(all, count => count.Quadratic))))
                count.Match = part;
        }
        var rows = new List<Api.LeaderboardRow>();
        long lastKey = 0;
        foreach (var count in all.OrderByDescending(count => count.Key(by)).ThenByDescending(count => count.Votes).Take(top))
        {
            var rank = rows.Count > 0 && lastKey == count.Key(by) ? rows[^1].Rank : rows.Count + 1;
            rows.Add(count.Row(rank, by, voters));
            lastKey = count.Key(by);
        }
        return new Api.Leaderboard(rows);
    }

    private static bool Suits(string by, PbVoteType type) => by switch
    {
        "approvals" or "score" => true,
        "borda" => type == PbVoteType.Ordinal,
        "invested" or "quadratic" => type == PbVoteType.Cumulative,
        _ => false,
    };

    /// <summary>What is counted of a project.</summary>
    private sealed class Count(PbProject project)
    {
        private long points;

        public long Votes { get; private set; }

        public QuadraticSum Quadratic { get; private set; }

        public decimal? Match { get; set; }

        public void Add(PbChoice choice, bool isQuadratic)
        {
            Votes += choice.IsDefault ? 0 : 1;
            points += choice.Points;
            if (isQuadratic)
                Quadratic = Quadratic.Add(choice.Points);
        }

        /// <summary>A whole number in the order of the scores.</summary>
        public long Key(string by) => by switch
        {
            "approvals" => Votes,
            "quadratic" => Quadratic.Steps,
            _ => points,
        };

        public Api.LeaderboardRow Row(int rank, string by, int voters) => new(
            rank, project.Id, Votes, project.Id, project.Name.Length > 0 ? project.Name : null, by == "quadratic" ? Math.Round(Quadratic.Roots, 6) : Key(by), Weighted: null,
            by == "approvals" ? Share(voters) : null, Explain(by, voters));

        /// <summary>Of the share of voters; at six places, as the server has it.</summary>
        private Api.Interval Share(int voters)
        {
            var (low, high) = Wilson.Of(Votes, voters);
            return new Api.Interval(Math.Round((decimal)low, 6), Math.Round((decimal)high, 6));
        }

        private Dictionary<string, decimal>? Explain(string by, int voters)
        {
            if (by == "approvals")
                return new(StringComparer.Ordinal) { ["approvals"] = Votes, ["voters"] = voters };
            if (by != "quadratic")
                return null;
            var terms = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["credits"] = points, ["investors"] = Votes };
            if (Match is { } match)
                terms.Add("match", match);
            return terms;
        }
    }
}
