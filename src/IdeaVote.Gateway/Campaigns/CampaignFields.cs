using System.Text.Json.Serialization;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Campaigns;

/// <summary>Make a campaign.</summary>
public sealed class CampaignRequest : CampaignFields
{
    /// <summary>Its slug: 1 to 63 of a-z, 0-9 and hyphens, not beginning with a hyphen. It never changes.</summary>
    public required string Key { get; set; }

    /// <summary>
    /// The ready-made course it begins with. `continuous`: stages open, closed. `challenge`: submit, vote, review, closed.
    /// `budget`: as challenge, and voters invest 100 credits unless `invest` says otherwise.
    /// </summary>
    [JsonConverter(typeof(StrictEnumConverter<Preset>))]
    public Preset Preset { get; set; } = Preset.Continuous;
}

/// <summary>Change a campaign. An absent field stays as it is; null gives it its default, which for a voting method is off.</summary>
public sealed class CampaignPatch : CampaignFields;

/// <summary>What can be said of a campaign at any time, and which of it was said.</summary>
public abstract class CampaignFields
{
    /// <summary>The longest title, in characters.</summary>
    public const int MaxTitleChars = 200;

    /// <summary>The longest brief, in characters.</summary>
    public const int MaxBriefChars = 20_000;

    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <summary>Its title, one line of 1 to 200 characters.</summary>
    public string? Title { get; set => Give(field = value, nameof(Title)); }

    /// <summary>What it is about, Markdown, at most 20,000 characters.</summary>
    public string? Brief { get; set => Give(field = value, nameof(Brief)); }

    /// <summary>Its stages in order, 1 to 20; those of the preset if absent.</summary>
    public IReadOnlyList<StageBody>? Stages { get; set => Give(field = value, nameof(Stages)); }

    /// <summary>Voters approve ideas; absent or null: off.</summary>
    public ApproveBody? Approve { get; set => Give(field = value, nameof(Approve)); }

    /// <summary>Voters give 1 to 5 stars; absent or null: off.</summary>
    public RateBody? Rate { get; set => Give(field = value, nameof(Rate)); }

    /// <summary>Voters spend credits; absent or null: off.</summary>
    public InvestBody? Invest { get; set => Give(field = value, nameof(Invest)); }

    /// <summary>Voters put ideas in order; absent or null: off.</summary>
    public RankBody? Rank { get; set => Give(field = value, nameof(Rank)); }

    /// <summary>Voters say which of two ideas is the better; absent or null: off.</summary>
    public DuelBody? Duel { get; set => Give(field = value, nameof(Duel)); }

    /// <summary>How rankings weigh what they count; the defaults if absent.</summary>
    public RankingBody? Ranking { get; set => Give(field = value, nameof(Ranking)); }

    /// <summary>Whether a vote can be changed or taken back; true if absent.</summary>
    public bool? CanChangeVotes { get; set => Give(field = value, nameof(CanChangeVotes)); }

    /// <summary>Whether tallies stay hidden until all voting has closed; false if absent.</summary>
    public bool? HideScores { get; set => Give(field = value, nameof(HideScores)); }

    /// <summary>
    /// Whether all ballots are published whole once voting has closed, without times and segments and under new pseudonyms; false if absent. Tell
    /// voters: who tells how they voted on many ideas can be recognised. It can't be changed once voting has opened.
    /// </summary>
    public bool? PublishBallots { get; set => Give(field = value, nameof(PublishBallots)); }

    /// <summary>The team's money for winning ideas; none if absent.</summary>
    public FundBody? Fund { get; set => Give(field = value, nameof(Fund)); }

    /// <summary>Who may vote; anyone if absent.</summary>
    public VotersBody? Voters { get; set => Give(field = value, nameof(Voters)); }

    /// <summary>Whether ideas of voters wait for the team before everybody sees them; `none` if absent.</summary>
    public Moderation? Moderation { get; set => Give(field = value, nameof(Moderation)); }

    /// <summary>Whether the caller said anything of a field, be it null.</summary>
    /// <param name="name">The property's name.</param>
    internal bool Gives(string name) => given.Contains(name);

    private void Give<T>(T value, string name)
    {
        _ = value;
        given.Add(name);
    }
}

/// <summary>A stage of a campaign.</summary>
public sealed class StageBody
{
    /// <summary>Its name, one line of 1 to 100 characters, unlike any other stage's.</summary>
    public required string Name { get; set; }

