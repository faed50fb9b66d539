using System.Globalization;
using IdeaVote.Cli.Commands;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Verify;

/// <summary>Compares an exported leaderboard with the one that the events come to, by whatever it ranks.</summary>
internal sealed class RankingCheck : CountedCheck
{
    // Written intervals have six places, and machines may differ in the last bits of what is rounded to that.
    private const decimal Tolerance = 0.000_001m;

    private readonly RankingFile file;
    private readonly RankingQuery query;
    private readonly int? top;
    private readonly FilteredBoard? filtered;
    private readonly FilteredBoard[] segments;

    private RankingCheck(string path, RankingFile file, RankingQuery query, int? top) : base(path, file.Told)
    {
        (this.file, this.query, this.top) = (file, query, top);
        filtered = query.Filter == BallotFilter.All ? null : new FilteredBoard(query.Filter);
        segments = [.. query.OfSegments.Select(static filter => new FilteredBoard(filter))];
    }

    /// <summary>Reads a leaderboard that is to be compared.</summary>
    /// <param name="path">The file.</param>
    /// <param name="by">What it ranks by, if the file does not say.</param>
    /// <exception cref="UsageException">It can't be compared; the message says why.</exception>
    public static RankingCheck Of(string path, string? by)
    {
        var file = RankingFile.Read(path);
        if (by is not null && file.By is not null && by != file.By)
            throw new UsageException($"{path} ranks by {file.By}, not by {by}");
        var name = file.By ?? by ?? throw new UsageException($"{path} does not say what it ranks by; give it with --by");
        if (file.Told.Parameters is null && file.Rows.Any(static row => row.Numbers.GetValueOrDefault("weighted") is not null))
            throw new UsageException($"{path} has weights and does not say which; export it again, so that it names them");
        try
        {
            var (query, top) = RankingTerms.Read(file.Told.Parameters ?? new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = name });
            return query.By == (RankByNames.TryParse(name, out var known) ? known : null)
                ? new RankingCheck(path, file, query, top)
                : throw new UsageException($"{path} says that it ranks by {name}, and that by {RankByNames.Of(query.By)} was asked for");
        }
        catch (AuditException e)
        {
            throw new UsageException($"{path} can't be counted again: {e.Message}");
        }
    }

    /// <inheritdoc/>
    protected override bool NeedsTimesOrSegments => query.By == RankBy.Trending || !query.CountsAll;

    /// <inheritdoc/>
    protected override void Take(RecordedEvent recorded)
    {
        filtered?.Apply(recorded);
        foreach (var segment in segments)
            segment.Apply(recorded);
    }

    /// <inheritdoc/>
    protected override string Compare(Board all)
    {
        var by = RankByNames.Of(query.By);
        var rules = all.Campaign.Rules;
        if (Rankers.Missing(query.By, rules) is { } method)
            throw new DisagreementException($"{Path} ranks by {by}, and in this campaign that can't be: {method} is off");
        if (query.Criterion >= (rules.Rate?.Weights.Length ?? 0))
            throw new DisagreementException($"{Path} ranks by criterion {query.Criterion + 1}, and the campaign has {rules.Rate?.Weights.Length ?? 0}");
        var board = filtered?.Board ?? all;
        var ranked = query.Top(board, [.. segments.Select(segment => query.SegmentOf(segment.Board))], Math.Max(1, board.Ideas.Count))
            ?? throw new UsageException($"{Path} can't be counted again: there are more ideas than {by} takes");
        for (var i = 0; i < file.Rows.Count; i++)
        {
            if (i >= ranked.Count)
                throw new DisagreementException($"{Path} has {file.Rows.Count} rows, and {ranked.Count} ideas are ranked");
            if (Difference(file.Rows[i], ranked[i]) is { } difference)
                throw new DisagreementException($"{Path}, row {i + 1}: {difference}");
        }
        var expected = top is { } most ? Math.Min(most, ranked.Count) : Math.Min(1, ranked.Count);
        if (file.Rows.Count < expected)
            throw new DisagreementException($"{Path} has {file.Rows.Count} rows, and {ranked.Count} ideas are ranked");
        return $"{Path} agrees in {file.Rows.Count} of {ranked.Count} ranks by {by}";
    }

    private static string? Difference(RankingRow told, LeaderboardRow counted)
    {
        if (told.Idea != counted.Idea.Id.ToString())
            return $"it has the idea {told.Idea}, and the events have {counted.Idea.Id} there";
        var numbers = new Dictionary<string, decimal?>(StringComparer.Ordinal)
        {
            ["rank"] = counted.Rank,
            ["score"] = counted.Score,
            ["votes"] = counted.Votes,
            ["weighted"] = null,
            ["low"] = (decimal?)counted.Detail.Interval?.Low,
            ["high"] = (decimal?)counted.Detail.Interval?.High,
        };
        foreach (var term in counted.Detail.Terms)
            numbers[term.Name == ScoreTerm.Weighted ? "weighted" : "explain." + term.Name] = term.Value;
        foreach (var (name, value) in told.Numbers)
        {
            var known = numbers.GetValueOrDefault(name);
            if (!(value is { } says && known is { } comes ? Math.Abs(says - comes) <= Tolerance : value == known))
                return $"idea {told.Idea} has {name} {InWords(value)}, and the events come to {InWords(known)}";
        }
        return null;
    }

    private static string InWords(decimal? number) => number?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "none";
}
