using System.Collections.Immutable;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Campaigns;

/// <summary>The rules a campaign's ballots obey. A voting method that is null is off.</summary>
/// <param name="Approve">Voters approve ideas.</param>
/// <param name="Rate">Voters give stars to ideas.</param>
/// <param name="Invest">Voters spend credits on ideas.</param>
/// <param name="VotesCanChange">Whether a vote, once cast, may be changed or taken back.</param>
/// <param name="ScoresHidden">Whether tallies stay hidden until all voting has closed.</param>
/// <param name="Fund">The team's money for winning ideas, in the campaign's unit; null if it has none.</param>
/// <param name="Who">Who may vote.</param>
/// <param name="Domains">With <see cref="WhoMayVote.Confirmed"/>: the mail domains taken; empty for any.</param>
/// <param name="Moderated">Whether a new idea waits for the team before it is published.</param>
public sealed record Rules(
    ApproveRule? Approve,
    RateRule? Rate,
    InvestRule? Invest,
    bool VotesCanChange,
    bool ScoresHidden,
    decimal? Fund,
    WhoMayVote Who,
    ImmutableArray<TermId> Domains,
    bool Moderated)
{
    /// <summary>Those of a campaign that does not exist: nothing can be voted on.</summary>
    public static readonly Rules None = new(null, null, null, VotesCanChange: false, ScoresHidden: false, null, WhoMayVote.Anyone, [], Moderated: false);

    /// <summary>Voters put ideas in order.</summary>
    public RankRule? Rank { get; init; }

    /// <summary>Voters say which of two ideas is the better.</summary>
    public DuelRule? Duel { get; init; }

    /// <summary>How rankings weigh what they count; null for the defaults.</summary>
    public RankingRule? Ranking { get; init; }

    /// <summary>All ballots are published under new pseudonyms once voting has closed; null for never.</summary>
    public PublicationRule? Publication { get; init; }

    /// <inheritdoc/>
    public bool Equals(Rules? other) =>
        other is not null && Approve == other.Approve && Rate == other.Rate && Invest == other.Invest
        && VotesCanChange == other.VotesCanChange && ScoresHidden == other.ScoresHidden && Fund == other.Fund
        && Who == other.Who && Domains.SequenceEqual(other.Domains) && Moderated == other.Moderated
        && Rank == other.Rank && Duel == other.Duel && Ranking == other.Ranking && Publication == other.Publication;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Approve, Rate, Invest, VotesCanChange, ScoresHidden, Fund, Who, Moderated);
}

/// <summary>Approval voting: a voter approves any number of ideas, or up to a maximum.</summary>
/// <param name="Max">The most approvals on one ballot, 1 or more; null for any number.</param>
public sealed record ApproveRule(int? Max);

/// <summary>Rating: 1 to 5 stars on each of one or more criteria.</summary>
/// <param name="Weights">
/// Each criterion's weight in the overall score, over 0; the criterion's place in this list is its number in events.
/// </param>
public sealed record RateRule(ImmutableArray<decimal> Weights)
{
    /// <summary>The most criteria a campaign can have.</summary>
    public const int MaxCriteria = Voters.Scores.MaxCriteria;

    /// <inheritdoc/>
    public bool Equals(RateRule? other) => other is not null && Weights.SequenceEqual(other.Weights);

    /// <inheritdoc/>
    public override int GetHashCode() => Weights.Length;
}

/// <summary>Investing: each voter spends whole credits out of a budget.</summary>
/// <remarks>
/// With <see cref="CreditCost.Quadratic"/> it is quadratic voting (Lalley and Weyl 2018): <c>v</c> votes for an idea cost
/// <c>v²</c> credits, so an investment is a square number.
/// </remarks>
/// <param name="BudgetCredits">What each voter has, 1 to 1,000,000,000.</param>
/// <param name="MinCredits">The least on one idea, if any; 1 or more.</param>
/// <param name="MaxCredits">The most on one idea, if any.</param>
public sealed record InvestRule(int BudgetCredits, int? MinCredits, int? MaxCredits)
{
    /// <summary>The largest budget of one voter, in credits.</summary>
    public const int MaxBudgetCredits = 1_000_000_000;

    /// <summary>What a vote costs; null is <see cref="CreditCost.Linear"/>.</summary>
    public CreditCost? Cost { get; init; }

    /// <summary>Whether votes cost the square of their number.</summary>
    public bool IsQuadratic => Cost == CreditCost.Quadratic;
}

/// <summary>What votes cost in credits. The numbers are written to disk: never renumber.</summary>
public enum CreditCost : byte
{
    /// <summary>A credit is a credit.</summary>
    Linear = 1,

    /// <summary>Votes cost the square of their number.</summary>
    Quadratic = 2,
}

/// <summary>Ranking: a voter puts ideas in order, the best first.</summary>
/// <param name="MaxLength">The most ideas in an order, 1 to 100. It is also what the first place counts in a Borda count.</param>
public sealed record RankRule(int MaxLength)
{
    /// <summary>The longest order of any campaign.</summary>
    public const int LongestOrder = 100;
}

/// <summary>Duels: a voter is shown two ideas and says which is the better.</summary>
public sealed record DuelRule;

/// <summary>
/// Publication: once voting has closed, anybody may read all ballots whole, without times and segments and under pseudonyms that are used for
/// nothing else. Voters are told before they vote.
/// </summary>
public sealed record PublicationRule;

/// <summary>How rankings weigh what they count.</summary>
/// <param name="HalfLifeHours">After how many hours a vote counts half in what is trending, 1 to 87,600; null for <see cref="DefaultHalfLifeHours"/>.</param>
/// <param name="PriorWeight">How many ratings an idea's prior is worth in a Bayesian average, 0 to 1,000,000; null for the mean number of ratings of an idea.</param>
/// <param name="PriorMean">What an idea without a rating is taken to be, 1 to 5 stars; null for the mean of all ratings.</param>
public sealed record RankingRule(int? HalfLifeHours, decimal? PriorWeight, decimal? PriorMean)
{
    /// <summary>Three days.</summary>
    public const int DefaultHalfLifeHours = 72;

    /// <summary>The longest half-life, in hours: ten years.</summary>
    public const int MaxHalfLifeHours = 87_600;

    /// <summary>The largest weight of a prior, in ratings.</summary>
    public const decimal MaxPriorWeight = 1_000_000;
}

/// <summary>Who may vote. The numbers are written to disk: never renumber.</summary>
public enum WhoMayVote : byte
{
    /// <summary>Anyone with an account.</summary>
    Anyone = 1,

    /// <summary>Accounts with a confirmed address, of given domains if any are given.</summary>
    Confirmed = 2,

    /// <summary>Those on the campaign's voter roll.</summary>
    Roll = 3,
}
