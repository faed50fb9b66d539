using System.Net;
using System.Net.Sockets;

namespace IdeaVote.Benchmarks;

/// <summary>
/// Sends requests over many connections, each waiting for its answer before the next, with as little work as possible: ready
/// bytes out, bytes counted in. Any HTTP client would take more of the machine than the servers it is to compare.
/// </summary>
internal static class LoadClient
{
    /// <summary>Sends <paramref name="requests"/> requests in all.</summary>
    /// <param name="address">The server.</param>
    /// <param name="connections">How many connections.</param>
    /// <param name="requests">How many requests, shared among them.</param>
    /// <param name="request">The bytes of the request of a connection and turn.</param>
    /// <returns>Requests per second.</returns>
    public static async Task<double> RunAsync(Uri address, int connections, int requests, Func<int, int, ReadOnlyMemory<byte>> request)
    {
        var sockets = new Socket[connections];
        for (var i = 0; i < connections; i++)
        {
            sockets[i] = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await sockets[i].ConnectAsync(IPAddress.Loopback, address.Port);
        }
        var each = requests / connections;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await Task.WhenAll(sockets.Select((socket, connection) => Task.Run(() => TalkAsync(socket, connection, each, request))));
        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var socket in sockets)
            socket.Dispose();
        return each * connections / seconds;
    }

    /// <summary>Sends one request.</summary>
    /// <returns>The bytes of the answer's body.</returns>
    public static Task<int> AskAsync(Socket socket, ReadOnlyMemory<byte> request) => AskAsync(socket, request, new byte[256 * 1024]);

    private static async Task TalkAsync(Socket socket, int connection, int turns, Func<int, int, ReadOnlyMemory<byte>> request)
    {
        var buffer = new byte[256 * 1024];
        for (var turn = 0; turn < turns; turn++)
            await AskAsync(socket, request(connection, turn), buffer);
    }

    private static async Task<int> AskAsync(Socket socket, ReadOnlyMemory<byte> request, byte[] buffer)
    {
        await socket.SendAsync(request);
        int filled = 0, needed = int.MaxValue;
        while (filled < needed)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0)
                throw new IOException("The server closed the connection.");
            filled += read;
            if (needed == int.MaxValue)
                needed = Needed(buffer.AsSpan(0, filled));
        }
        return needed - buffer.AsSpan().IndexOf("\r\n\r\n"u8) - 4;
    }

    /// <summary>The length of the whole answer, once its head is there; else <see cref="int.MaxValue"/>.</summary>
    private static int Needed(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return int.MaxValue;
        if (!answer.StartsWith("HTTP/1.1 200"u8))
            throw new IOException($"The server answered: {System.Text.Encoding.ASCII.GetString(answer)}");
        var length = answer.IndexOf("Content-Length: "u8);
        if (length < 0 || length > head)
            throw new IOException("The answer does not say how long it is.");
        return System.Buffers.Text.Utf8Parser.TryParse(answer[(length + 16)..], out int body, out _)
            ? head + 4 + body
            : throw new IOException("The answer's length is no number.");
    }
}
