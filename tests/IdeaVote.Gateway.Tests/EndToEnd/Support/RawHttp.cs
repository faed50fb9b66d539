using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>A connection on which a test writes and reads what no client of good manners would, or both at once.</summary>
public sealed class RawHttp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient connection;
    private readonly StreamReader reader;

    private RawHttp(TcpClient connection)
    {
        this.connection = connection;
        reader = new StreamReader(connection.GetStream(), Encoding.Latin1);
    }

    /// <summary>Opens a connection.</summary>
    public static async Task<RawHttp> OpenAsync(Uri address)
    {
        var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(address.Host, address.Port);
        return new RawHttp(connection);
    }

    /// <summary>Sends one request and reads its answer until the server closes the connection, as it must be asked to.</summary>
    /// <returns>The status and the whole answer; 0 and what came if that is no answer.</returns>
    public static async Task<(int Status, string Answer)> AskAsync(Uri address, string request)
    {
        await using var raw = await OpenAsync(address);
        await raw.WriteAsync(request);
        var answer = await raw.reader.ReadToEndAsync().WaitAsync(Patience);
        return (StatusOf(answer), answer);
    }

    /// <summary>Writes bytes, one for each character.</summary>
    public async Task WriteAsync(string text) => await connection.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask().WaitAsync(Patience);

    /// <summary>Writes one piece of a body that is sent in chunks.</summary>
    public Task WriteChunkAsync(string text) => WriteAsync($"{text.Length:x}\r\n{text}\r\n");

    /// <summary>Ends a body that is sent in chunks.</summary>
    public Task EndChunksAsync() => WriteAsync("0\r\n\r\n");

    /// <summary>Reads the answer's head.</summary>
    /// <returns>Its status.</returns>
    public async Task<int> ReadHeadAsync()
    {
        var status = StatusOf(await LineAsync());
        while ((await LineAsync()).Length > 0)
        {
            // The headers are of no interest here.
        }
        return status;
    }

    /// <summary>Reads the next chunk of the answer; empty at its end.</summary>
    public async Task<string> ReadChunkAsync()
    {
        var length = int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var chunk = new char[length];
        await reader.ReadBlockAsync(chunk).AsTask().WaitAsync(Patience);
        await LineAsync();
        return new string(chunk);
    }

    /// <summary>Reads whole lines of a chunked answer.</summary>
    public async IAsyncEnumerable<string> LinesAsync()
    {
        var rest = "";
        while (await ReadChunkAsync() is { Length: > 0 } chunk)
        {
            var lines = (rest + chunk).Split('\n');
            foreach (var line in lines[..^1])
                yield return line;
            rest = lines[^1];
        }
    }

    /// <summary>Breaks the connection off, without a word.</summary>
    public void Abort()
    {
        connection.LingerState = new LingerOption(enable: true, seconds: 0);
        connection.Close();
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private static int StatusOf(string answer) =>
        answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;

    private async Task<string> LineAsync() =>
        await reader.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("The connection ended too early.");
}
