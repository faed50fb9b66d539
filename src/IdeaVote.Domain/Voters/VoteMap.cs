using System.Collections;
using System.Diagnostics.CodeAnalysis;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Domain.Voters;

/// <summary>
/// An immutable map from ideas to votes, ordered by idea. Sorted runs of a few votes side by side take less than half the
/// memory of a tree with a node a vote, and most ballots are a single run; a change copies one run.
/// </summary>
/// <typeparam name="T">What a vote says.</typeparam>
public sealed class VoteMap<T> : IReadOnlyCollection<KeyValuePair<IdeaId, T>>
    where T : struct
{
    /// <summary>The map without a vote.</summary>
    public static readonly VoteMap<T> Empty = new([], 0);

    private const int MaxRun = 64;

    private readonly KeyValuePair<IdeaId, T>[][] runs;

    private VoteMap(KeyValuePair<IdeaId, T>[][] runs, int count)
    {
        this.runs = runs;
        Count = count;
    }

    /// <summary>How many votes it holds.</summary>
    public int Count { get; }

    /// <summary>The ideas voted on, in order.</summary>
    public IEnumerable<IdeaId> Keys => this.Select(vote => vote.Key);

    /// <summary>The vote on an idea that there is a vote on.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public T this[IdeaId idea] => TryGetValue(idea, out var vote) ? vote : throw new KeyNotFoundException($"There is no vote on {idea}.");

    /// <summary>Makes a map of votes that come in the order of their ideas, each idea once.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static VoteMap<T> FromOrdered(IReadOnlyList<KeyValuePair<IdeaId, T>> votes)
    {
        for (var i = 1; i < votes.Count; i++)
            if (votes[i - 1].Key.CompareTo(votes[i].Key) >= 0)
                throw new ArgumentException("The votes are not in the order of their ideas.", nameof(votes));
        return votes.Count == 0 ? Empty : new VoteMap<T>([.. votes.Chunk(MaxRun)], votes.Count);
    }

    /// <summary>Looks for the vote on an idea.</summary>
    public bool TryGetValue(IdeaId idea, [MaybeNullWhen(false)] out T vote)
    {
        vote = default;
        if (Count == 0)
            return false;
        var run = runs[FindRun(idea)];
        var index = FindIn(run, idea);
        if (index < 0)
            return false;
        vote = run[index].Value;
        return true;
    }

    /// <summary>Whether there is a vote on an idea.</summary>
    public bool ContainsKey(IdeaId idea) => TryGetValue(idea, out _);

    /// <summary>The map with a vote on an idea, in place of the one there was.</summary>
    public VoteMap<T> SetItem(IdeaId idea, T vote)
    {
        var item = KeyValuePair.Create(idea, vote);
        if (Count == 0)
            return new VoteMap<T>([[item]], 1);
        var number = FindRun(idea);
        var run = runs[number];
        var index = FindIn(run, idea);
        if (index >= 0)
        {
            var changed = run.AsSpan().ToArray();
            changed[index] = item;
            return new VoteMap<T>(Replace(number, changed), Count);
        }
        var longer = new KeyValuePair<IdeaId, T>[run.Length + 1];
        run.AsSpan(0, ~index).CopyTo(longer);
        longer[~index] = item;
        run.AsSpan(~index).CopyTo(longer.AsSpan(~index + 1));
        return new VoteMap<T>(
            longer.Length <= MaxRun ? Replace(number, longer) : Replace(number, longer[..(MaxRun / 2)], longer[(MaxRun / 2)..]), Count + 1);
    }

    /// <summary>The map without a vote on an idea.</summary>
    public VoteMap<T> Remove(IdeaId idea)
    {
        if (Count == 0)
            return this;
        var number = FindRun(idea);
        var run = runs[number];
        var index = FindIn(run, idea);
        if (index < 0)
            return this;
        if (Count == 1)
            return Empty;
        return new VoteMap<T>(run.Length == 1 ? Replace(number) : Replace(number, [.. run[..index], .. run[(index + 1)..]]), Count - 1);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<IdeaId, T>> GetEnumerator()
    {
        foreach (var run in runs)
            foreach (var vote in run)
                yield return vote;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The run that holds the idea, or would.</summary>
    private int FindRun(IdeaId idea)
    {
        var (low, high) = (0, runs.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (runs[middle][0].Key.CompareTo(idea) <= 0)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    /// <summary>The idea's index in the run, or the complement of where it belongs.</summary>
    private static int FindIn(KeyValuePair<IdeaId, T>[] run, IdeaId idea)
    {
        var (low, high) = (0, run.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = run[middle].Key.CompareTo(idea);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private KeyValuePair<IdeaId, T>[][] Replace(int number, params KeyValuePair<IdeaId, T>[][] with) =>
        runs.Length == 1 ? with : [.. runs[..number], .. with, .. runs[(number + 1)..]];
}
