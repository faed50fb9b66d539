using System.Security.Cryptography;
using System.Text;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway;

namespace IdeaVote.Portal.Accounts;

/// <summary>
/// The link that makes the first administrator. It follows from the server's secret, so that it is the same after a restart, and is worth
/// nothing once there is an administrator.
/// </summary>
/// <param name="options">Has the secret.</param>
/// <param name="store">Knows whether there is an administrator.</param>
public sealed class SetupLink(GatewayOptions options, IAccountStore store)
{
    private readonly string key = Convert.ToHexStringLower(HMACSHA256.HashData(options.Secret.Span, "ideavote portal set-up"u8))[..32];

    /// <summary>The path of the link; null if there is an administrator.</summary>
    public async ValueTask<string?> PathAsync(CancellationToken cancellation = default) =>
        await store.HasAdminAsync(cancellation) ? null : $"/setup?key={key}";

    /// <summary>Whether this is the link's key.</summary>
    public bool IsKey(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.ASCII.GetBytes(key));
}
