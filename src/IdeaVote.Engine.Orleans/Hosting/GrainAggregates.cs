using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Partitions;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Engine.Grains.Hosting;

/// <summary>The aggregates of the cluster: each call goes to the aggregate's grain, wherever it is.</summary>
/// <param name="grains">The grains.</param>
/// <param name="logger">Where it says why a call failed.</param>
internal sealed partial class GrainAggregates(IGrainFactory grains, ILogger<GrainAggregates> logger) : IAggregates
{
    public async ValueTask<Reply> SendAsync(StreamId stream, Command? command, CancellationToken cancellation = default)
    {
        try
        {
            var reply = await GrainOf(stream).HandleAsync(command is null ? null : CommandCodec.Write(command)).WaitAsync(cancellation);
            return reply.ToReply(stream.Kind);
        }
        catch (LimitExceededException)
        {
            // The grain has too many calls waiting and did not take this one.
            return Reply.Overloaded;
        }
        catch (GatewayTooBusyException)
        {
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
        AggregateKind.Campaign => grains.GetGrain<ICampaignGrain>(StreamKey.Of(stream)),
        AggregateKind.Idea => grains.GetGrain<IIdeaGrain>(StreamKey.Of(stream)),
        _ => grains.GetGrain<IVoterGrain>(StreamKey.Of(stream)),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer of {Stream} is missing: {Kind}: {Reason}")]
    private partial void LogFailed(StreamId stream, string kind, string reason);
}
