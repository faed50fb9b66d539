using System.Collections.Immutable;

namespace IdeaVote.Domain.Allocation;

/// <summary>What a rule makes of an election: every project is either selected or rejected, and each says why.</summary>
/// <param name="Method">The rule and its parameters.</param>
/// <param name="Fund">The money there was.</param>
/// <param name="Spent">What the selected cost together; at most <paramref name="Fund"/>.</param>
/// <param name="Shares">What each voter had to spend; null where voters have no money of their own.</param>
/// <param name="Selected">What is funded, in the order in which it was decided.</param>
/// <param name="Rejected">What is not, by score.</param>
public sealed record Portfolio(
    FundingMethod Method,
    decimal Fund,
    decimal Spent,
    ShareOfFund? Shares,
    ImmutableArray<SelectedProject> Selected,
    ImmutableArray<RejectedProject> Rejected);

/// <summary>Each voter's part of the fund under equal shares.</summary>
/// <param name="Share">What each voter began with: fund ÷ voters, and the units added. In the fund's unit, exact.</param>
/// <param name="UnitsAdded">How many units were added to each voter's share, 0 or more; only the completion by units adds any.</param>
/// <param name="Runs">How often the whole was run to find that out, 1 or more.</param>
public sealed record ShareOfFund(Rational Share, long UnitsAdded, long Runs);

/// <summary>A project that is funded.</summary>
/// <param name="Project">The project's ordinal.</param>
/// <param name="Id">The project's id.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Score">All its weights together, as people see them.</param>
/// <param name="Why">Why it was selected, in English.</param>
/// <param name="Payers">Who paid; null where nobody in particular did, which <paramref name="Why"/> explains.</param>
public sealed record SelectedProject(int Project, string Id, decimal Cost, decimal Score, string Why, Payers? Payers);

/// <summary>A project that is not funded.</summary>
/// <param name="Project">The project's ordinal.</param>
/// <param name="Id">The project's id.</param>
/// <param name="Cost">What it would cost.</param>
/// <param name="Score">All its weights together, as people see them.</param>
/// <param name="Lacked">What it lacked, in English.</param>
/// <param name="Missing">The money that was missing when it was turned down, above 0, exact; null if it was not for money.</param>
public sealed record RejectedProject(int Project, string Id, decimal Cost, decimal Score, string Lacked, Rational? Missing);
