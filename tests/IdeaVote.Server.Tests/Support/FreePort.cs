using System.Net;
using System.Net.Sockets;

namespace IdeaVote.Server.Tests.Support;

/// <summary>Finds ports that nobody is given by chance: below those the system hands out to whoever asks for any.</summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Last = 30_000;

    /// <summary>An address on a port that is free now, and stays free while its server restarts.</summary>
    public static string Address()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return $"http://127.0.0.1:{port}";
            }
            catch (SocketException)
            {
                // Taken; there are others.
            }
        }
    }
}
