using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Limits;

/// <summary>Turns away who asks too often. Nothing is counted of requests from this machine itself: they come from its owner, or from a proxy that says nothing of whom it asks for.</summary>
/// <param name="options">The rates.</param>
/// <param name="time">The clock.</param>
internal sealed class RateGate(RateOptions options, TimeProvider time)
{
    private const Scopes VoterScopes = Scopes.Vote;

    private readonly RateBuckets? addresses = Make(options.Address, time);
    private readonly RateBuckets? voters = Make(options.Voter, time);
    private readonly RateBuckets? trusted = Make(options.Trusted, time);
    private readonly RateBuckets? wrongTokens = Make(options.WrongTokens, time);

    /// <summary>Counts a request.</summary>
    /// <param name="address">Where it comes from, as <see cref="KeyOf(IPAddress?)"/> has it.</param>
    /// <param name="caller">Who asks.</param>
    /// <returns>How long to wait; zero to go on.</returns>
    public TimeSpan Count(ulong address, Caller caller)
    {
        var isTrusted = (caller.Scopes & ~VoterScopes) != Scopes.None;
        // Whoever asks for a page has a session, which has no token of the API.
        if (caller.Token is { } token && (isTrusted ? trusted : voters)?.Take(KeyOf(token)) is { } wait && wait > TimeSpan.Zero)
            return wait;
        return isTrusted || address == 0 ? TimeSpan.Zero : addresses?.Take(address) ?? TimeSpan.Zero;
    }

    /// <summary>How long tokens of an address are not looked at, because too many were wrong; zero if they are.</summary>
    public TimeSpan WaitForToken(ulong address) => address == 0 ? TimeSpan.Zero : wrongTokens?.Peek(address) ?? TimeSpan.Zero;

    /// <summary>Counts a wrong token.</summary>
    public void CountWrongToken(ulong address)
    {
        if (address != 0)
            wrongTokens?.Take(address);
    }

    /// <summary>Answers who asks too often.</summary>
    public static Task RefuseAsync(HttpContext context, TimeSpan wait) => Problems.WriteAsync(
        context, StatusCodes.Status429TooManyRequests, "rate_limited", "That was too often. Wait as long as Retry-After says, then send the same request again.", null,
        Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));

    /// <summary>
    /// What an address counts as: itself, or of version 6 the network of 2^64 addresses that one customer is given. 0 for this machine and for none.
    /// </summary>
    public static ulong KeyOf(IPAddress? address)
    {
        if (address is null)
            return 0;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        if (address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6)
        {
            var four = bytes[(length - 4)..length];
            // The upper half is one that no network of version 6 has.
            return four[0] == 127 ? 0 : 0xFFFF_FFFF_0000_0000 | BinaryPrimitives.ReadUInt32BigEndian(four);
        }
        var network = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return network != 0 ? network : IPAddress.IsLoopback(address) ? 0 : BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    private static ulong KeyOf(Id token)
    {
        Span<byte> bytes = stackalloc byte[Id.ByteLength];
        token.WriteBytes(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) | 1;
    }

    private static RateBuckets? Make(Rate? rate, TimeProvider time) => rate is null ? null : new RateBuckets(rate, time);
}

/// <summary>Marks an endpoint that may be asked as often as one likes without a token, such as those that say whether the process runs.</summary>
public sealed class AnyRate
{
    /// <summary>The mark.</summary>
    public static readonly AnyRate Mark = new();

    private AnyRate()
    {
    }
}
