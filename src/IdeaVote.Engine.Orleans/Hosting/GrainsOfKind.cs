using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Grains.Hosting;

/// <summary>
/// The grains of one interface. Asked for a grain by its interface, the library reads that type's attributes and makes its name anew
/// each time, which costs more than a turn; so it is asked once, and for the names alone.
/// </summary>
/// <param name="grains">The grains.</param>
internal sealed class GrainsOfKind<T>(IGrainFactory grains)
    where T : class, IAggregateGrain
{
    private Names? names;

    public T Find(StreamId stream)
    {
        var key = StreamKey.Of(stream);
        if (names is { } known)
            return (T)grains.GetGrain(GrainId.Create(known.Grain, key), known.Interface);
        var found = grains.GetGrain<T>(key);
        var reference = (GrainReference)(object)found;
        names = new Names(reference.GrainId.Type, reference.InterfaceType);
        return found;
    }

    private sealed record Names(GrainType Grain, GrainInterfaceType Interface);
}
