using System.Buffers.Text;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Audit;

/// <summary>Writes ids, numbers and times side by side into room that is large enough, and makes no garbage.</summary>
/// <param name="room">Where to; what does not fit throws.</param>
public ref struct AsciiPen(Span<byte> room)
{
    private const int TimeLength = 23;

    private readonly Span<byte> room = room;

    /// <summary>How many bytes are written.</summary>
    public int Written { get; private set; }

    /// <summary>Writes bytes as they are.</summary>
    public void Write(scoped ReadOnlySpan<byte> ascii)
    {
        ascii.CopyTo(room[Written..]);
        Written += ascii.Length;
    }

    /// <summary>Writes an id.</summary>
    public void Write(Id id)
    {
        id.Format(room.Slice(Written, Id.Length));
        Written += Id.Length;
    }

    /// <summary>Writes a whole number.</summary>
    public void Write(long number)
    {
        if (!Utf8Formatter.TryFormat(number, room[Written..], out var length))
            throw new ArgumentException("The room is too small.", nameof(number));
        Written += length;
    }

    /// <summary>Writes a time as <see cref="SignedHead.Time"/> does.</summary>
    public void Write(Instant at)
    {
        // The round-trip form with its ten millionths of a second, cut to thousandths.
        Span<byte> text = stackalloc byte[TimeLength + 5];
        Utf8Formatter.TryFormat(at.ToDateTimeOffset().UtcDateTime, text, out _, 'O');
        Write(text[..TimeLength]);
        Write("Z"u8);
    }
}
