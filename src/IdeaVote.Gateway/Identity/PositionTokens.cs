using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using IdeaVote.Engine;

namespace IdeaVote.Gateway.Identity;

/// <summary>
/// How positions look outside: one AES block, so that neither the number of events nor the distance between two positions
/// can be read off (they would tell of hidden scores), and a made-up one is refused.
/// </summary>
public sealed class PositionTokens : IDisposable
{
    /// <summary>The length of the written form, in characters.</summary>
    public const int Length = 22;

    private const int BlockBytes = 16;

    private readonly ThreadLocal<Ciphers> ciphers;

    /// <summary>Makes the writer and reader of positions.</summary>
    /// <param name="pseudonyms">Derives the key from the server's secret.</param>
    public PositionTokens(Pseudonyms pseudonyms)
    {
        var key = pseudonyms.PositionKey();
        ciphers = new ThreadLocal<Ciphers>(() => new Ciphers(key), trackAllValues: true);
    }

    private static ReadOnlySpan<byte> Tag => "iv-pos-1"u8;

    /// <summary>The written form, 22 characters of base64url.</summary>
    public string Write(Position position)
    {
        var own = ciphers.Value!;
        Tag.CopyTo(own.Plain);
        BinaryPrimitives.WriteInt64BigEndian(own.Plain.AsSpan(Tag.Length), position.Offset);
        own.Encrypt.TransformBlock(own.Plain, 0, BlockBytes, own.Secret, 0);
        return Base64Url.EncodeToString(own.Secret);
    }

    /// <summary>Reads the written form; false for anything this server did not write.</summary>
    public bool TryRead(string text, out Position position)
    {
        position = default;
        if (text.Length != Length)
            return false;
        var own = ciphers.Value!;
        // The form that returns a status: TryDecodeFromChars throws at characters that are not base64.
        if (Base64Url.DecodeFromChars(text, own.Secret, out _, out var bytes) != OperationStatus.Done || bytes != BlockBytes)
            return false;
        own.Decrypt.TransformBlock(own.Secret, 0, BlockBytes, own.Plain, 0);
        if (!own.Plain.AsSpan(0, Tag.Length).SequenceEqual(Tag))
            return false;
        position = new Position(BinaryPrimitives.ReadInt64BigEndian(own.Plain.AsSpan(Tag.Length)));
        return position.Offset >= 0;
    }

    /// <summary>Frees the ciphers.</summary>
    public void Dispose()
    {
        foreach (var own in ciphers.Values)
            own.Dispose();
        ciphers.Dispose();
    }

    /// <summary>One thread's ciphers: setting one up costs more than using it, and they can't be shared.</summary>
    private sealed class Ciphers : IDisposable
    {
        private readonly Aes aes = Aes.Create();

        public Ciphers(byte[] key)
        {
            aes.Key = key;
#pragma warning disable CA5358 // Exactly one block is encrypted, so ECB is the plain cipher, which is what is meant.
            aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
            aes.Padding = PaddingMode.None;
            Encrypt = aes.CreateEncryptor();
            Decrypt = aes.CreateDecryptor();
        }

        public ICryptoTransform Encrypt { get; }

        public ICryptoTransform Decrypt { get; }

        public byte[] Plain { get; } = new byte[BlockBytes];

        public byte[] Secret { get; } = new byte[BlockBytes];

        public void Dispose()
        {
            Encrypt.Dispose();
            Decrypt.Dispose();
            aes.Dispose();
        }
    }
}
