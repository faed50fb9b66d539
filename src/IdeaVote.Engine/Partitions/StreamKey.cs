using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Partitions;

/// <summary>How aggregates are named among grains, and how streams travel between them.</summary>
public static class StreamKey
{
    private const int Bytes = 1 + 2 * Id.ByteLength;

    /// <summary>The key of an aggregate's grain: the campaign, and within it the aggregate.</summary>
    public static string Of(StreamId stream) =>
        stream.Kind == AggregateKind.Campaign ? stream.Campaign.ToString() : $"{stream.Campaign}/{stream.Key}";

    /// <summary>Reads a grain's key.</summary>
    /// <exception cref="FormatException">It is none; only a fault of our own code makes such a key.</exception>
    public static StreamId Parse(AggregateKind kind, string key)
    {
        var cut = key.IndexOf('/', StringComparison.Ordinal);
        if (!Id.TryParse(cut < 0 ? key : key.AsSpan(0, cut), out var campaign))
            throw Wrong(kind, key);
        if (kind == AggregateKind.Campaign)
            return cut < 0 ? StreamId.Of(new CampaignId(campaign)) : throw Wrong(kind, key);
        return cut >= 0 && Id.TryParse(key.AsSpan(cut + 1), out var own) ? new StreamId(kind, new CampaignId(campaign), own) : throw Wrong(kind, key);
    }

    /// <summary>The form in which a stream travels.</summary>
    public static byte[] Write(StreamId stream)
    {
        var bytes = new byte[Bytes];
        bytes[0] = (byte)stream.Kind;
        stream.Campaign.Value.WriteBytes(bytes.AsSpan(1));
        stream.Key.WriteBytes(bytes.AsSpan(1 + Id.ByteLength));
        return bytes;
    }

    /// <summary>Reads the form in which a stream travels.</summary>
    /// <exception cref="FormatException">The bytes are none.</exception>
    public static StreamId Read(ReadOnlySpan<byte> bytes) => bytes.Length == Bytes
        ? new StreamId((AggregateKind)bytes[0], new CampaignId(Id.FromBytes(bytes.Slice(1, Id.ByteLength))), Id.FromBytes(bytes[(1 + Id.ByteLength)..]))
        : throw new FormatException($"A stream has {Bytes} bytes, not {bytes.Length}.");

    private static FormatException Wrong(AggregateKind kind, string key) => new($"'{key}' is no key of a {kind}'s grain.");
}
