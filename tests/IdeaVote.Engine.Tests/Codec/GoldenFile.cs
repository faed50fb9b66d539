using System.Buffers;
using System.Text;
using IdeaVote.Engine.Codec;

namespace IdeaVote.Engine.Tests.Codec;

/// <summary>The frozen files, and the codec as bytes in and bytes out.</summary>
public static class GoldenFile
{
    /// <summary>The lines of a frozen file, without their line feeds.</summary>
    public static byte[][] Lines(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name));
        bytes[^1].ShouldBe((byte)'\n');
        return [.. Encoding.UTF8.GetString(bytes[..^1]).Split('\n').Select(Encoding.UTF8.GetBytes)];
    }

    public static byte[] Write(RecordedEvent recorded)
    {
        using var writer = new EventWriter();
        var output = new ArrayBufferWriter<byte>();
        writer.Write(output, recorded);
        return output.WrittenSpan.ToArray();
    }
}
