using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdeaVote.Cli.Api;

/// <summary>A campaign to create.</summary>
internal sealed record NewCampaign(
    string Key,
    string Title,
    string Preset,
    ApproveRule? Approve,
    InvestRule? Invest,
    FundRule? Fund,
    VotersRule Voters,
    RankRule? Rank = null);

/// <summary>Approval voting; <paramref name="Max"/> approvals a ballot, any number if null.</summary>
internal sealed record ApproveRule([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Max = null);

/// <summary>Investing; every voter has <paramref name="BudgetCredits"/> credits, 1 or more.</summary>
internal sealed record InvestRule(int BudgetCredits);

/// <summary>Putting ideas in order; an order has at most <paramref name="MaxLength"/> ideas.</summary>
internal sealed record RankRule(int MaxLength);

/// <summary>The money for winning ideas, 0 or more, in the campaign's unit.</summary>
internal sealed record FundRule(decimal Amount, string Unit);

/// <summary>Who may vote.</summary>
internal sealed record VotersRule(string Who);

/// <summary>A campaign as the server shows it; a method that is null is off.</summary>
internal sealed record Campaign(
    string Id,
    string? Title = null,
    string? Stage = null,
    ApproveRule? Approve = null,
    JsonElement? Rate = null,
    InvestRule? Invest = null,
    RankRule? Rank = null);

/// <summary>An idea to submit.</summary>
internal sealed record NewIdea(string Title, string Body, IReadOnlyList<string> Tags, decimal? Cost, string Reference);

/// <summary>What the command line needs of an idea as the server shows it.</summary>
internal sealed record Idea(string Id, string? Reference = null);

/// <summary>One page of a list.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next = null);

/// <summary>What became of one ballot.</summary>
/// <param name="Line">The line number sent with the ballot.</param>
/// <param name="Status"><c>counted</c>, <c>unchanged</c> or <c>refused</c>.</param>
/// <param name="Code">Why it was refused, a stable code.</param>
/// <param name="Detail">Why it was refused, for people.</param>
internal sealed record BallotResult(int? Line = null, string? Status = null, string? Code = null, string? Detail = null);

/// <summary>A ranking. What it counts is null where the server does not say; <paramref name="File"/> is the name of a file that was counted here.</summary>
internal sealed record Leaderboard(
    IReadOnlyList<LeaderboardRow> Rows,
    string? Campaign = null,
    string? File = null,
    string? By = null,
    string? Position = null,
    IReadOnlyDictionary<string, string>? Parameters = null,
    string? Ballots = null);

/// <summary>
/// One idea's place; <paramref name="Score"/> means what the ranking is by, null where there is none yet; <paramref name="Explain"/> is what
/// made it, by name.
/// </summary>
internal sealed record LeaderboardRow(
    int Rank,
    string Idea,
    long Votes,
    string? Reference = null,
    string? Title = null,
    decimal? Score = null,
    decimal? Weighted = null,
    Interval? Interval = null,
    IReadOnlyDictionary<string, decimal>? Explain = null)
{
    /// <summary>One of the numbers that made the score; null if the ranking has none of that name.</summary>
    public decimal? Term(string name) => Explain is not null && Explain.TryGetValue(name, out var value) ? value : null;
}

/// <summary>A score's 95 % interval.</summary>
internal sealed record Interval(decimal Low, decimal High);

/// <summary>A token to create.</summary>
internal sealed record NewToken(string Name, IReadOnlyList<string> Scopes, string? Voter, string? Address, DateTimeOffset? Expires);

/// <summary>A token as the server shows it; <paramref name="Token"/> only when it is created.</summary>
internal sealed record TokenInfo(
    string Id,
    string? Token = null,
    string? Name = null,
    IReadOnlyList<string>? Scopes = null,
    string? Voter = null,
    DateTimeOffset? Expires = null);
