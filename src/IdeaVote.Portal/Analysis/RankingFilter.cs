using System.Globalization;
using IdeaVote.Domain.Ranking;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Votes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IdeaVote.Portal.Analysis;

/// <summary>Which ranking the leaderboard's page shows, and beside which other.</summary>
internal sealed class RankingFilter
{
    /// <summary>The fields of everybody, besides the rankings.</summary>
    public static readonly string[] ByAnyone = ["tag", "status", "criterion", "top", "places", "pool", "priorVotes", "priorMean"];

    /// <summary>The fields of those who see every vote.</summary>
    public static readonly string[] ByAnalysts = ["segment", "weights", "since", "until", "asOf"];

    private static readonly string[] Names = ["by", "vs", .. ByAnyone, .. ByAnalysts];
    private static readonly string[] AsTheyAre = [.. ByAnyone, "segment", "weights"];
    private static readonly string[] DayForms = ["yyyy-MM-dd"];
    private static readonly string[] MinuteForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>Reads an address.</summary>
    /// <exception cref="ApiException">400 <c>invalid_field</c> or 409 <c>method_off</c>.</exception>
    public RankingFilter(PageQuery page, CampaignView campaign)
    {
        var rules = campaign.State.Rules;
        Page = page;
        By = RankNames.Parse(page["by"], rules);
        Versus = page["vs"] is { } other ? RankNames.Parse(other, rules) : null;
        if (Versus == By)
            Versus = null;
        Since = Day("since") is { } since ? Moment(since) : null;
        // The last day counts as a whole.
        Until = Day("until") is { } until ? Moment(until.AddDays(1)) : null;
        AsOf = page["asOf"] is { } text && DateTime.TryParseExact(text, MinuteForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var minute)
            ? minute.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : page["asOf"];
    }

    /// <summary>The fields.</summary>
    public PageQuery Page { get; }

    /// <summary>What it ranks by.</summary>
    public RankBy By { get; }

    /// <summary>What it is compared with; null for nothing.</summary>
    public RankBy? Versus { get; }

    private string? Since { get; }

    private string? Until { get; }

    private string? AsOf { get; }

    /// <summary>Reads the fields of an address.</summary>
    public static PageQuery Read(IQueryCollection query) => new(Names, query);

    /// <summary>Whether a field means something to a ranking; the others are passed over, so that a ranking can be changed with all else filled in.</summary>
    public static bool Takes(RankBy by, string field) => field switch
    {
        "criterion" => by is RankBy.Rating or RankBy.Bayesian or RankBy.Controversial or RankBy.NeedsVotes,
        "weights" => Rankers.TakesWeights(by),
        "places" => by == RankBy.NeedsVotes,
        "pool" => by == RankBy.Quadratic,
        "priorVotes" or "priorMean" => by == RankBy.Bayesian,
        _ => true,
    };

    /// <summary>The question that the API's leaderboard answers.</summary>
    /// <param name="by">What to rank by.</param>
    public IReadOnlyList<KeyValuePair<string, string>> ToFields(RankBy by)
    {
        var fields = new List<KeyValuePair<string, string>> { new("by", RankNames.Of(by)) };
        foreach (var name in AsTheyAre)
            Add(name, Takes(by, name) ? Page[name] : null);
        Add("from", Since);
        Add("to", Until);
        Add("asOf", AsOf);
        return fields;

        void Add(string name, string? text)
        {
            if (text is not null)
                fields.Add(new(name, text));
        }
    }

    /// <summary>The same as a query.</summary>
    /// <param name="by">What to rank by.</param>
    /// <param name="top">How many rows instead; null for as many as asked for.</param>
    public QueryCollection ToQuery(RankBy by, int? top = null)
    {
        var fields = ToFields(by).ToDictionary(field => field.Key, field => new StringValues(field.Value), StringComparer.Ordinal);
        if (top is { } rows)
            fields["top"] = rows.ToString(CultureInfo.InvariantCulture);
        return new QueryCollection(fields);
    }

    private DateOnly? Day(string name)
    {
        if (Page[name] is not { } text)
            return null;
        return DateOnly.TryParseExact(text, DayForms, out var day) && day < DateOnly.MaxValue
            ? day
            : throw CommonProblems.Invalid(name, $"\"{name}\" is a day like 2026-09-01.");
    }

    private static string Moment(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";
}
