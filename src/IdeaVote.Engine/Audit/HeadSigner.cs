using System.Buffers.Text;
using System.Security.Cryptography;

namespace IdeaVote.Engine.Audit;

/// <summary>Signs heads with the server's key.</summary>
public sealed class HeadSigner : IDisposable
{
    private readonly Lock gate = new();
    private readonly ECDsa key = ECDsa.Create();

    /// <summary>Takes a key.</summary>
    /// <param name="pkcs8">A P-256 private key, PKCS#8.</param>
    /// <exception cref="CryptographicException">It is none.</exception>
    public HeadSigner(ReadOnlySpan<byte> pkcs8)
    {
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        if (key.KeySize != 256)
            throw new CryptographicException("The signing key is not one of the curve P-256.");
        PublicKey = PublicJwk.Of(key);
    }

    /// <summary>The key's public half.</summary>
    public PublicJwk PublicKey { get; }

    /// <summary>Makes a new private key, PKCS#8.</summary>
    public static byte[] NewKey()
    {
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return fresh.ExportPkcs8PrivateKey();
    }

    /// <summary>Signs what a campaign has come to.</summary>
    /// <param name="campaign">The campaign's key.</param>
    /// <param name="replay">The campaign, lived through up to the position; it has at least one event.</param>
    /// <param name="position">The written form of the position of its last event.</param>
    /// <param name="ballots">The SHA-256 of its ballots.</param>
    /// <param name="at">When.</param>
    public SignedHead Sign(string campaign, CampaignReplay replay, string position, string ballots, DateTimeOffset at)
    {
        var head = new SignedHead(
            campaign, replay.Campaign!.Value.ToString(), position, replay.Heads(), ballots, SignedHead.Time(at), PublicKey.Kid, PublicKey, "");
        lock (gate)
            return head with { Signature = Base64Url.EncodeToString(key.SignData(head.Canonical(), HashAlgorithmName.SHA256)) };
    }

    /// <summary>Signs what is published of a campaign's ballots.</summary>
    /// <param name="head">The head that this server signed at the same position.</param>
    /// <param name="published">SHA-256 of the lines published.</param>
    /// <param name="tally">SHA-256 of what the ballots count to.</param>
    /// <param name="voters">How many ballots there are.</param>
    /// <param name="at">When.</param>
    public SignedPublication Sign(SignedHead head, string published, string tally, long voters, DateTimeOffset at)
    {
        var publication = new SignedPublication(head, published, tally, voters, SignedHead.Time(at), "");
        lock (gate)
            return publication with { Signature = Base64Url.EncodeToString(key.SignData(publication.Canonical(), HashAlgorithmName.SHA256)) };
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => key.Dispose();
}
