using System.Diagnostics.CodeAnalysis;

namespace IdeaVote.Gateway.Input;

/// <summary>
/// Remembers what short UTF-8 texts stand for, so that the same reference in a hundred thousand lines is hashed once.
/// Bounded; not safe for concurrent use.
/// </summary>
/// <param name="capacity">How many texts it holds at most; later ones are not remembered.</param>
internal sealed class Utf8Cache<T>(int capacity)
{
    private const int MaxTextBytes = 1_024;

    private readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> known =
        new Dictionary<byte[], T>(Utf8Comparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>What the text stands for, if it is remembered.</summary>
    public bool TryGet(ReadOnlySpan<byte> text, [MaybeNullWhen(false)] out T value) => known.TryGetValue(text, out value);

    /// <summary>Remembers what a text stands for, if there is room.</summary>
    public void Add(ReadOnlySpan<byte> text, T value)
    {
        if (text.Length <= MaxTextBytes && known.Dictionary.Count < capacity)
            known[text] = value;
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            // Keyed anew in each process, so that nobody can choose texts that collide.
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
