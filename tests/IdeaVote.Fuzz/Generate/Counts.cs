using System.Collections.Concurrent;

namespace IdeaVote.Fuzz.Generate;

/// <summary>How often each of something was seen.</summary>
internal sealed class Counts
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>How often all of them were seen.</summary>
    public int Sum => counts.Values.Sum();

    /// <summary>What was seen.</summary>
    public ICollection<string> Names => counts.Keys;

    /// <summary>Sees one.</summary>
    public void Add(string name) => counts.AddOrUpdate(name, 1, static (_, count) => count + 1);

    /// <summary>How often one was seen.</summary>
    public int Of(string name) => counts.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", counts.OrderBy(static each => each.Key, StringComparer.Ordinal).Select(static each => $"{each.Key} {each.Value}"));
}
