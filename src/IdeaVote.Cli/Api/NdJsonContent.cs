using System.Net;
using System.Net.Http.Headers;

namespace IdeaVote.Cli.Api;

/// <summary>A request body of lines that are already JSON, written out without copying them together.</summary>
internal sealed class NdJsonContent : HttpContent
{
    private static readonly byte[] LineBreak = "\n"u8.ToArray();

    private readonly IReadOnlyList<byte[]> lines;

    /// <summary>Wraps the lines, each without its line break.</summary>
    public NdJsonContent(IReadOnlyList<byte[]> lines)
    {
        this.lines = lines;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
        {
            await stream.WriteAsync(line, cancellationToken);
            await stream.WriteAsync(LineBreak, cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = lines.Sum(line => line.LongLength + LineBreak.Length);
        return true;
    }
}
