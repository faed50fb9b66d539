using System.Globalization;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Engine.Audit;

/// <summary>
/// The written form of what a leaderboard was asked for, by the names that the API gives its parameters, so that whoever has the leaderboard
/// and the feed can count it again. Tags, segments and criteria stand there by their names, for people, and by what the feed knows them as:
/// <c>tagId</c>, <c>segmentId</c>, <c>weightIds</c>, <c>criterionNumber</c> from 1.
/// </summary>
public static class RankingTerms
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Writes it.</summary>
    /// <param name="query">What was asked for.</param>
    /// <param name="top">How many rows at most.</param>
    /// <param name="given">What the caller called the criterion, the tag, the segment, the weights and the moment; null for nothing.</param>
    public static Dictionary<string, string> Write(RankingQuery query, int top, Func<string, string?> given)
    {
        var terms = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("by", RankByNames.Of(query.By));
        Add("top", Text(top));
        Add("criterion", given("criterion"));
        Add("criterionNumber", query.Criterion is { } criterion ? Text(criterion + 1) : null);
        Add("tag", given("tag"));
        Add("tagId", query.Tag?.ToString());
        Add("status", query.Statuses.Count > 0 ? string.Join(',', query.Statuses.Order().Select(NameOf)) : null);
        Add("segment", given("segment"));
        Add("segmentId", query.Filter.Segment?.ToString());
        Add("from", query.Filter.From is { } from ? SignedHead.Time(from.ToDateTimeOffset()) : null);
        Add("to", query.Filter.To is { } to ? SignedHead.Time(to.ToDateTimeOffset()) : null);
        Add("weights", given("weights"));
        Add("weightIds", query.Weights.Count > 0 ? string.Join(',', query.Weights.Select(each => $"{each.Segment}:{Text(each.Weight)}")) : null);
        Add("priorVotes", query.Prior?.PriorWeight is { } votes ? Text(votes) : null);
        Add("priorMean", query.Prior?.PriorMean is { } mean ? Text(mean) : null);
        Add("places", query.By == RankBy.NeedsVotes ? Text(query.Places) : null);
        Add("pool", query.Pool is { } pool ? Text(pool) : null);
        Add("asOf", given("asOf"));
        return terms;

        void Add(string name, string? value)
        {
            if (value is not null)
                terms.Add(name, value);
        }
    }

    /// <summary>Reads it.</summary>
    /// <returns>What was asked for, and how many rows at most; null if that is not named.</returns>
    /// <exception cref="AuditException">It can't be counted again from a feed alone; the message says why.</exception>
    public static (RankingQuery Query, int? Top) Read(IReadOnlyDictionary<string, string> terms)
    {
        try
        {
            string[] names = ["by", "top", "criterion", "criterionNumber", "tag", "tagId", "status", "segment", "segmentId", "from", "to", "weights", "weightIds", "priorVotes", "priorMean", "places", "pool", "asOf"];
            if (terms.Keys.FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } unknown)
                throw new AuditException($"it names a parameter '{unknown}', which perhaps a newer version knows");
            foreach (var (name, id) in new[] { ("criterion", "criterionNumber"), ("tag", "tagId"), ("segment", "segmentId"), ("weights", "weightIds") })
            {
                if (terms.ContainsKey(name) && !terms.ContainsKey(id))
                    throw new AuditException($"it names its {name} in words only, and the feed holds no words; export it again, so that it names {id}");
            }
            var query = new RankingQuery(RankByNames.TryParse(terms.GetValueOrDefault("by"), out var by) ? by : throw new AuditException("it does not name what it ranks by"))
            {
                Criterion = Whole("criterionNumber") - 1,
                Tag = Term("tagId"),
                Statuses = terms.TryGetValue("status", out var statuses) ? statuses.Split(',').Select(StatusOf).ToHashSet() : [],
                Filter = new BallotFilter(Term("segmentId"), Moment("from"), Moment("to")),
                Weights = terms.TryGetValue("weightIds", out var weights) ? [.. weights.Split(',').Select(Weight)] : [],
                Prior = Number("priorVotes") is var votes && Number("priorMean") is var mean && (votes ?? mean) is not null ? new RankingRule(null, votes, mean) : null,
                Places = Whole("places") ?? RankingQuery.DefaultPlaces,
                Pool = Number("pool"),
            };
            if (query.Weights.Count > 0 && !Rankers.TakesWeights(by))
                throw new AuditException($"votes have no weights in {terms["by"]}");
            return (query, Whole("top"));
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new AuditException("one of its parameters can't be read");
        }

        decimal? Number(string name) => terms.TryGetValue(name, out var text) ? decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;
        int? Whole(string name) => terms.TryGetValue(name, out var text) ? Positive(int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)) : null;
        TermId? Term(string name) => terms.TryGetValue(name, out var text) ? new TermId(Id.Parse(text)) : null;
        Instant? Moment(string name) => terms.TryGetValue(name, out var text)
            ? Instant.From(DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
            : null;
    }

    private static int Positive(int number) => number > 0 ? number : throw new FormatException();

    private static (TermId Segment, decimal Weight) Weight(string text) => text.Split(':') is [var segment, var weight]
        ? (new TermId(Id.Parse(segment)), decimal.Parse(weight, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture))
        : throw new FormatException();

    private static string NameOf(IdeaStatus status) => status == IdeaStatus.UnderReview ? "under_review" : status.ToString().ToLowerInvariant();

    private static IdeaStatus StatusOf(string name)
    {
        foreach (var status in Enum.GetValues<IdeaStatus>())
        {
            if (NameOf(status) == name)
                return status;
        }
        throw new FormatException();
    }

    private static string Text(decimal number) => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
}
