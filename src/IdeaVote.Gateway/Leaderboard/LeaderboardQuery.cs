using System.Globalization;
using System.Text;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Ideas;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Texts;
using IdeaVote.Gateway.Voters;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>Which leaderboard a caller asks for.</summary>
/// <param name="By">What to rank by.</param>
/// <param name="Top">How many rows at most.</param>
/// <param name="Criterion">The criterion to rank by alone; null for all.</param>
/// <param name="Tag">A tag that ideas must have; null for any.</param>
/// <param name="Statuses">Statuses that ideas may have; empty for any.</param>
/// <param name="Filter">Which votes count.</param>
/// <param name="Weights">What the votes of segments weigh; empty for none.</param>
/// <param name="Prior">What is given of a Bayesian prior; null for what the campaign says.</param>
/// <param name="Places">How many places there are to win.</param>
/// <param name="AsOf">As of which position or moment; both null for now.</param>
internal sealed record LeaderboardQuery(
    RankBy By, int Top, int? Criterion, TermId? Tag, IReadOnlySet<IdeaStatus> Statuses, BallotFilter Filter,
    IReadOnlyList<(TermId Segment, decimal Weight)> Weights, RankingRule? Prior, int Places, (Position? Position, Instant? Moment) AsOf)
{
    /// <summary>The most rows of a leaderboard.</summary>
    public const int MaxTop = 1_000;

    /// <summary>The most segments with weights.</summary>
    public const int MaxWeights = 16;

    private const int DefaultTop = 100;
    private const decimal MaxWeight = 1_000;
    private const int MaxOther = 500;

    /// <summary>The money to split by quadratic matching among the ideas in the race, with up to 2 decimals; null for none.</summary>
    public decimal? Pool { get; init; }

    /// <summary>The parameters it takes.</summary>
    public static readonly string[] Known =
        ["by", "top", "format", "criterion", "tag", "status", "segment", "from", "to", "weights", "priorVotes", "priorMean", "places", "pool", "asOf", NamedBallots.Parameter];

    private static readonly string[] InWords = ["criterion", "tag", "segment", "weights", "asOf"];

    /// <summary>All ideas by all votes of now.</summary>
    /// <param name="by">What to rank by.</param>
    public static LeaderboardQuery Plain(RankBy by) =>
        new(by, DefaultTop, null, null, new HashSet<IdeaStatus>(), BallotFilter.All, [], null, RankingQuery.DefaultPlaces, (null, null));

    /// <summary>Whether the votes must be counted again, which only those may ask for who see every vote.</summary>
    public bool IsRecount => Filter != BallotFilter.All || Weights.Count > 0 || IsPast;

    /// <summary>Whether it is of a moment or position that was named.</summary>
    public bool IsPast => AsOf is not (null, null);

    /// <summary>What the caller called the criterion, the tag, the segment, the weights and the moment, by the parameters' names.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the answer names the SHA-256 of the ballots counted, and is counted from the first event for that.</summary>
    public bool NamesBallots { get; init; }

    /// <summary>All that decides the ranking.</summary>
    public RankingQuery Ranking => new(By)
    {
        Criterion = Criterion,
        Tag = Tag,
        Statuses = Statuses,
        Filter = Filter,
        Weights = Weights,
        Prior = Prior,
        Places = Places,
        Pool = Pool,
    };

    /// <summary>All of it by the parameters' names, so that whoever has the feed can count it again.</summary>
    public IReadOnlyDictionary<string, string> ToTerms() => RankingTerms.Write(Ranking, Top, Given.GetValueOrDefault);

    /// <summary>Stands for all of it in a cache.</summary>
    public string ToKey()
    {
        var key = new StringBuilder();
        key.Append(CultureInfo.InvariantCulture, $"{By}|{Top}|{Criterion}|{Tag}|{string.Join(',', Statuses.Order())}|{ToRankingKey()}|{TermsText.Write(Given)}");
        return key.ToString();
    }

    /// <summary>Stands for what a shared ranking depends on.</summary>
    public string ToRankingKey() => string.Create(
        CultureInfo.InvariantCulture,
        $"{By}|{Criterion}|{Filter}|{string.Join(',', Weights)}|{Prior}|{Places}|{Pool}|{AsOf.Position}|{AsOf.Moment?.UnixMilliseconds}");

    /// <summary>Reads the query string.</summary>
    /// <exception cref="ApiException">400 or 409, with the parameter to blame.</exception>
    public static LeaderboardQuery Of(IQueryCollection query, CampaignView campaign, Pseudonyms pseudonyms, Positions positions)
    {
        QueryStrings.Check(query, Known);
        var by = RankNames.Parse(QueryStrings.Text(query, "by", 20), campaign.State.Rules);
        var tag = QueryStrings.Text(query, "tag", MaxOther) is { } name ? pseudonyms.Tag(campaign.Id, IdeaInput.Tag(name, "tag")) : (TermId?)null;
        var weights = WeightsOf(QueryStrings.Text(query, "weights", 4_000), campaign.Id, pseudonyms);
        var segment = QueryStrings.Text(query, "segment", RollEndpoints.MaxSegmentChars);
        if (weights.Count > 0 && !Rankers.TakesWeights(by))
            throw CommonProblems.Invalid("weights", "Segments have weights in approvals, rating, invested and investors.");
        if (weights.Count > 0 && segment is not null)
            throw CommonProblems.Invalid("weights", "Weights are for several segments; leave \"segment\" out.");
        return new LeaderboardQuery(
            by,
            QueryStrings.Number(query, "top", 1, MaxTop, DefaultTop),
            CriterionOf(QueryStrings.Text(query, "criterion", 50), campaign),
            tag,
            ListQuery.ParseStatuses(QueryStrings.Text(query, "status", MaxOther)),
            new BallotFilter(
                segment is null ? null : pseudonyms.Segment(campaign.Id, Normalised(segment, "segment")), Moment(query, "from"), Moment(query, "to")),
            weights,
            PriorOf(query),
            QueryStrings.Number(query, "places", 1, MaxTop, RankingQuery.DefaultPlaces),
            AsOfPositions.Parse(query, positions))
        {
            Pool = PoolOf(query, by),
            Given = InWords.Where(query.ContainsKey).ToDictionary(static name => name, name => query[name].ToString(), StringComparer.Ordinal),
            NamesBallots = NamedBallots.AreWanted(query),
        };
    }

    private static decimal? PoolOf(IQueryCollection query, RankBy by)
    {
        const decimal MaxPool = 1_000_000_000_000_000m;
        var pool = Decimal(query, "pool", 0, MaxPool);
        if (pool is not null && by != RankBy.Quadratic)
            throw CommonProblems.Invalid("pool", "A pool is split by quadratic.");
        return pool is null || decimal.Round(pool.Value, 2) == pool ? pool : throw CommonProblems.Invalid("pool", "A pool has at most 2 decimals.");
    }

    private static int? CriterionOf(string? name, CampaignView campaign)
    {
        if (name is null)
            return null;
        var index = campaign.CriterionIndex(name);
        return index >= 0 ? index : throw CommonProblems.Invalid(
            "criterion", $"This campaign has no criterion \"{InputRefusals.Shown(name)}\"; it has {string.Join(", ", campaign.Text.Criteria)}.", RefusalCode.UnknownCriterion);
    }

    private static string Normalised(string segment, string field) =>
        segment.Trim() is { Length: > 0 } text && TextRules.IsLine(text)
            ? Nfc.Normalise(text)
            : throw CommonProblems.Invalid(field, $"A segment is a text of 1 to {RollEndpoints.MaxSegmentChars} characters, none of them a control character.");

    private static List<(TermId Segment, decimal Weight)> WeightsOf(string? text, CampaignId campaign, Pseudonyms pseudonyms)
    {
        var weights = new List<(TermId Segment, decimal Weight)>();
        foreach (var part in text?.Split(',') ?? [])
        {
            var colon = part.LastIndexOf(':');
            if (colon <= 0 || weights.Count == MaxWeights
                || !decimal.TryParse(part.AsSpan(colon + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) || weight > MaxWeight
                || decimal.Round(weight, 4) != weight)
                throw CommonProblems.Invalid("weights", $"\"weights\" is a list like north:2,south:0.5 of at most {MaxWeights} segments; weights are 0 to {MaxWeight} with up to 4 decimals.");
            var segment = pseudonyms.Segment(campaign, Normalised(part[..colon], "weights"));
            if (weights.Exists(known => known.Segment == segment))
                throw CommonProblems.Invalid("weights", "A segment is named twice.");
            weights.Add((segment, weight));
        }
        return weights;
    }

    private static RankingRule? PriorOf(IQueryCollection query)
    {
        var (votes, mean) = (Decimal(query, "priorVotes", 0, RankingRule.MaxPriorWeight), Decimal(query, "priorMean", 1, Domain.Voters.Scores.MaxStars));
        return votes is null && mean is null ? null : new RankingRule(null, votes, mean);
    }

    private static decimal? Decimal(IQueryCollection query, string name, decimal min, decimal max)
    {
        if (QueryStrings.Text(query, name, 40) is not { } text)
            return null;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw CommonProblems.Invalid(name, $"\"{name}\" is a number from {min} to {max}.");
    }

    private static Instant? Moment(IQueryCollection query, string name) =>
        QueryStrings.Text(query, name, 50) is { } text ? AsOfPositions.MomentOf(text, name) : null;
}
