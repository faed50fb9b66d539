using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace IdeaVote.Domain.Voters;

/// <summary>
/// An immutable map from what is voted on (an idea, a pair) to votes, in order. Sorted runs of a few votes side by side take less than half the
/// memory of a tree with a node a vote, and most ballots are a single run; a change copies one run.
/// </summary>
/// <typeparam name="TKey">What is voted on.</typeparam>
/// <typeparam name="T">What a vote says.</typeparam>
public sealed class VoteMap<TKey, T> : IReadOnlyCollection<KeyValuePair<TKey, T>>
    where TKey : struct, IComparable<TKey>
    where T : struct
{
    /// <summary>The map without a vote.</summary>
    public static readonly VoteMap<TKey, T> Empty = new([], 0);

    private const int MaxRun = 64;

    private readonly KeyValuePair<TKey, T>[][] runs;

    private VoteMap(KeyValuePair<TKey, T>[][] runs, int count)
    {
        this.runs = runs;
        Count = count;
    }

    /// <summary>How many votes it holds.</summary>
    public int Count { get; }

    /// <summary>What is voted on, in order.</summary>
    public IEnumerable<TKey> Keys => this.Select(vote => vote.Key);

    /// <summary>The vote on something that there is a vote on.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public T this[TKey key] => TryGetValue(key, out var vote) ? vote : throw new KeyNotFoundException($"There is no vote on {key}.");

    /// <summary>Makes a map of votes that come in the order of their keys, each once.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static VoteMap<TKey, T> FromOrdered(IReadOnlyList<KeyValuePair<TKey, T>> votes)
    {
        for (var i = 1; i < votes.Count; i++)
            if (votes[i - 1].Key.CompareTo(votes[i].Key) >= 0)
                throw new ArgumentException("The votes are not in the order of their keys.", nameof(votes));
        return votes.Count == 0 ? Empty : new VoteMap<TKey, T>([.. votes.Chunk(MaxRun)], votes.Count);
    }

    /// <summary>Looks for the vote on something.</summary>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out T vote)
    {
        vote = default;
        if (Count == 0)
            return false;
        var run = runs[FindRun(key)];
        var index = FindIn(run, key);
        if (index < 0)
            return false;
        vote = run[index].Value;
        return true;
    }

    /// <summary>Whether there is a vote on something.</summary>
    public bool ContainsKey(TKey key) => TryGetValue(key, out _);

    /// <summary>The map with a vote, in place of the one there was on the same.</summary>
    public VoteMap<TKey, T> SetItem(TKey key, T vote)
    {
        var item = KeyValuePair.Create(key, vote);
        if (Count == 0)
            return new VoteMap<TKey, T>([[item]], 1);
        var number = FindRun(key);
        var run = runs[number];
        var index = FindIn(run, key);
        if (index >= 0)
        {
            var changed = run.AsSpan().ToArray();
            changed[index] = item;
            return new VoteMap<TKey, T>(Replace(number, changed), Count);
        }
        var longer = new KeyValuePair<TKey, T>[run.Length + 1];
        run.AsSpan(0, ~index).CopyTo(longer);
        longer[~index] = item;
        run.AsSpan(~index).CopyTo(longer.AsSpan(~index + 1));
        return new VoteMap<TKey, T>(
            longer.Length <= MaxRun ? Replace(number, longer) : Replace(number, longer[..(MaxRun / 2)], longer[(MaxRun / 2)..]), Count + 1);
    }

    /// <summary>The map without the vote on something.</summary>
    public VoteMap<TKey, T> Remove(TKey key)
    {
        if (Count == 0)
            return this;
        var number = FindRun(key);
        var run = runs[number];
        var index = FindIn(run, key);
        if (index < 0)
            return this;
        if (Count == 1)
            return Empty;
        return new VoteMap<TKey, T>(run.Length == 1 ? Replace(number) : Replace(number, [.. run[..index], .. run[(index + 1)..]]), Count - 1);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<TKey, T>> GetEnumerator()
    {
        foreach (var run in runs)
            foreach (var vote in run)
                yield return vote;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The run that holds the key, or would.</summary>
    private int FindRun(TKey key)
    {
        var (low, high) = (0, runs.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (runs[middle][0].Key.CompareTo(key) <= 0)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    /// <summary>The key's index in the run, or the complement of where it belongs.</summary>
    private static int FindIn(KeyValuePair<TKey, T>[] run, TKey key)
    {
        var (low, high) = (0, run.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = run[middle].Key.CompareTo(key);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private KeyValuePair<TKey, T>[][] Replace(int number, params KeyValuePair<TKey, T>[][] with) =>
        runs.Length == 1 ? with : [.. runs[..number], .. with, .. runs[(number + 1)..]];
}
