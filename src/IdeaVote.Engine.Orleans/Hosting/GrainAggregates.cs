using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Partitions;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Engine.Grains.Hosting;

/// <summary>The aggregates of the cluster: each call goes to the aggregate's grain, wherever it is.</summary>
/// <param name="grains">The grains.</param>
/// <param name="logger">Where it says why a call failed.</param>
internal sealed partial class GrainAggregates(IGrainFactory grains, ILogger<GrainAggregates> logger) : IAggregates
{
    private readonly GrainsOfKind<ICampaignGrain> campaigns = new(grains);
    private readonly GrainsOfKind<IIdeaGrain> ideas = new(grains);
    private readonly GrainsOfKind<IVoterGrain> voters = new(grains);
    private readonly GrainsOfKind<IThreadGrain> threads = new(grains);

    public async ValueTask<Reply> SendAsync(StreamId stream, Command? command, CancellationToken cancellation = default)
    {
        try
        {
            var call = GrainOf(stream).HandleAsync(command is null ? null : new WireCommand(command));
            var reply = await (cancellation.CanBeCanceled ? new ValueTask<WireReply>(call.AsTask().WaitAsync(cancellation)) : call);
            return reply.ToReply(stream.Kind);
        }
        catch (Exception e) when (e is LimitExceededException or GatewayTooBusyException)
        {
            // The grain, or the silo, has too many calls waiting and did not take this one.
            return Reply.Overloaded;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Time-outs, lost connections, silos that left: any of them may have come after the commit.
            LogFailed(stream, e.GetType().Name, e.Message);
            return Reply.OutcomeUnknown;
        }
    }

    private IAggregateGrain GrainOf(StreamId stream) => stream.Kind switch
    {
        AggregateKind.Campaign => campaigns.Find(stream),
        AggregateKind.Idea => ideas.Find(stream),
        AggregateKind.Thread => threads.Find(stream),
        _ => voters.Find(stream),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer of {Stream} is missing: {Kind}: {Reason}")]
    private partial void LogFailed(StreamId stream, string kind, string reason);
}
