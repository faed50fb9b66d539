using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace IdeaVote.Fuzz.Api;

/// <summary>
/// A client that sends bytes as they are: HTTP clients put right, or refuse to send, what a server should be asked. It keeps its connection as long as the server does.
/// </summary>
/// <param name="address">The server.</param>
internal sealed class Wire(Uri address) : IDisposable
{
    /// <summary>Whatever is asked is answered within this, or it hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TcpClient? connection;
    private BufferedStream? stream;

    /// <summary>Sends a request and reads what is answered.</summary>
    /// <param name="request">Its bytes.</param>
    /// <param name="isHead">Whether the answer has no body because of the method.</param>
    /// <param name="onlyBegin">Whether to read no more than the answer's head, and go away then.</param>
    /// <exception cref="TimeoutException">There is no answer, or no end of it.</exception>
    /// <exception cref="IOException">There is none because the connection was closed, or it is no HTTP.</exception>
    public async Task<WireAnswer> SendAsync(byte[] request, bool isHead, bool onlyBegin)
    {
        using var patience = new CancellationTokenSource(Patience);
        var isKept = connection is not null;
        try
        {
            try
            {
                return await SendAsync(request, isHead, onlyBegin, patience.Token);
            }
            // The server may have closed a kept connection the moment before.
            catch (Exception e) when (isKept && e is IOException or SocketException)
            {
                Close();
                return await SendAsync(request, isHead, onlyBegin, patience.Token);
            }
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            Close();
            throw new TimeoutException($"no whole answer within {Patience}", e);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private async Task<WireAnswer> SendAsync(byte[] request, bool isHead, bool onlyBegin, CancellationToken cancel)
    {
        if (connection is null)
        {
            connection = new TcpClient { NoDelay = true };
            await connection.ConnectAsync(address.Host, address.Port, cancel);
            stream = new BufferedStream(connection.GetStream(), 16 * 1024);
        }
        await connection.GetStream().WriteAsync(request, cancel);
        var (status, headers) = await ReadHeadAsync(cancel);
        // Asked whether to go on, the server says yes first.
        while (status == 100)
            (status, headers) = await ReadHeadAsync(cancel);
        // What is refused has an end, whoever would have listened.
        onlyBegin &= status < 300;
        var body = onlyBegin || isHead || status is 204 or 304 ? [] : await ReadBodyAsync(headers, cancel);
        var closes = headers.GetValueOrDefault("connection", "").Equals("close", StringComparison.OrdinalIgnoreCase);
        if (onlyBegin || closes)
            Close();
        return new WireAnswer(status, headers, body, closes);
    }

    private async Task<(int Status, Dictionary<string, string> Headers)> ReadHeadAsync(CancellationToken cancel)
    {
        var line = await ReadLineAsync(cancel);
        if (!line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            throw new IOException($"'{line}' is no answer");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync(cancel) is { Length: > 0 } header)
            headers[header[..header.IndexOf(':', StringComparison.Ordinal)]] = header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return (int.Parse(line.AsSpan(9, 3), CultureInfo.InvariantCulture), headers);
    }

    private async Task<byte[]> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        if (headers.TryGetValue("content-length", out var length))
        {
            await CopyAsync(body, int.Parse(length, CultureInfo.InvariantCulture), cancel);
        }
        else if (headers.GetValueOrDefault("transfer-encoding") == "chunked")
        {
            while (int.Parse(await ReadLineAsync(cancel), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var chunk)
            {
                await CopyAsync(body, chunk, cancel);
                await ReadLineAsync(cancel);
            }
            await ReadLineAsync(cancel);
        }
        else
        {
            await stream!.CopyToAsync(body, cancel);
            Close();
        }
        return body.ToArray();
    }

    private async Task CopyAsync(MemoryStream to, int length, CancellationToken cancel)
    {
        var bytes = new byte[length];
        await stream!.ReadExactlyAsync(bytes, cancel);
        to.Write(bytes);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancel)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            if (await stream!.ReadAsync(one, cancel) == 0)
                throw new IOException("the connection was closed without an answer");
            if (one[0] == '\n')
                return line.ToString();
            if (one[0] != '\r')
                line.Append((char)one[0]);
        }
    }

    private void Close()
    {
        stream?.Dispose();
        connection?.Dispose();
        (stream, connection) = (null, null);
    }
}

/// <summary>An answer as it came.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Its headers; of several of a name the last.</param>
/// <param name="Body">Its body.</param>
/// <param name="Closes">Whether the server ends the connection with it.</param>
internal sealed record WireAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, bool Closes)
{
    /// <summary>Its body, read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Its content type without parameters; empty if it has none.</summary>
    public string ContentType => Headers.GetValueOrDefault("content-type", "").Split(';')[0];
}
