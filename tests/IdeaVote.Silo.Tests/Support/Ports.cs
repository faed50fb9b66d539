using System.Net;
using System.Net.Sockets;

namespace IdeaVote.Silo.Tests.Support;

/// <summary>Free ports of this machine.</summary>
internal static class Ports
{
    /// <summary>Two ports that nobody listens on.</summary>
    public static (int First, int Second) Take()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
