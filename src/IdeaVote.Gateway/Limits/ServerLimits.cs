using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IdeaVote.Gateway.Limits;

/// <summary>What a connection may cost, whoever opens it.</summary>
internal static class ServerLimits
{
    /// <summary>The most connections at a time, open pages that listen included; further ones are closed at once.</summary>
    public const int MaxConnections = 30_000;

    /// <summary>The most bytes of a request's line and of its headers together.</summary>
    public const int MaxHeaderBytes = 16 * 1024;

    /// <summary>The most headers of a request.</summary>
    public const int MaxHeaders = 64;

    private static readonly TimeSpan HeaderPatience = TimeSpan.FromSeconds(15);

    /// <summary>Sets them.</summary>
    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.RequestHeadersTimeout = HeaderPatience;
        // Bodies and readers that come and go slower than 240 bytes a second, after five seconds' grace, are cut off, and connections that ask nothing for 130
        // seconds closed: the web server's own values, said here because they are promised.
        limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
    }

    /// <summary>Whom to believe about where a request came from: proxies in these networks, and nobody where there are none.</summary>
    public static void Apply(ForwardedHeadersOptions options, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // As many proxies as are known, one behind the other: the first address that is of none of them is the caller's.
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownIPNetworks.Add(proxy);
    }
}
