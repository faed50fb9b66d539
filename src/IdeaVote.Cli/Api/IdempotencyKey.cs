using System.Security.Cryptography;
using System.Text;

namespace IdeaVote.Cli.Api;

/// <summary>The key under which the same request is one request, however often and by whichever run it is sent.</summary>
internal static class IdempotencyKey
{
    /// <summary>A key of 64 characters that depends on nothing but the scope and the content.</summary>
    /// <param name="scope">What the request belongs to, such as the campaign.</param>
    /// <param name="content">The request's body, in parts.</param>
    public static string Of(string scope, params IEnumerable<byte[]> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(scope));
        foreach (var part in content)
        {
            hash.AppendData("\n"u8);
            hash.AppendData(part);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
