using Azure.Core;
using Azure.Core.Pipeline;

namespace IdeaVote.Storage.Azure.Tests.Fakes;

/// <summary>A real network that loses transactions on their way there or back, as a seed decides.</summary>
internal sealed class LossyTransport(int seed) : HttpPipelineTransport
{
    private readonly Random random = new(seed);

    /// <summary>How many were lost on their way there.</summary>
    public int LostRequests { get; private set; }

    /// <summary>How many were lost on their way back.</summary>
    public int LostAnswers { get; private set; }

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("Nothing here waits without giving its thread back.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        var fate = message.Request.Uri.ToUri().AbsolutePath.EndsWith("$batch", StringComparison.Ordinal) ? random.Next(4) : 4;
        if (fate == 0)
        {
            LostRequests++;
            throw new IOException("The connection was closed on the way there.");
        }
        await HttpClientTransport.Shared.ProcessAsync(message);
        if (fate == 1)
        {
            LostAnswers++;
            throw new IOException("The connection was closed on the way back.");
        }
    }
}
