using IdeaVote.Domain.Kernel;
using IdeaVote.Engine;
using IdeaVote.Engine.Grains;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Cluster.Benchmarks.Baseline;

/// <summary>The way to the grains of the baseline; the engine before it is the same.</summary>
/// <typeparam name="T">Which of them.</typeparam>
/// <param name="grains">The grains.</param>
internal sealed class StateAggregates<T>(IGrainFactory grains) : IAggregates
    where T : IAggregateGrain
{
    // As the real way: the library makes the names anew each time it is asked by the interface.
    private readonly GrainReference any = (GrainReference)(object)grains.GetGrain<T>("any");

    public async ValueTask<Reply> SendAsync(StreamId stream, Command? command, CancellationToken cancellation = default)
    {
        var grain = (T)(object)grains.GetGrain(GrainId.Create(any.GrainId.Type, StreamKey.Of(stream)), any.InterfaceType);
        var reply = await grain.HandleAsync(command is null ? null : new WireCommand(command));
        return reply.ToReply(stream.Kind);
    }
}
