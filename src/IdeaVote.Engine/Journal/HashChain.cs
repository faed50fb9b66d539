using System.Security.Cryptography;

namespace IdeaVote.Engine.Journal;

/// <summary>
/// The chain that makes a changed, dropped, doubled or reordered event visible: each event's hash covers its predecessor's.
/// One chain per campaign and partition.
/// </summary>
public static class HashChain
{
    /// <summary>The length of a hash, in bytes.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>What stands before the first event: 32 zero bytes.</summary>
    public static ReadOnlyMemory<byte> Origin { get; } = new byte[HashBytes];

    [ThreadStatic]
    private static IncrementalHash? hasher;

    /// <summary>Computes SHA-256(previous ‖ body).</summary>
    /// <param name="previous">The predecessor's hash, 32 bytes.</param>
    /// <param name="body">The event's frozen written form.</param>
    /// <param name="hash">Takes the 32 bytes; may be the same memory as <paramref name="previous"/>.</param>
    public static void Next(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        // Kept, and given one contiguous piece: setting a hash up costs more than hashing an event, and so does a second piece.
        var sha = hasher ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        const int OnStack = 1024;
        var length = HashBytes + body.Length;
        var input = length <= OnStack ? stackalloc byte[OnStack] : new byte[length];
        previous.CopyTo(input);
        body.CopyTo(input[HashBytes..]);
        sha.AppendData(input[..length]);
        sha.GetHashAndReset(hash);
    }
}
