using System.Buffers;
using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Codec;

/// <summary>The frozen form of single events, for those who hand them on rather than write many in a row.</summary>
public static class EventBytes
{
    // A writer is made once for each thread: it is worth more than the event it writes.
    [ThreadStatic]
    private static EventWriter? writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    /// <summary>Writes one event.</summary>
    public static byte[] Of(RecordedEvent recorded)
    {
        var (output, into) = (writer ??= new EventWriter(), buffer ??= new ArrayBufferWriter<byte>(512));
        into.ResetWrittenCount();
        output.Write(into, recorded);
        return into.WrittenSpan.ToArray();
    }
}
