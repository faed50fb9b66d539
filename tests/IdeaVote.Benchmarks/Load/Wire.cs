using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace IdeaVote.Benchmarks.Load;

/// <summary>
/// One kept-alive connection: ready bytes out, the answer read to its end and thrown away. It understands lengths and chunks and nothing else, so that
/// asking takes little of the machine that it shares with the server.
/// </summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket socket;
    private readonly byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;

    private Wire(Socket socket) => this.socket = socket;

    /// <summary>Connects.</summary>
    public static async Task<Wire> ConnectAsync(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        return new Wire(socket);
    }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <returns>The answer's status.</returns>
    /// <exception cref="IOException">The connection ended, or what came is no answer.</exception>
    public async ValueTask<int> AskAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        var (status, length, isChunked) = await HeadAsync();
        if (!isChunked)
            await SkipAsync(length);
        else
        {
            long chunk;
            do
            {
                chunk = Convert.ToInt64(await LineAsync(), 16);
                await SkipAsync(chunk + 2);
            }
            while (chunk > 0);
        }
        return status;
    }

    /// <summary>Sends a request and reads the head of its answer only: what follows has no end.</summary>
    /// <returns>The answer's status.</returns>
    public async ValueTask<int> ListenAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        return (await HeadAsync()).Status;
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask<(int Status, long Length, bool IsChunked)> HeadAsync()
    {
        int end;
        while ((end = buffer.AsSpan(from, to - from).IndexOf("\r\n\r\n"u8)) < 0)
            await FillAsync();
        var head = Parse(buffer.AsSpan(from, end + 2));
        from += end + 4;
        return head;
    }

    private static (int Status, long Length, bool IsChunked) Parse(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
            throw new IOException("What came is no answer.");
        var length = head.IndexOf("Content-Length: "u8);
        return length >= 0 && Utf8Parser.TryParse(head[(length + 16)..], out long bytes, out _) ? (status, bytes, false) : (status, 0, head.IndexOf("chunked"u8) >= 0);
    }

    private async ValueTask<string> LineAsync()
    {
        int end;
        while ((end = buffer.AsSpan(from, to - from).IndexOf("\r\n"u8)) < 0)
            await FillAsync();
        var line = System.Text.Encoding.ASCII.GetString(buffer, from, end);
        from += end + 2;
        return line;
    }

    private async ValueTask SkipAsync(long bytes)
    {
        while (bytes > to - from)
        {
            bytes -= to - from;
            from = to = 0;
            await FillAsync();
        }
        from += (int)bytes;
    }

    private async ValueTask FillAsync()
    {
        if (from > 0)
        {
            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
        }
        if (to == buffer.Length)
            throw new IOException("A line of the answer is too long.");
        var read = await socket.ReceiveAsync(buffer.AsMemory(to));
        if (read == 0)
            throw new IOException("The server closed the connection.");
        to += read;
    }
}
