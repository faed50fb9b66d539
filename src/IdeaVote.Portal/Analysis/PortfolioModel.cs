namespace IdeaVote.Portal.Analysis;

/// <summary>What the page of a portfolio shows.</summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Form">The choices.</param>
/// <param name="Result">What came of them; null if nothing did.</param>
/// <param name="Problem">Why nothing did; null if something did.</param>
/// <param name="IsHidden">Whether most see no scores until voting has closed.</param>
public sealed record PortfolioModel(string Campaign, PortfolioForm Form, PortfolioResult? Result, string? Problem, bool IsHidden);

/// <summary>The choices of a portfolio's page.</summary>
/// <param name="Fund">The money to spend, as it is written.</param>
/// <param name="FundOfCampaign">The campaign's fund.</param>
/// <param name="Unit">Its unit; null for none.</param>
/// <param name="Most">The end of the slider.</param>
/// <param name="Step">Its step.</param>
/// <param name="Rule">The rule chosen.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Utility">The utility chosen.</param>
/// <param name="Utilities">The utilities.</param>
/// <param name="Completion">The completion chosen.</param>
/// <param name="Completions">The completions.</param>
/// <param name="From">The votes chosen.</param>
/// <param name="Froms">The votes there are.</param>
/// <param name="AsOf">The moment or position chosen; null for now.</param>
/// <param name="HasPast">Whether the visitor may look at the past.</param>
public sealed record PortfolioForm(
    string Fund, decimal FundOfCampaign, string? Unit, decimal Most, decimal Step, string Rule, IReadOnlyList<string> Rules, string Utility, IReadOnlyList<string> Utilities,
    string Completion, IReadOnlyList<string> Completions, string From, IReadOnlyList<string> Froms, string? AsOf, bool HasPast);

/// <summary>What a fund pays for.</summary>
/// <param name="Fund">The money there was.</param>
/// <param name="Spent">What the selected cost together.</param>
/// <param name="Unit">Its unit; null for none.</param>
/// <param name="Voters">How many voters count.</param>
/// <param name="Unrepresented">How many of them get nothing they support.</param>
/// <param name="Share">What each voter began with; null if voters have no money of their own.</param>
/// <param name="Selected">What is funded.</param>
/// <param name="Rejected">What is not.</param>
/// <param name="Unpriced">What has no cost and could not be bought.</param>
/// <param name="Comparison">All rules side by side.</param>
/// <param name="Position">The position that it counts.</param>
/// <param name="Permalink">The address of just this state; null for who can't see the past.</param>
/// <param name="Downloads">The files.</param>
public sealed record PortfolioResult(
    decimal Fund, decimal Spent, string? Unit, long Voters, long Unrepresented, decimal? Share, IReadOnlyList<FundedIdea> Selected, IReadOnlyList<UnfundedIdea> Rejected,
    IReadOnlyList<(string Idea, string? Title)> Unpriced, IReadOnlyList<RuleRow> Comparison, string Position, string? Permalink, IReadOnlyList<Download> Downloads);

/// <summary>An idea that is funded.</summary>
/// <param name="Idea">The idea's id.</param>
/// <param name="Title">Its title; null if it was erased.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Score">Its votes together, as they weigh.</param>
/// <param name="Supporters">How many voters support it.</param>
/// <param name="Paid">Groups of voters who paid the same, the largest payment first; null if the fund as a whole paid.</param>
/// <param name="Exhausted">How many voters gave all they had left, less than the others.</param>
/// <param name="ExhaustedTotal">What those gave together.</param>
public sealed record FundedIdea(
    string Idea, string? Title, decimal Cost, decimal Score, long Supporters, IReadOnlyList<(long Voters, decimal Each)>? Paid, long Exhausted, decimal ExhaustedTotal);

/// <summary>An idea that is not funded.</summary>
/// <param name="Idea">The idea's id.</param>
/// <param name="Title">Its title; null if it was erased.</param>
/// <param name="Cost">What it would cost.</param>
/// <param name="Score">Its votes together, as they weigh.</param>
/// <param name="Supporters">How many voters support it.</param>
/// <param name="Missing">The money that was missing; null if it was not for money.</param>
public sealed record UnfundedIdea(string Idea, string? Title, decimal Cost, decimal Score, long Supporters, decimal? Missing);

/// <summary>What one rule comes to.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Url">The page with it.</param>
/// <param name="Selected">How many ideas it funds; null if it is too large to be worked out.</param>
/// <param name="Utility">The scores of all of them together.</param>
/// <param name="Unrepresented">How many voters get nothing they support.</param>
/// <param name="Spent">What they cost together.</param>
public sealed record RuleRow(string Rule, string Url, int? Selected, decimal? Utility, long? Unrepresented, decimal? Spent);
