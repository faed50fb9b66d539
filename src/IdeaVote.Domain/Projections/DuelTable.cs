using System.Runtime.InteropServices;
using IdeaVote.Domain.Ranking;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Projections;

/// <summary>How the duels between the ideas of a board were decided: for each pair that met, how many voters are for either.</summary>
public sealed class DuelTable
{
    private readonly Dictionary<(int One, int Other), (int Ones, int Others)> pairs = [];

    /// <summary>How many duels are decided.</summary>
    public long Decided { get; private set; }

    /// <summary>
    /// The pairs that met, by the ideas' ordinals, each pair once and in no particular order.
    /// </summary>
    public IEnumerable<Duel> Pairs => pairs.Select(pair => new Duel(pair.Key.One, pair.Key.Other, pair.Value.Ones, pair.Value.Others));

    /// <summary>How many pairs met.</summary>
    public int Met => pairs.Count;

    internal void Restore(Duel duel)
    {
        pairs.Add((duel.First, duel.Second), (duel.FirstWins, duel.SecondWins));
        Decided += (long)duel.FirstWins + duel.SecondWins;
    }

    internal void Apply(DuelChanged change, int one, int other)
    {
        ref var wins = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs, (one, other), out _);
        wins.Ones += (change.New == Winner.One ? 1 : 0) - (change.Old == Winner.One ? 1 : 0);
        wins.Others += (change.New == Winner.Other ? 1 : 0) - (change.Old == Winner.Other ? 1 : 0);
        Decided += (change.Is ? 1 : 0) - (change.Was ? 1 : 0);
        // What was taken back leaves nothing behind.
        if (wins == default)
            pairs.Remove((one, other));
    }
}
