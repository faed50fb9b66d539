using System.Text.Json.Serialization;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Http;

namespace IdeaVote.Gateway.Campaigns;

/// <summary>A campaign. No field of it depends on any vote.</summary>
public sealed class CampaignAnswer
{
    /// <summary>The same as the key.</summary>
    public required string Id { get; init; }

    /// <summary>Its slug.</summary>
    public required string Key { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What it is about, Markdown; may be empty.</summary>
    public required string Brief { get; init; }

    /// <summary>The ready-made course it began with.</summary>
    [JsonConverter(typeof(StrictEnumConverter<Preset>))]
    public required Preset Preset { get; init; }

    /// <summary>The name of the stage in force.</summary>
    public required string Stage { get; init; }

    /// <summary>Its stages in order.</summary>
    public required IReadOnlyList<StageBody> Stages { get; init; }

    /// <summary>Approval voting; null if off.</summary>
    public required ApproveBody? Approve { get; init; }

    /// <summary>Rating; null if off.</summary>
    public required RateBody? Rate { get; init; }

    /// <summary>Investing; null if off.</summary>
    public required InvestBody? Invest { get; init; }

    /// <summary>Putting ideas in order; null if off.</summary>
    public required RankBody? Rank { get; init; }

    /// <summary>Duels between two ideas; null if off.</summary>
    public required DuelBody? Duel { get; init; }

    /// <summary>How rankings weigh what they count; null for the defaults.</summary>
    public required RankingBody? Ranking { get; init; }

    /// <summary>Whether a vote can be changed or taken back.</summary>
    public required bool CanChangeVotes { get; init; }

    /// <summary>Whether tallies stay hidden until all voting has closed.</summary>
    public required bool HideScores { get; init; }

    /// <summary>Whether all ballots are published whole, under new pseudonyms, once voting has closed.</summary>
    public required bool PublishBallots { get; init; }

    /// <summary>Whether everybody may see tallies now.</summary>
    public required bool ScoresVisible { get; init; }

    /// <summary>The team's money; null for none.</summary>
    public required FundBody? Fund { get; init; }

    /// <summary>Who may vote.</summary>
    public required VotersBody Voters { get; init; }

    /// <summary>Whether ideas of voters wait for the team.</summary>
    public required Moderation Moderation { get; init; }

    /// <summary>What a campaign looks like at <paramref name="now"/>.</summary>
    internal static CampaignAnswer Of(CampaignView view, Instant now)
    {
        var (text, state, rules) = (view.Text, view.State, view.State.Rules);
        return new CampaignAnswer
        {
            Id = text.Key,
            Key = text.Key,
            Title = text.Title,
            Brief = text.Brief,
            Preset = state.Preset,
            Stage = view.StageName(now),
            Stages = [.. state.Stages.Select((stage, i) => StageNames.ToBody(stage, text.Stages[i]))],
            Approve = rules.Approve is { } approve ? new ApproveBody { Max = approve.Max } : null,
            Rate = rules.Rate is { } rate
                ? new RateBody { Criteria = [.. rate.Weights.Select((weight, i) => new CriterionBody { Key = text.Criteria[i], Weight = weight })] }
                : null,
            Invest = rules.Invest is { } invest
                ? new InvestBody { BudgetCredits = invest.BudgetCredits, MinCredits = invest.MinCredits, MaxCredits = invest.MaxCredits, Cost = invest.Cost }
                : null,
            Rank = rules.Rank is { } rank ? new RankBody { MaxLength = rank.MaxLength } : null,
            Duel = rules.Duel is not null ? new DuelBody() : null,
            Ranking = rules.Ranking is { } ranking
                ? new RankingBody { HalfLifeHours = ranking.HalfLifeHours, PriorWeight = ranking.PriorWeight, PriorMean = ranking.PriorMean }
                : null,
            CanChangeVotes = rules.VotesCanChange,
            HideScores = rules.ScoresHidden,
            PublishBallots = rules.Publication is not null,
            ScoresVisible = view.ScoresVisible(now),
            Fund = rules.Fund is { } fund ? new FundBody { Amount = fund, Unit = text.Unit ?? "" } : null,
            Voters = new VotersBody { Who = rules.Who, Domains = text.Domains },
            Moderation = rules.Moderated ? Moderation.Before : Moderation.None,
        };
    }
}

/// <summary>All campaigns.</summary>
/// <param name="Items">In the order of their creation.</param>
public sealed record CampaignList(IReadOnlyList<CampaignAnswer> Items);

/// <summary>Move a campaign to a stage.</summary>
public sealed class StageRequest
{
    /// <summary>The stage's name, in whatever case.</summary>
    public required string Stage { get; set; }
}

/// <summary>The JSON of the campaigns' endpoints.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = RequestBody.MaxDepth)]
[JsonSerializable(typeof(CampaignRequest))]
[JsonSerializable(typeof(CampaignPatch))]
[JsonSerializable(typeof(StageRequest))]
[JsonSerializable(typeof(CampaignAnswer))]
[JsonSerializable(typeof(CampaignList))]
public sealed partial class CampaignJson : JsonSerializerContext;
