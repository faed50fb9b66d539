using System.Globalization;
using IdeaVote.Cli.Commands;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Cli.Verify;

/// <summary>Compares an exported leaderboard with the one that the events come to.</summary>
internal static class RankingCheck
{
    /// <summary>The rankings that can be recomputed, as the API names them.</summary>
    public static readonly string[] Names = ["approvals", "rating", "invested"];

    // Scores are ranked in millionths; how many digits more of a mean are written is of no meaning.
    private const int Digits = 6;

    /// <summary>Compares.</summary>
    /// <param name="path">The file.</param>
    /// <param name="by">What it ranks by, if the file does not say.</param>
    /// <param name="board">The counts.</param>
    /// <returns>What agrees, in words.</returns>
    /// <exception cref="DisagreementException">A row differs; the message names it.</exception>
    /// <exception cref="UsageException">It can't be compared.</exception>
    public static string Compare(string path, string? by, Board board)
    {
        var file = RankingFile.Read(path);
        if (by is not null && file.By is not null && by != file.By)
            throw new UsageException($"{path} ranks by {file.By}, not by {by}");
        var name = file.By ?? by ?? throw new UsageException($"{path} does not say what it ranks by; give it with --by");
        var all = Leaderboard.Top(board, RankOf(path, name), Math.Max(1, board.Ideas.Count));
        for (var i = 0; i < file.Rows.Count; i++)
        {
            var told = file.Rows[i];
            if (i >= all.Count)
                throw new DisagreementException($"{path} has {file.Rows.Count} rows, and {all.Count} ideas are ranked");
            var counted = new RankingRow(all[i].Rank, all[i].Idea.Id.ToString(), Rounded(all[i].Score), all[i].Votes);
            if (told with { Score = Rounded(told.Score) } != counted)
                throw new DisagreementException($"{path}, row {i + 1}: it says {InWords(told)}, and the events come to {InWords(counted)}");
        }
        if (file.Rows.Count == 0 && all.Count > 0)
            throw new DisagreementException($"{path} has no row, and {all.Count} ideas are ranked");
        return $"{path} agrees in {file.Rows.Count} of {all.Count} ranks by {name}";
    }

    private static RankBy RankOf(string path, string name) => name switch
    {
        "approvals" => RankBy.Approvals,
        "rating" => RankBy.Rating,
        "invested" => RankBy.Invested,
        _ => throw new UsageException($"{path} ranks by {name}, which is not recomputed here; {string.Join(", ", Names)} are"),
    };

    private static decimal? Rounded(decimal? score) => score is { } number ? Math.Round(number, Digits) : null;

    private static string InWords(RankingRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"rank {row.Rank}, idea {row.Idea}, score {row.Score?.ToString("0.######", CultureInfo.InvariantCulture) ?? "none"}, votes {row.Votes}");
}
