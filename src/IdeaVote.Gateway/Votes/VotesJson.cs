using System.Text.Json;
using System.Text.Json.Serialization;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Ranking;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Votes;

/// <summary>The counts of one idea.</summary>
/// <param name="Approvals">How many voters approve it.</param>
/// <param name="Ratings">How many voters rate it.</param>
/// <param name="Rating">The weighted mean of its stars, 1 to 5; null without a rating.</param>
/// <param name="Invested">The credits invested in it.</param>
/// <param name="Investors">How many voters invest in it.</param>
internal sealed record TallyBody(int Approvals, int Ratings, decimal? Rating, long Invested, int Investors)
{
    /// <summary>Copies the counts of an idea off the board.</summary>
    public static TallyBody Of(IdeaTally idea, Rules rules) =>
        new(idea.Approvals, idea.Raters, Score.Mean(idea, rules.Rate?.Weights ?? []), idea.Invested, idea.Investors);
}

/// <summary>What a vote is answered with.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Tally">Its counts with this vote; null while scores are hidden.</param>
/// <param name="Ballot">What the ballot has left.</param>
internal sealed record VoteAnswer(string Idea, TallyBody? Tally, BallotLeft Ballot);

/// <summary>How a ballot stands.</summary>
/// <param name="Version">Its version, for If-Match.</param>
/// <param name="ApprovalsLeft">How many more approvals it can hold; null for any number.</param>
/// <param name="CreditsLeft">How many credits are left to invest; null when investing is off.</param>
internal sealed record BallotLeft(long Version, int? ApprovalsLeft, int? CreditsLeft);

/// <summary>A rating.</summary>
/// <param name="Scores">Stars, 1 to 5, by criterion.</param>
internal sealed record RatingBody(IReadOnlyDictionary<string, int> Scores);

/// <summary>An investment.</summary>
/// <param name="Credits">Whole credits, 0 or more; 0 takes it back.</param>
/// <param name="Votes">Instead of credits, where votes cost the square of their number: how many votes.</param>
internal sealed record InvestmentBody(int? Credits = null, int? Votes = null);

/// <summary>An order of ideas.</summary>
/// <param name="Ideas">The ideas, the best first, each by its id or as <c>ref:</c> and its reference.</param>
internal sealed record OrderRequest(IReadOnlyList<string> Ideas);

/// <summary>A decided duel.</summary>
/// <param name="Better">The better idea, by its id or as <c>ref:</c> and its reference.</param>
/// <param name="Worse">The other one.</param>
internal sealed record DuelRequest(string Better, string Worse);

/// <summary>What a duel is answered with.</summary>
/// <param name="Duels">How many duels the voter has decided.</param>
/// <param name="Ballot">How the ballot stands.</param>
internal sealed record DuelAnswer(int Duels, BallotLeft Ballot);

/// <summary>Two ideas to compare.</summary>
/// <param name="Pair">The two, in an order by lot; null when the voter has decided every pair.</param>
/// <param name="Duels">How many duels the voter has decided.</param>
internal sealed record NextDuelAnswer(IReadOnlyList<DuelIdea>? Pair, int Duels);

/// <summary>An idea in a duel.</summary>
/// <param name="Idea">The idea.</param>
/// <param name="Reference">What the caller who submitted it calls it; null for nothing.</param>
/// <param name="Title">Its title; null if the text was erased.</param>
internal sealed record DuelIdea(string Idea, string? Reference, string? Title);

/// <summary>An approval says nothing more.</summary>
internal sealed record ApprovalBody;

/// <summary>The bodies of votes and ballots.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(VoteAnswer))]
[JsonSerializable(typeof(RatingBody))]
[JsonSerializable(typeof(InvestmentBody))]
[JsonSerializable(typeof(ApprovalBody))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(DuelRequest))]
[JsonSerializable(typeof(DuelAnswer))]
[JsonSerializable(typeof(NextDuelAnswer))]
[JsonSerializable(typeof(BallotBody))]
[JsonSerializable(typeof(BallotRequest))]
internal sealed partial class VotesJson : JsonSerializerContext;
