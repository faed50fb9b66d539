using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Texts;

namespace IdeaVote.Gateway.Identity;

/// <summary>
/// Turns what callers name things by into ids that tell nothing without the server's secret: HMAC-SHA256 of what kind of
/// thing it is and each part with its length, so that no two different inputs are ever written alike. The results are in
/// every journal: never change how they are made.
/// </summary>
public sealed class Pseudonyms : IDisposable
{
    /// <summary>The length of the server's secret, in bytes.</summary>
    public const int SecretBytes = 32;

    private const int StackBytes = 1024;

    // One per thread: setting the key up takes longer than hashing a name, and this runs for every vote.
    private readonly ThreadLocal<IncrementalHash> hmac;

    /// <summary>Makes the maker of ids.</summary>
    /// <param name="secret">The server's secret, 32 bytes.</param>
    /// <exception cref="ArgumentException">The secret has another length.</exception>
    public Pseudonyms(ReadOnlyMemory<byte> secret)
    {
        if (secret.Length != SecretBytes)
            throw new ArgumentException($"The server's secret is {SecretBytes} bytes long.", nameof(secret));
        hmac = new ThreadLocal<IncrementalHash>(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Span), trackAllValues: true);
    }

    // The numbers are part of the hash: never renumber.
    private enum Kind : byte
    {
        Campaign = 1,
        Voter = 2,
        Person = 3,
        IdeaOfReference = 4,
        IdeaOfRequest = 5,
        Tag = 6,
        Segment = 7,
        Domain = 8,
        Command = 9,
        ClaimKey = 10,
        Fingerprint = 11,
        AdminToken = 12,
        PositionKey = 13,
        CommentOfRequest = 14,
        InviteKey = 15,
    }

    /// <summary>The id of a campaign.</summary>
    public CampaignId Campaign(string slug) => new(Hash(Kind.Campaign, null, slug));

    /// <summary>The id of a voter in one campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="voter">The caller's id of the voter, normalised (<see cref="VoterNames"/>).</param>
    public VoterId Voter(CampaignId campaign, string voter) => new(Hash(Kind.Voter, campaign, voter));

    /// <summary>The id of a person across campaigns.</summary>
    /// <param name="voter">The caller's id of the person, normalised (<see cref="VoterNames"/>).</param>
    public PersonId Person(string voter) => new(Hash(Kind.Person, null, voter));

    /// <summary>The id of an idea that has a reference.</summary>
    public IdeaId IdeaOfReference(CampaignId campaign, string reference) => new(Hash(Kind.IdeaOfReference, campaign, reference));

    /// <summary>The id of an idea that has none, out of the request that creates it.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="caller">Who creates it.</param>
    /// <param name="key">The request's Idempotency-Key.</param>
    public IdeaId IdeaOfRequest(CampaignId campaign, string caller, string key) => new(Hash(Kind.IdeaOfRequest, campaign, caller, key));

    /// <summary>The id of a comment, out of the request that posts it.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="caller">Who posts it.</param>
    /// <param name="key">The request's Idempotency-Key.</param>
    /// <param name="where">The id of the idea, or of the thread, that it is posted to.</param>
    public CommentId CommentOfRequest(CampaignId campaign, string caller, string key, Id where) =>
        new(Hash(Kind.CommentOfRequest, campaign, caller, key, where.ToString()));

    /// <summary>Stands for a tag in one campaign.</summary>
    public TermId Tag(CampaignId campaign, string tag) => new(Hash(Kind.Tag, campaign, tag));

    /// <summary>Stands for a segment in one campaign.</summary>
    public TermId Segment(CampaignId campaign, string segment) => new(Hash(Kind.Segment, campaign, segment));

    /// <summary>Stands for a mail domain in one campaign.</summary>
    public TermId Domain(CampaignId campaign, string domain) => new(Hash(Kind.Domain, campaign, domain));

    /// <summary>Names an attempt, the same for each repetition of it.</summary>
    /// <param name="caller">Who attempts it.</param>
    /// <param name="key">The request's Idempotency-Key.</param>
    /// <param name="what">What is attempted.</param>
    public CommandId Command(string caller, string key, string what) => new(Hash(Kind.Command, null, caller, key, what));

    /// <summary>A random id.</summary>
    public Id RandomId()
    {
        Span<byte> bytes = stackalloc byte[13];
        RandomNumberGenerator.Fill(bytes);
        return Id.FromBytes(bytes);
    }

    /// <summary>Who acts under the administrator's own token, which has no record.</summary>
    internal Id AdminToken => Hash(Kind.AdminToken, null, "");

    /// <summary>Stands for an Idempotency-Key of one caller for one path.</summary>
    internal Id ClaimKey(string caller, string path, string key) => Hash(Kind.ClaimKey, null, caller, path, key);

    /// <summary>Stands for a request's body.</summary>
    internal Id Fingerprint(ReadOnlySpan<byte> body)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, digest);
        return Hash(Kind.Fingerprint, null, Convert.ToHexStringLower(digest));
    }

    /// <summary>The key that positions are encrypted with, 32 bytes.</summary>
    internal byte[] PositionKey()
    {
        var hash = hmac.Value!;
        hash.AppendData([(byte)Kind.PositionKey]);
        return hash.GetHashAndReset();
    }

    /// <summary>The key that invitations to one campaign, or to one of its ideas, are encrypted with, 32 bytes.</summary>
    internal byte[] InviteKey(CampaignId campaign, IdeaId? idea)
    {
        var hash = hmac.Value!;
        hash.AppendData([(byte)Kind.InviteKey]);
        hash.AppendData(Encoding.ASCII.GetBytes($"{campaign}/{idea}"));
        return hash.GetHashAndReset();
    }

    /// <summary>Frees the hashes.</summary>
    public void Dispose()
    {
        foreach (var hash in hmac.Values)
            hash.Dispose();
        hmac.Dispose();
    }

    private Id Hash(Kind kind, CampaignId? campaign, string first, string second = "", string third = "")
    {
        var most = 1 + 4 * sizeof(int) + Id.Length + Encoding.UTF8.GetMaxByteCount(first.Length + second.Length + third.Length) + 9;
        byte[]? rented = null;
        var message = most <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            message[0] = (byte)kind;
            var length = 1;
            if (campaign is { } id)
            {
                BinaryPrimitives.WriteInt32BigEndian(message[length..], Id.Length);
                id.Value.Format(message[(length + sizeof(int))..]);
                length += sizeof(int) + Id.Length;
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(message[length..], 0);
                length += sizeof(int);
            }
            length += Part(message[length..], first);
            length += Part(message[length..], second);
            length += Part(message[length..], third);

            Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
            var hash = hmac.Value!;
            hash.AppendData(message[..length]);
            hash.GetHashAndReset(digest);
            return Id.FromBytes(digest);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private static int Part(Span<byte> target, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part, target[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(target, bytes);
        return sizeof(int) + bytes;
    }
}
