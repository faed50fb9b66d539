using System.Globalization;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Portal.Http;
using IdeaVote.Portal.Submit;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Teams;

/// <summary>The form in which a team says how a campaign runs: what is typed in it, read from a request or off a campaign.</summary>
/// <param name="values">What each field holds; a box that is not ticked has none.</param>
public sealed class CampaignForm(IReadOnlyDictionary<string, string> values)
{
    /// <summary>The most stages that the form shows besides those there are.</summary>
    private const int MoreStages = 1;

    /// <summary>An empty form for a new campaign.</summary>
    public static CampaignForm New { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["preset"] = "continuous",
        ["approve"] = "1",
        ["budget"] = "100",
        ["rank-length"] = "3",
        ["criteria"] = "overall",
        ["changeable"] = "1",
        ["who"] = "anyone",
    });

    /// <summary>What a field holds; empty for nothing.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>Whether a box is ticked.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>How many stages the form shows.</summary>
    public int Stages => values.Keys.Count(static key => key.StartsWith("stage-name-", StringComparison.Ordinal)) is > 0 and var count
        ? Math.Min(Campaign.MaxStages, count + MoreStages)
        : 0;

    /// <summary>Reads a request.</summary>
    public static CampaignForm Of(Form form) => new(form.Names.Where(static name => name[0] != '_').ToDictionary(name => name, name => form[name], StringComparer.Ordinal));

    /// <summary>The form of a campaign as it is.</summary>
    internal static CampaignForm Of(CampaignView campaign)
    {
        var (text, rules) = (campaign.Text, campaign.State.Rules);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = text.Title,
            ["brief"] = text.Brief,
            ["who"] = rules.Who.ToString().ToLowerInvariant(),
            ["domains"] = string.Join(", ", text.Domains),
            ["approve-max"] = Number(rules.Approve?.Max),
            ["criteria"] = rules.Rate is null ? "overall" : string.Join(", ", text.Criteria.Take(rules.Rate.Weights.Length).Select((name, i) =>
                rules.Rate.Weights[i] == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} × {rules.Rate.Weights[i]:0.####}"))),
            ["budget"] = Number(rules.Invest?.BudgetCredits ?? 100),
            ["invest-min"] = Number(rules.Invest?.MinCredits),
            ["invest-max"] = Number(rules.Invest?.MaxCredits),
            ["rank-length"] = Number(rules.Rank?.MaxLength ?? 3),
            ["fund"] = rules.Fund?.ToString("0.####", CultureInfo.InvariantCulture) ?? "",
            ["unit"] = text.Unit ?? "",
        };
        Tick("approve", rules.Approve is not null);
        Tick("rate", rules.Rate is not null);
        Tick("invest", rules.Invest is not null);
        Tick("quadratic", rules.Invest is { IsQuadratic: true });
        Tick("rank", rules.Rank is not null);
        Tick("duel", rules.Duel is not null);
        Tick("changeable", rules.VotesCanChange);
        Tick("hidden", rules.ScoresHidden);
        Tick("publish", rules.Publication is not null);
        Tick("moderated", rules.Moderated);
        for (var i = 0; i < campaign.State.Stages.Length; i++)
        {
            var stage = StageNames.ToBody(campaign.State.Stages[i], text.Stages[i]);
            values[$"stage-name-{i}"] = stage.Name;
            values[$"stage-starts-{i}"] = stage.Starts?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) ?? "";
            foreach (var allows in stage.Allows)
                Tick($"stage-{allows.ToString().ToLowerInvariant()}-{i}", true);
        }
        return new CampaignForm(values);

        void Tick(string name, bool ticked)
        {
            if (ticked)
                values[name] = "1";
        }
    }

    /// <summary>Says all of it to a request.</summary>
    /// <exception cref="ApiException">400, with the field to blame.</exception>
    internal T Fill<T>(T fields)
        where T : CampaignFields
    {
        fields.Title = this["title"];
        fields.Brief = this["brief"];
        fields.Approve = Has("approve") ? new ApproveBody { Max = Whole("approve-max") } : null;
        fields.Rate = Has("rate") ? new RateBody { Criteria = Criteria() } : null;
        fields.Invest = Has("invest")
            ? new InvestBody
            {
                BudgetCredits = Whole("budget") ?? throw Wrong("budget"),
                MinCredits = Whole("invest-min"),
                MaxCredits = Whole("invest-max"),
                Cost = Has("quadratic") ? CreditCost.Quadratic : null,
            }
            : null;
        fields.Rank = Has("rank") ? new RankBody { MaxLength = Whole("rank-length") ?? throw Wrong("rank-length") } : null;
        fields.Duel = Has("duel") ? new DuelBody() : null;
        fields.CanChangeVotes = Has("changeable");
        fields.HideScores = Has("hidden");
        fields.PublishBallots = Has("publish");
        fields.Moderation = Has("moderated") ? Moderation.Before : Moderation.None;
        fields.Fund = this["fund"].Trim().Length == 0 ? null : new FundBody { Amount = Amounts.TryRead(this["fund"], out var fund) ? fund : throw Wrong("fund"), Unit = this["unit"] };
        fields.Voters = new VotersBody
        {
            Who = Enum.TryParse<WhoMayVote>(this["who"], ignoreCase: true, out var who) && Enum.IsDefined(who) ? who : throw Wrong("who"),
            Domains = this["who"] == "confirmed" ? [.. this["domains"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [],
        };
        if (Stages > 0)
            fields.Stages = StageBodies();
        return fields;
    }

    /// <summary>A key made of a title: its letters and digits without accents, with hyphens between.</summary>
    public static string KeyOf(string title)
    {
        var key = string.Concat(title.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : Plain(c)));
        while (key.Contains("--", StringComparison.Ordinal))
            key = key.Replace("--", "-", StringComparison.Ordinal);
        key = key.Trim('-');
        return key.Length > 50 ? key[..50].Trim('-') : key;
    }

    /// <summary>The plain letter of a Latin one; a hyphen for anything else.</summary>
    private static string Plain(char c) => c switch
    {
        'ä' or 'æ' => "ae",
        'ö' or 'œ' or 'ø' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        >= 'à' and <= 'å' or 'ā' or 'ă' or 'ą' => "a",
        'ç' or 'ć' or 'č' => "c",
        'ď' or 'đ' or 'ð' => "d",
        >= 'è' and <= 'ë' or 'ē' or 'ė' or 'ę' or 'ě' => "e",
        'ğ' => "g",
        >= 'ì' and <= 'ï' or 'ī' or 'ı' or 'į' => "i",
        'ł' => "l",
        'ñ' or 'ń' or 'ň' => "n",
        >= 'ò' and <= 'õ' or 'ō' or 'ő' => "o",
        'ř' => "r",
        'ś' or 'š' or 'ş' or 'ș' => "s",
        'ť' or 'ț' => "t",
        'ù' or 'ú' or 'û' or 'ū' or 'ů' or 'ű' or 'ų' => "u",
        'ý' or 'ÿ' => "y",
        'ź' or 'ż' or 'ž' => "z",
        _ => "-",
    };

    /// <summary>The field of the form that holds what the API calls so.</summary>
    /// <param name="field">The API's name, such as <c>rate.criteria[0].key</c>, or one of the form's own.</param>
    /// <returns>Null if the form has no such field that can say what is wrong with it.</returns>
    public static string? FieldOf(string? field) => field switch
    {
        "title" or "brief" or "key" or "approve-max" or "criteria" or "budget" or "invest-min" or "invest-max" or "rank-length" or "domains" or "fund" or "unit" => field,
        "approve.max" => "approve-max",
        "invest.budgetCredits" => "budget",
        "invest.minCredits" => "invest-min",
        "invest.maxCredits" => "invest-max",
        "rank.maxLength" => "rank-length",
        "fund.amount" => "fund",
        "fund.unit" => "unit",
        not null when field.StartsWith("rate.criteria", StringComparison.Ordinal) => "criteria",
        not null when field.StartsWith("voters.domains", StringComparison.Ordinal) => "domains",
        not null when field.StartsWith("stage-", StringComparison.Ordinal) => field,
        not null when field.StartsWith("stages[", StringComparison.Ordinal) && field.IndexOf(']', StringComparison.Ordinal) is var end and > 0 =>
            $"stage-{(field.EndsWith("starts", StringComparison.Ordinal) ? "starts" : "name")}-{field["stages[".Length..end]}",
        _ => null,
    };

    private List<StageBody> StageBodies()
    {
        var stages = new List<StageBody>();
        for (var i = 0; i < Campaign.MaxStages; i++)
        {
            if (this[$"stage-name-{i}"].Trim().Length == 0)
                continue;
            var starts = this[$"stage-starts-{i}"].Trim();
            stages.Add(new StageBody
            {
                Name = this[$"stage-name-{i}"],
                Starts = starts.Length == 0
                    ? null
                    : DateTimeOffset.TryParse(starts, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
                        ? at
                        : throw Wrong($"stage-starts-{i}"),
                Allows = [.. Enum.GetValues<StageAllows>().Where(allows => Has($"stage-{allows.ToString().ToLowerInvariant()}-{i}"))],
            });
        }
        return stages;
    }

    /// <summary>Criteria with commas between, each with its weight behind a × if that is not 1.</summary>
    private List<CriterionBody> Criteria() => [.. this["criteria"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part =>
    {
        var cut = part.LastIndexOfAny(['×', '*']);
        return cut < 0
            ? new CriterionBody { Key = part }
            : new CriterionBody
            {
                Key = part[..cut].Trim(),
                Weight = decimal.TryParse(part[(cut + 1)..].Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? weight : throw Wrong("criteria"),
            };
    })];

    private int? Whole(string name) => this[name].Trim() is { Length: > 0 } text
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(name)
        : null;

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static ApiException Wrong(string field) => new(StatusCodes.Status400BadRequest, "invalid_field", "This is not a value that can be used here.", field);
}
