using System.Runtime.InteropServices;

namespace IdeaVote.Domain.Ranking;

/// <summary>
/// How many voters prefer one idea to another, kept up ballot by ballot. A ballot prefers what it names to what comes later and to what it
/// does not name; the unnamed share the last place. Everything is a count of ballots, so adding and taking out is exact and the order does
/// not matter.
/// </summary>
/// <remarks>
/// Kept are the ballots that name an idea, and the ballots that name both of a pair in a given order; who prefers i to j is then
/// everybody who names i but those who name j before it. A ballot of k places so costs k²/2 changes, however many ideas there are.
/// </remarks>
public sealed class PairwiseCounts
{
    private readonly Dictionary<(int Ahead, int Behind), int> orders = [];
    private readonly Dictionary<int, int> named = [];

    /// <summary>How many ballots are counted.</summary>
    public int Ballots { get; private set; }

    /// <summary>Counts a ballot.</summary>
    /// <param name="ballot">The ideas it names, best first, by numbers of 0 or more; an empty ballot prefers nothing.</param>
    /// <exception cref="ArgumentException">An idea is named twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public void Add(ReadOnlySpan<int> ballot) => Count(ballot, 1);

    /// <summary>Takes a ballot out that was counted.</summary>
    /// <param name="ballot">The ideas it names, as they were when it was counted.</param>
    /// <exception cref="ArgumentException">
    /// An idea is named twice, or the counts show that no such ballot was counted; nothing is changed then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public void Remove(ReadOnlySpan<int> ballot) => Count(ballot, -1);

    /// <summary>All it holds, in an order that depends on the counts alone; for snapshots.</summary>
    public PairwiseState ToState() => new(
        Ballots,
        [.. named.Select(count => (count.Key, count.Value)).Order()],
        [.. orders.Select(count => (count.Key.Ahead, count.Key.Behind, count.Value)).Order()]);

    /// <summary>Makes it again from what it held.</summary>
    public static PairwiseCounts From(PairwiseState state)
    {
        var counts = new PairwiseCounts { Ballots = state.Ballots };
        foreach (var (idea, count) in state.Named)
            counts.named.Add(idea, count);
        foreach (var (ahead, behind, count) in state.Orders)
            counts.orders.Add((ahead, behind), count);
        return counts;
    }

    /// <summary>How many ballots prefer <paramref name="first"/> to <paramref name="second"/>; 0 for an idea and itself.</summary>
    public int Prefer(int first, int second) =>
        first == second ? 0 : named.GetValueOrDefault(first) - orders.GetValueOrDefault((second, first));

    /// <summary>The preferences among some ideas, row by row, as <see cref="Schulze"/> wants them.</summary>
    /// <param name="ideas">The numbers of the ideas, each once.</param>
    /// <returns>At row·n + column, how many ballots prefer the row's idea to the column's.</returns>
    public int[] Matrix(ReadOnlySpan<int> ideas)
    {
        var n = ideas.Length;
        var matrix = new int[checked(n * n)];
        var places = new Dictionary<int, int>(n);
        for (var row = 0; row < n; row++)
        {
            places.Add(ideas[row], row);
            matrix.AsSpan(row * n, n).Fill(named.GetValueOrDefault(ideas[row]));
            matrix[row * n + row] = 0;
        }
        foreach (var ((ahead, behind), count) in orders)
            if (places.TryGetValue(ahead, out var column) && places.TryGetValue(behind, out var row))
                matrix[row * n + column] -= count;
        return matrix;
    }

    private void Count(ReadOnlySpan<int> ballot, int change)
    {
        Check(ballot, change);
        Ballots += change;
        for (var place = 0; place < ballot.Length; place++)
        {
            Change(named, ballot[place], change);
            for (var later = place + 1; later < ballot.Length; later++)
                Change(orders, (ballot[place], ballot[later]), change);
        }
    }

    /// <summary>Looks before anything is changed, so that a wrong ballot leaves the counts right.</summary>
    private void Check(ReadOnlySpan<int> ballot, int change)
    {
        if (Ballots + change < 0)
            throw new ArgumentException("No such ballot was counted.", nameof(ballot));
        for (var place = 0; place < ballot.Length; place++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(ballot[place], nameof(ballot));
            if (ballot[(place + 1)..].Contains(ballot[place]))
                throw new ArgumentException($"Idea {ballot[place]} is named twice.", nameof(ballot));
            if (change > 0)
                continue;
            var counted = named.ContainsKey(ballot[place]);
            for (var later = place + 1; counted && later < ballot.Length; later++)
                counted = orders.ContainsKey((ballot[place], ballot[later]));
            if (!counted)
                throw new ArgumentException("No such ballot was counted.", nameof(ballot));
        }
    }

    /// <summary>A count of 0 is not kept: what was added and taken out leaves nothing behind.</summary>
    private static void Change<TKey>(Dictionary<TKey, int> counts, TKey key, int change)
        where TKey : notnull
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        count += change;
        if (count == 0)
            counts.Remove(key);
    }
}
