using System.Globalization;
using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Gateway.Audit;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Input;
using IdeaVote.Gateway.Leaderboard;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>Which portfolio a caller asks for.</summary>
/// <param name="Method">The rule and its parameters.</param>
/// <param name="From">Which votes make the ballots.</param>
/// <param name="Fund">The money to spend; null for the campaign's fund.</param>
/// <param name="Payments">Whether every payment is listed.</param>
/// <param name="AsOf">As of which position or moment; both null for now.</param>
/// <param name="NamesBallots">Whether the answer names the SHA-256 of the ballots counted.</param>
internal sealed record PortfolioQuery(
    FundingMethod Method, CountFrom From, decimal? Fund, bool Payments, (Position? Position, Instant? Moment) AsOf, bool NamesBallots)
{
    /// <summary>The parameters it takes.</summary>
    public static readonly string[] Known = ["rule", "fund", "utility", "completion", "from", "payments", "asOf", "format", NamedBallots.Parameter];

    /// <summary>Whether only those may ask for it who see every vote.</summary>
    public bool IsForAnalysts => Payments || IsPast;

    /// <summary>Whether it is of a moment or position that was named.</summary>
    public bool IsPast => AsOf is not (null, null);

    /// <summary>Reads the query string.</summary>
    /// <exception cref="ApiException">400 or 409, with the parameter to blame.</exception>
    public static PortfolioQuery Of(IQueryCollection query, CampaignView campaign, Positions positions)
    {
        QueryStrings.Check(query, Known);
        return new PortfolioQuery(
            new FundingMethod(
                Named(query, "rule", MethodNames.Rules),
                Named(query, "utility", MethodNames.Utilities),
                Named(query, "completion", MethodNames.Completions)),
            WantedVotes.Parse(QueryStrings.Text(query, "from", 20), campaign.State.Rules),
            FundOf(QueryStrings.Text(query, "fund", 40)),
            PaymentsOf(QueryStrings.Text(query, "payments", 10)),
            AsOfPositions.Parse(query, positions),
            NamedBallots.AreWanted(query));
    }

    /// <summary>The fund to divide.</summary>
    /// <param name="ofCampaign">The campaign's fund; null if it has none.</param>
    /// <exception cref="ApiException">400 <c>fund_required</c> or <c>invalid_field</c>.</exception>
    public decimal FundOr(decimal? ofCampaign) => Checked(Fund ?? ofCampaign ?? throw CommonProblems.Invalid(
        "fund", "The campaign has no fund; say with \"fund\" how much money there is, or give the campaign one.", "fund_required"));

    private static decimal? FundOf(string? text)
    {
        if (text is null)
            return null;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fund) ? Checked(fund) : throw NoFund();
    }

    private static decimal Checked(decimal fund) =>
        fund is >= 0 and <= Election.MaxAmount && decimal.Round(fund, Election.MaxDecimals) == fund ? Numbers.Plain(fund) : throw NoFund();

    private static T Named<T>(IQueryCollection query, string field, IReadOnlyDictionary<string, T> names) => QueryStrings.Text(query, field, 20) switch
    {
        null => names.First().Value,
        var name when names.TryGetValue(name, out var value) => value,
        _ => throw CommonProblems.Invalid(field, $"\"{field}\" is one of {MethodNames.Known(names)}."),
    };

    private static bool PaymentsOf(string? text) => text switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw CommonProblems.Invalid("payments", "\"payments\" is true or false."),
    };

    private static ApiException NoFund() =>
        CommonProblems.Invalid("fund", $"\"fund\" is an amount from 0 to {Election.MaxAmount} with at most {Election.MaxDecimals} decimals.");
}
