using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Portal.Http;

/// <summary>Keeps one address, or one person, from trying too often.</summary>
/// <param name="permits">How often each may be done in a minute; null for what <see cref="Act"/> says.</param>
public sealed class Throttle(int? permits = null) : IDisposable
{
    private readonly PartitionedRateLimiter<(Act Act, string Who)> limiter =
        PartitionedRateLimiter.Create<(Act Act, string Who), (Act, string)>(key => RateLimitPartition.GetFixedWindowLimiter(
            key, of => new FixedWindowRateLimiterOptions { PermitLimit = permits ?? PermitsOf(of.Item1), Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    /// <summary>Counts an act of an address.</summary>
    /// <exception cref="ApiException">429 <c>too_many_attempts</c>.</exception>
    public void CountAddress(HttpContext context, Act act) => Count(act, NetworkOf(context.Connection.RemoteIpAddress));

    /// <summary>What an address counts as: itself, or of version 6 the network of 2^64 addresses that one customer is given.</summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPNetwork(new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]]), 64).ToString() : address.ToString();
    }

    /// <summary>Counts an act of a person.</summary>
    /// <exception cref="ApiException">429 <c>too_many_attempts</c>.</exception>
    public void Count(Act act, string who)
    {
        using var lease = limiter.AttemptAcquire((act, who));
        if (!lease.IsAcquired)
        {
            throw new ApiException(StatusCodes.Status429TooManyRequests, "too_many_attempts", "Too many attempts. Wait a minute and try again.")
            {
                RetryAfterSeconds = 60,
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();

    private static int PermitsOf(Act act) => act switch
    {
        Act.SignIn => 30,
        Act.SignUp => 20,
        Act.Mail => 5,
        Act.Submit => 30,
        Act.Comment => 60,
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };
}

/// <summary>What is counted, each by itself; per minute.</summary>
public enum Act
{
    /// <summary>Signing in, by address: 30.</summary>
    SignIn,

    /// <summary>Opening an account, by address: 20.</summary>
    SignUp,

    /// <summary>Having a mail sent, by address: 5.</summary>
    Mail,

    /// <summary>Submitting an idea, by person: 30.</summary>
    Submit,

    /// <summary>Commenting, by person: 60.</summary>
    Comment,
}
