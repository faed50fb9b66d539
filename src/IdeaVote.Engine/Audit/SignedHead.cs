using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdeaVote.Engine.Audit;

/// <summary>Where the chain of one partition stands.</summary>
/// <param name="Partition">The partition's number among its campaign's, from 0.</param>
/// <param name="Events">How many events of the campaign are in it, 1 or more.</param>
/// <param name="Hash">The hash of the last, 64 hexadecimal digits in lower case.</param>
public sealed record PartitionHead(int Partition, long Events, string Hash);

/// <summary>
/// What a server says a campaign had come to at a position, and stands for with its signature: whoever keeps it can tell whether a feed
/// that is shown later has the same events, all of them, and comes to the same ballots.
/// </summary>
/// <param name="Campaign">The campaign's key.</param>
/// <param name="Id">The campaign's id, as events carry it.</param>
/// <param name="Position">The position of the last event included, as the feed carries it.</param>
/// <param name="Heads">Where each partition's chain stands, in the order of their numbers.</param>
/// <param name="Ballots">SHA-256 of the ballots standing there (<see cref="CanonicalBallots"/>), 64 hexadecimal digits in lower case.</param>
/// <param name="At">When it was signed: UTC, as <c>2026-03-01T12:00:00.000Z</c>.</param>
/// <param name="Kid">The signing key's RFC 7638 thumbprint.</param>
/// <param name="Key">The public half of that key. It proves nothing by itself: compare <paramref name="Kid"/> with a key you trust.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over <see cref="Canonical"/>: IEEE P1363, base64url without padding.</param>
public sealed record SignedHead(
    string Campaign, string Id, string Position, IReadOnlyList<PartitionHead> Heads, string Ballots, string At, string Kid, PublicJwk Key, string Signature)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>How many events it includes.</summary>
    [JsonIgnore]
    public long Events => Heads.Sum(static head => head.Events);

    /// <summary>The written form of a time.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>
    /// The bytes that are signed, frozen: one line of UTF-8 without an end, its parts with one blank between:
    /// <c>ideavote-head-1</c>, campaign, id, position, ballots, at, kid, then for each partition <c>number:events:hash</c>.
    /// </summary>
    public byte[] Canonical()
    {
        var line = new StringBuilder("ideavote-head-1").AppendJoin("", new[] { Campaign, Id, Position, Ballots, At, Kid }.Select(static part => " " + part));
        foreach (var head in Heads)
            line.Append(CultureInfo.InvariantCulture, $" {head.Partition}:{head.Events}:{head.Hash}");
        return Encoding.UTF8.GetBytes(line.ToString());
    }

    /// <summary>
    /// Reads the JSON form, alone or as the line <c>{"head":…}</c> of an export, and makes sure that no part could be read as two: only
    /// then does the signed line stand for one head.
    /// </summary>
    /// <exception cref="AuditException">It is no head; the message says why.</exception>
    public static SignedHead Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var head = IsLine(utf8)
                ? JsonSerializer.Deserialize(utf8, AuditJson.Default.HeadLine)?.Head
                : JsonSerializer.Deserialize(utf8, AuditJson.Default.SignedHead);
            return head is not null && head.IsSound() ? head : throw new AuditException("a field of the head is not what it should be");
        }
        catch (JsonException)
        {
            throw new AuditException("it is no head, or one that was cut off or that a newer version wrote");
        }
    }

    /// <summary>Whether this begins as a line of an export that carries a head.</summary>
    public static bool IsLine(ReadOnlySpan<byte> utf8) => utf8.StartsWith("{\"head\":"u8);

    /// <summary>Checks that it is signed with the key it carries and that this key is the one it names.</summary>
    /// <exception cref="AuditException">It is not.</exception>
    public void CheckSignature()
    {
        if (Key.Thumbprint() != Kid)
            throw new AuditException("the head's kid is not the thumbprint of the key it carries");
        if (!Key.Verifies(Canonical(), Signature))
            throw new AuditException("the head's signature is not right: it was changed, or signed with another key");
    }

    internal bool IsSound()
    {
        if (!Heads.All(static head => head is { Partition: >= 0, Events: > 0 } && IsHash(head.Hash)))
            return false;
        var isSound = IsName(Campaign, 63) && Domain.Kernel.Id.TryParse(Id, out _) && IsName(Position, 16_384) && IsHash(Ballots) && IsName(Kid, 43)
            && DateTimeOffset.TryParseExact(At, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) && Heads.Count > 0;
        for (var i = 1; i < Heads.Count; i++)
            isSound &= Heads[i - 1].Partition < Heads[i].Partition;
        return isSound;
    }

    internal static bool IsName(string text, int max) =>
        text.Length is > 0 && text.Length <= max && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    internal static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}

/// <summary>A line of an export that carries a head.</summary>
/// <param name="Head">The head.</param>
public sealed record HeadLine(SignedHead Head);

/// <summary>The public keys that heads may be signed with: a JWK set (RFC 7517).</summary>
/// <param name="Keys">The keys.</param>
public sealed record PublicJwkSet(IReadOnlyList<PublicJwk> Keys);

/// <summary>The written forms of heads and keys.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 16)]
[JsonSerializable(typeof(SignedHead))]
[JsonSerializable(typeof(HeadLine))]
[JsonSerializable(typeof(PublicJwkSet))]
[JsonSerializable(typeof(SignedPublication))]
[JsonSerializable(typeof(PublicationLine))]
public sealed partial class AuditJson : JsonSerializerContext;
