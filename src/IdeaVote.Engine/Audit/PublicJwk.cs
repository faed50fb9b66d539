using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace IdeaVote.Engine.Audit;

/// <summary>The public half of a signing key, as a JSON Web Key (RFC 7517, RFC 7518 6.2).</summary>
/// <param name="Kty">The kind of key: <c>EC</c>.</param>
/// <param name="Crv">The curve: <c>P-256</c>.</param>
/// <param name="X">The point's first coordinate, 32 bytes, base64url without padding.</param>
/// <param name="Y">The point's second coordinate.</param>
/// <param name="Use">What it is for: <c>sig</c>.</param>
/// <param name="Alg">The algorithm: <c>ES256</c>.</param>
/// <param name="Kid">Its name: the RFC 7638 thumbprint.</param>
public sealed record PublicJwk(string Kty, string Crv, string X, string Y, string Use, string Alg, string Kid)
{
    private const int CoordinateBytes = 32;

    /// <summary>The public half of a P-256 key.</summary>
    public static PublicJwk Of(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var jwk = new PublicJwk("EC", "P-256", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y), "sig", "ES256", "");
        return jwk with { Kid = jwk.Thumbprint() };
    }

    /// <summary>SHA-256 over the members that make the key, in the order and form of RFC 7638; base64url without padding.</summary>
    public string Thumbprint() => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(
        $$"""{"crv":"{{Crv}}","kty":"{{Kty}}","x":"{{X}}","y":"{{Y}}"}""")));

    /// <summary>Whether a signature over some bytes is this key's; false also for a key or a signature that is none.</summary>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">IEEE P1363, base64url without padding.</param>
    public bool Verifies(ReadOnlySpan<byte> message, string signature)
    {
        if (Kty != "EC" || Crv != "P-256" || Bytes(X) is not { Length: CoordinateBytes } x || Bytes(Y) is not { Length: CoordinateBytes } y || Bytes(signature) is not { } bytes)
            return false;
        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
            return key.VerifyData(message, bytes, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            // The point is not on the curve.
            return false;
        }
    }

    private static byte[]? Bytes(string text) => Base64Url.IsValid(text) && !text.Contains('=') ? Base64Url.DecodeFromChars(text) : null;
}
