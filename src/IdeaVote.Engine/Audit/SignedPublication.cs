using System.Globalization;
using System.Text;
using System.Text.Json;

namespace IdeaVote.Engine.Audit;

/// <summary>
/// What a server says of the ballots that it published under other pseudonyms, and stands for with its signature: that they are those of the
/// head, each of them once, and count to the same. By itself the new file can't prove that; whoever may read the feed can.
/// </summary>
/// <param name="Head">The head of the ballots as they were cast: campaign, position, their SHA-256.</param>
/// <param name="Published">SHA-256 of the lines published before this one, 64 hexadecimal digits in lower case.</param>
/// <param name="Tally">SHA-256 of what the ballots count to (<see cref="Recount.Sha256"/>).</param>
/// <param name="Voters">How many ballots there are.</param>
/// <param name="At">When it was signed: UTC, as <c>2026-03-01T12:00:00.000Z</c>.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over <see cref="Canonical"/>, with the head's key: IEEE P1363, base64url without padding.</param>
public sealed record SignedPublication(SignedHead Head, string Published, string Tally, long Voters, string At, string Signature)
{
    /// <summary>
    /// The bytes that are signed, frozen: one line of UTF-8 without an end, its parts with one blank between:
    /// <c>ideavote-publication-1</c>, campaign, id, position, ballots, published, tally, voters, at, kid, and the head's signature.
    /// </summary>
    public byte[] Canonical() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"ideavote-publication-1 {Head.Campaign} {Head.Id} {Head.Position} {Head.Ballots} {Published} {Tally} {Voters} {At} {Head.Kid} {Head.Signature}"));

    /// <summary>Whether this begins as the line of a publication that carries its statement.</summary>
    public static bool IsLine(ReadOnlySpan<byte> utf8) => utf8.StartsWith("{\"publication\":"u8);

    /// <summary>Reads the line <c>{"publication":…}</c>, and makes sure that no part could be read as two.</summary>
    /// <exception cref="AuditException">It is none; the message says why.</exception>
    public static SignedPublication Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, AuditJson.Default.PublicationLine)?.Publication is { } read && read.IsSound()
                ? read
                : throw new AuditException("a field of the statement is not what it should be");
        }
        catch (JsonException)
        {
            throw new AuditException("it is no statement of a publication, or one that was cut off or that a newer version wrote");
        }
    }

    /// <summary>Checks both signatures: the head's and that of the statement, by the same key.</summary>
    /// <exception cref="AuditException">One is not right.</exception>
    public void CheckSignature()
    {
        Head.CheckSignature();
        if (!Head.Key.Verifies(Canonical(), Signature))
            throw new AuditException("the statement's signature is not right: it was changed, or signed with another key");
    }

    private bool IsSound() => Head.IsSound() && SignedHead.IsHash(Published) && SignedHead.IsHash(Tally) && Voters >= 0
        && DateTimeOffset.TryParse(At, CultureInfo.InvariantCulture, out var at) && SignedHead.Time(at) == At && SignedHead.IsName(Signature, 100);
}

/// <summary>The last line of a publication.</summary>
/// <param name="Publication">The statement.</param>
public sealed record PublicationLine(SignedPublication Publication);
