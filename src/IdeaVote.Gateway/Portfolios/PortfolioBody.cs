using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Portfolios;

/// <summary>Which ideas a fund pays for.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Position">The position of the feed whose votes it counts.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Utility">Equal shares: what an idea is worth to who supports it; null for other rules.</param>
/// <param name="Completion">Equal shares: what becomes of the money left; null for other rules.</param>
/// <param name="From">Which votes made the ballots.</param>
/// <param name="Fund">The money there was.</param>
/// <param name="Unit">Its unit; null if it has none.</param>
/// <param name="Spent">What the selected cost together.</param>
/// <param name="Voters">How many voters have a vote of this kind.</param>
/// <param name="Unrepresented">How many of them get nothing they support.</param>
/// <param name="TotalScore">The scores of all selected together.</param>
/// <param name="Share">Equal shares: what each voter began with; null for other rules.</param>
/// <param name="Selected">What is funded, in the order in which it was decided.</param>
/// <param name="Rejected">What is not, by score.</param>
/// <param name="NotConsidered">The ranked ideas that can't be bought, each with why: `no_cost` or `cost_too_precise`.</param>
/// <param name="Comparison">All rules side by side.</param>
/// <param name="Parameters">What decided it, by name.</param>
/// <param name="Ballots">SHA-256 of the ballots counted, as the signed head at <paramref name="Position"/> carries it; null unless asked for.</param>
internal sealed record PortfolioBody(
    string Campaign, string Position, string Rule, string? Utility, string? Completion, string From, decimal Fund, string? Unit, decimal Spent,
    long Voters, long Unrepresented, decimal TotalScore, ShareBody? Share, IReadOnlyList<SelectedIdea> Selected, IReadOnlyList<RejectedIdea> Rejected,
    IReadOnlyList<UnconsideredIdea> NotConsidered, IReadOnlyList<ComparedRule> Comparison,
    IReadOnlyDictionary<string, string> Parameters, string? Ballots = null);

/// <summary>What each voter began with under equal shares.</summary>
/// <param name="Each">Exact: a whole number, or numerator/denominator.</param>
/// <param name="About">The same to 12 decimals.</param>
/// <param name="UnitsAdded">How many units of it the completion added.</param>
internal sealed record ShareBody(string Each, decimal About, long UnitsAdded);

/// <summary>An idea that is funded.</summary>
/// <param name="Idea">The idea's id.</param>
/// <param name="Reference">What the caller who submitted it calls it; null for nothing.</param>
/// <param name="Title">Its title; null if the text was erased.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Score">All its votes together, as they weigh.</param>
/// <param name="Supporters">How many voters support it.</param>
/// <param name="Why">Why it was selected.</param>
/// <param name="Paid">Who paid how much, together exactly the cost; null where the fund as a whole paid.</param>
internal sealed record SelectedIdea(
    string Idea, string? Reference, string? Title, decimal Cost, decimal Score, long Supporters, string Why, IReadOnlyList<PaidBody>? Paid);

/// <summary>Voters who paid for an idea.</summary>
/// <param name="Voters">How many.</param>
/// <param name="Amount">What each of them paid, exact: a whole number, or numerator/denominator. Null if they paid different amounts: all they had left.</param>
/// <param name="About">The same to 12 decimals.</param>
/// <param name="Total">What they paid together, exact.</param>
internal sealed record PaidBody(long Voters, string? Amount, decimal? About, string Total);

/// <summary>An idea that is not funded.</summary>
/// <param name="Idea">The idea's id.</param>
/// <param name="Reference">What the caller who submitted it calls it; null for nothing.</param>
/// <param name="Title">Its title; null if the text was erased.</param>
/// <param name="Cost">What it would cost.</param>
/// <param name="Score">All its votes together, as they weigh.</param>
/// <param name="Supporters">How many voters support it.</param>
/// <param name="Lacked">What it lacked.</param>
/// <param name="Missing">The money that was missing, to 12 decimals; null if it was not for money.</param>
internal sealed record RejectedIdea(
    string Idea, string? Reference, string? Title, decimal Cost, decimal Score, long Supporters, string Lacked, decimal? Missing);

/// <summary>An idea that can't be bought.</summary>
/// <param name="Idea">The idea's id.</param>
/// <param name="Reference">What the caller who submitted it calls it; null for nothing.</param>
/// <param name="Title">Its title; null if the text was erased.</param>
/// <param name="Why">`no_cost` or `cost_too_precise`.</param>
internal sealed record UnconsideredIdea(string Idea, string? Reference, string? Title, string Why);

/// <summary>What a rule comes to on the same votes, with the utility and the completion that were asked for.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Selected">How many ideas it funds; null if it was too large.</param>
/// <param name="Utility">The scores of all of them together; null if it was too large.</param>
/// <param name="Unrepresented">How many voters get nothing they support; null if it was too large.</param>
/// <param name="Spent">What they cost together; null if it was too large.</param>
/// <param name="TooLarge">Why there is no result; null if there is one.</param>
internal sealed record ComparedRule(string Rule, int? Selected, decimal? Utility, long? Unrepresented, decimal? Spent, string? TooLarge);

/// <summary>The bodies of portfolios.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(PortfolioBody))]
internal sealed partial class PortfolioJson : JsonSerializerContext;
