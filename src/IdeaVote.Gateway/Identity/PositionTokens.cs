using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using IdeaVote.Engine;

namespace IdeaVote.Gateway.Identity;

/// <summary>
/// How positions look outside: encrypted and sealed (AES-GCM), so that neither the number of events nor the distance between two
/// positions can be read off (they would tell of hidden scores), and a made-up one is refused.
/// </summary>
public sealed class PositionTokens : IDisposable
{
    /// <summary>The most characters of a written form that are looked at.</summary>
    public const int MaxLength = 16_384;

    private const int NonceBytes = 12;
    private const int SealBytes = 12;

    [ThreadStatic]
    private static byte[]? nonces;

    [ThreadStatic]
    private static int nextNonce;

    private readonly ThreadLocal<AesGcm> ciphers;
    private readonly byte[] key;

    /// <summary>Makes the writer and reader of positions.</summary>
    /// <param name="pseudonyms">Derives the key from the server's secret.</param>
    public PositionTokens(Pseudonyms pseudonyms)
    {
        key = pseudonyms.PositionKey();
        // One for each thread: they can't be shared.
        ciphers = new ThreadLocal<AesGcm>(() => new AesGcm(key, SealBytes), trackAllValues: true);
    }

    /// <summary>
    /// The written form, base64url, another one each time: whether two positions are the same would tell whether anybody has voted.
    /// </summary>
    public string Write(Position position)
    {
        var random = nonces ??= new byte[64 * NonceBytes];
        // Drawn many at a time: asking for a few bytes takes as long as asking for hundreds.
        if (nextNonce % random.Length == 0)
        {
            RandomNumberGenerator.Fill(random);
            nextNonce = 0;
        }
        var nonce = random.AsSpan(nextNonce, NonceBytes);
        nextNonce += NonceBytes;
        return Seal(Plain(position), nonce);
    }

    /// <summary>
    /// A written form that is always the same for the same position, for those who may see every vote anyway: what they read twice
    /// is then the same byte for byte.
    /// </summary>
    public string WriteAlike(Position position)
    {
        var plain = Plain(position);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        // Made of what is sealed, a nonce never comes twice with different contents.
        HMACSHA256.HashData(key, plain, hash);
        return Seal(plain, hash[..NonceBytes]);
    }

    /// <summary>Reads the written form; false for anything this server did not write.</summary>
    public bool TryRead(string text, out Position position)
    {
        position = default;
        if (text.Length > MaxLength)
            return false;
        var token = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        // The form that returns a status: TryDecodeFromChars throws at characters that are not base64.
        if (Base64Url.DecodeFromChars(text, token, out var read, out var bytes) != OperationStatus.Done || read != text.Length || bytes < NonceBytes + SealBytes)
            return false;
        var plain = new byte[bytes - NonceBytes - SealBytes];
        try
        {
            ciphers.Value!.Decrypt(
                token.AsSpan(0, NonceBytes), token.AsSpan(NonceBytes + SealBytes, plain.Length), token.AsSpan(NonceBytes, SealBytes), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        return PositionBytes.TryRead(plain, out position);
    }

    private static ReadOnlySpan<byte> Plain(Position position)
    {
        var plain = new ArrayBufferWriter<byte>(64);
        PositionBytes.Write(plain, position);
        return plain.WrittenSpan;
    }

    private string Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> nonce)
    {
        var token = new byte[NonceBytes + SealBytes + plain.Length];
        nonce.CopyTo(token);
        ciphers.Value!.Encrypt(nonce, plain, token.AsSpan(NonceBytes + SealBytes), token.AsSpan(NonceBytes, SealBytes));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Frees the ciphers.</summary>
    public void Dispose()
    {
        foreach (var cipher in ciphers.Values)
            cipher.Dispose();
        ciphers.Dispose();
    }
}
