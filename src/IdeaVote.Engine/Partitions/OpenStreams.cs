using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// The streams that were asked for lately. Two generations: when the young one is full it becomes the old one, and what was not
/// asked for since then is forgotten.
/// </summary>
/// <param name="most">How many streams it remembers at least, if so many were asked for; it holds up to twice as many.</param>
internal sealed class OpenStreams(int most)
{
    private Dictionary<StreamId, OpenStream> young = [];
    private Dictionary<StreamId, OpenStream> old = [];

    public OpenStream? Find(StreamId stream)
    {
        if (young.TryGetValue(stream, out var found))
            return found;
        if (!old.TryGetValue(stream, out found))
            return null;
        Set(stream, found);
        return found;
    }

    public void Set(StreamId stream, OpenStream open)
    {
        if (young.Count >= most && !young.ContainsKey(stream))
            (young, old) = ([], young);
        young[stream] = open;
    }
}

/// <summary>What a partition's writer knows of a stream.</summary>
/// <param name="Version">Its version, once what is on its way is durable.</param>
/// <param name="Token">The activation that may append to it.</param>
internal readonly record struct OpenStream(long Version, long Token);
