namespace IdeaVote.Cli.Tests.Support;

/// <summary>An answer whose connection breaks after some bytes.</summary>
internal sealed class BrokenStream(byte[] first) : MemoryStream(first, writable: false)
{
    public override int Read(byte[] buffer, int offset, int count) => Checked(base.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Checked(await base.ReadAsync(buffer.AsMemory(offset, count), cancellationToken));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Checked(await base.ReadAsync(buffer, cancellationToken));

    private static int Checked(int read) => read > 0 ? read : throw new IOException("the connection was reset");
}
