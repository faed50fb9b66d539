namespace IdeaVote.Domain.Allocation;

/// <summary>Something that money can be spent on, once and whole or not at all.</summary>
/// <param name="Id">What it is called; unique within an election, compared ordinally.</param>
/// <param name="Cost">What it costs, in the fund's unit: 0 to <see cref="Election.MaxAmount"/>, at most <see cref="Election.MaxDecimals"/> decimals.</param>
public sealed record FundProject(string Id, decimal Cost);

/// <summary>One project on a ballot.</summary>
/// <param name="Project">The project's ordinal: its place in the election's list, from 0.</param>
/// <param name="Weight">
/// How much the voter wants it, not 0, in parts of <see cref="Election.WeightUnit"/>: 1 for an approval, the credits of an
/// investment, the points of a rank. Below 0 it takes from the project's score and supports nothing.
/// </param>
public readonly record struct BallotEntry(int Project, int Weight);
