namespace IdeaVote.Engine.Audit;

/// <summary>Gives what comes up often a number, in the order in which it first came up, from 0.</summary>
internal sealed class Numbers<T>
    where T : struct
{
    private readonly Dictionary<T, int> numbers = [];
    private readonly List<T> all = [];

    /// <summary>All, in the order of their numbers.</summary>
    public List<T> All => all;

    /// <summary>The number of one; null if it never came up.</summary>
    public int? Find(T one) => numbers.TryGetValue(one, out var number) ? number : null;

    /// <summary>The number of one, now that it came up.</summary>
    public int Of(T one)
    {
        if (!numbers.TryGetValue(one, out var number))
        {
            numbers.Add(one, number = all.Count);
            all.Add(one);
        }
        return number;
    }
}
