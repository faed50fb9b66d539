using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Http;

/// <summary>A whole request body in rented memory.</summary>
public sealed class PooledBody : IDisposable
{
    private const int FirstBytes = 4 * 1024;
    private const int MostFirstBytes = 64 * 1024;

    private byte[] rented;
    private int length;

    private PooledBody(int capacity) => rented = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Memory => rented.AsMemory(0, length);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        var array = rented;
        rented = [];
        length = 0;
        if (array.Length > 0)
            ArrayPool<byte>.Shared.Return(array);
    }

    /// <summary>Reads the body of whatever content type to its end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxBytes">The largest body taken.</param>
    /// <exception cref="ApiException">413 <c>too_large</c>.</exception>
    public static async ValueTask<PooledBody> ReadAsync(HttpContext context, int maxBytes)
    {
        if (context.Request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);
        // Not all that is announced: memory is given for what has come.
        var body = new PooledBody((int)Math.Min(context.Request.ContentLength ?? FirstBytes, MostFirstBytes));
        try
        {
            var reader = context.Request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted);
                if (body.length + read.Buffer.Length > maxBytes)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    throw TooLarge(maxBytes);
                }
                body.Append(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return body;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    internal static ApiException TooLarge(int maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body is at most {maxBytes} bytes.");

    private void Append(in ReadOnlySequence<byte> bytes)
    {
        var needed = length + (int)bytes.Length;
        if (needed > rented.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, rented.Length * 2));
            Memory.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(rented);
            rented = larger;
        }
        bytes.CopyTo(rented.AsSpan(length));
        length = needed;
    }
}
