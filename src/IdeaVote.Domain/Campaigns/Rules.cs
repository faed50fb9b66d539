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
    /// <inheritdoc/>
    public bool Equals(Rules? other) =>
        other is not null && Approve == other.Approve && Rate == other.Rate && Invest == other.Invest
        && VotesCanChange == other.VotesCanChange && ScoresHidden == other.ScoresHidden && Fund == other.Fund
        && Who == other.Who && Domains.SequenceEqual(other.Domains) && Moderated == other.Moderated;

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
/// <param name="BudgetCredits">What each voter has, 1 to 1,000,000,000.</param>
/// <param name="MinCredits">The least on one idea, if any; 1 or more.</param>
/// <param name="MaxCredits">The most on one idea, if any.</param>
public sealed record InvestRule(int BudgetCredits, int? MinCredits, int? MaxCredits)
{
    /// <summary>The largest budget of one voter, in credits.</summary>
    public const int MaxBudgetCredits = 1_000_000_000;
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
