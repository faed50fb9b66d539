namespace IdeaVote.Domain.Ranking;

/// <summary>The duels between two ideas, counted. A pair may be told in several parts; they add up.</summary>
/// <param name="First">The number of one idea, from 0.</param>
/// <param name="Second">The number of the other.</param>
/// <param name="FirstWins">How many voters prefer the first, 0 or more.</param>
/// <param name="SecondWins">How many voters prefer the second, 0 or more.</param>
public readonly record struct Duel(int First, int Second, int FirstWins, int SecondWins);