    /// <summary>When the campaign enters it by itself, ISO 8601 with offset; null if only the team moves it there.</summary>
    [JsonConverter(typeof(OptionalIsoTimeConverter))]
    public DateTimeOffset? Starts { get; set; }

    /// <summary>What may be done in it: any of `submit`, `discuss`, `vote`.</summary>
    public IReadOnlyList<StageAllows> Allows { get; set; } = [];
}

/// <summary>Something a stage allows.</summary>
[JsonConverter(typeof(StrictEnumConverter<StageAllows>))]
public enum StageAllows
{
    /// <summary>New ideas, and edits by their authors.</summary>
    Submit,

    /// <summary>Comments.</summary>
    Discuss,

    /// <summary>Votes.</summary>
    Vote,
}

/// <summary>Approval voting.</summary>
public sealed class ApproveBody
{
    /// <summary>The most approvals of one voter, 1 or more; null for any number.</summary>
    public int? Max { get; set; }
}

/// <summary>Rating with 1 to 5 stars.</summary>
public sealed class RateBody
{
    /// <summary>The criteria, 1 to 16; `overall` alone if absent.</summary>
    public IReadOnlyList<CriterionBody>? Criteria { get; set; }
}

/// <summary>A criterion of rating.</summary>
public sealed class CriterionBody
{
    /// <summary>Its key, one line of 1 to 50 characters.</summary>
    public required string Key { get; set; }

    /// <summary>Its weight in the overall score: over 0, at most 1,000, with up to 4 decimals.</summary>
    [JsonConverter(typeof(ExactDecimalConverter))]
    public decimal Weight { get; set; } = 1;
}

/// <summary>Investing credits.</summary>
public sealed class InvestBody
{
    /// <summary>What each voter has, 1 to 1,000,000,000 credits.</summary>
    public required int BudgetCredits { get; set; }

    /// <summary>The least on one idea; null for no minimum.</summary>
    public int? MinCredits { get; set; }

    /// <summary>The most on one idea; null for no maximum.</summary>
    public int? MaxCredits { get; set; }

    /// <summary>What votes cost: `linear` unless given, or `quadratic`, where v votes for an idea cost v² credits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(StrictEnumConverter<CreditCost>))]
    public CreditCost? Cost { get; set; }
}

/// <summary>Putting ideas in order.</summary>
public sealed class RankBody
{
    /// <summary>The most ideas in an order, 1 to 100; also the points of the first place in a Borda count.</summary>
    public required int MaxLength { get; set; }
}

/// <summary>Duels between two ideas.</summary>
public sealed class DuelBody;

/// <summary>How rankings weigh what they count.</summary>
public sealed class RankingBody
{
    /// <summary>After how many hours a vote counts half in what is trending; 72 unless given.</summary>
    public int? HalfLifeHours { get; set; }

    /// <summary>How many ratings the prior of a Bayesian average is worth; the mean number of an idea's ratings unless given.</summary>
    [JsonConverter(typeof(ExactDecimalConverter))]
    public decimal? PriorWeight { get; set; }

    /// <summary>What an idea without a rating is taken to be, 1 to 5 stars; the mean of all ratings unless given.</summary>
    [JsonConverter(typeof(ExactDecimalConverter))]
    public decimal? PriorMean { get; set; }
}

/// <summary>Money.</summary>
public sealed class FundBody
{
    /// <summary>How much: 0 or more, at most 15 digits before and 4 after the point.</summary>
    [JsonConverter(typeof(ExactDecimalConverter))]
    public required decimal Amount { get; set; }

    /// <summary>Of what, one line of 1 to 20 characters. Ideas' costs are in it too.</summary>
    public required string Unit { get; set; }
}

/// <summary>Who may vote.</summary>
public sealed class VotersBody
{
    /// <summary>`anyone` with a token, those with a `confirmed` address, or those on the voter `roll`.</summary>
    [JsonConverter(typeof(StrictEnumConverter<WhoMayVote>))]
    public required WhoMayVote Who { get; set; }

    /// <summary>With `confirmed`: the mail domains taken, at most 100; any if empty.</summary>
    public IReadOnlyList<string> Domains { get; set; } = [];
}

/// <summary>What happens to ideas that voters submit.</summary>
[JsonConverter(typeof(StrictEnumConverter<Moderation>))]
public enum Moderation
{
    /// <summary>Everybody sees them at once.</summary>
    None,

    /// <summary>The team publishes them.</summary>
    Before,
}
