namespace IdeaVote.Gateway.Health;

/// <summary>
/// Whether the server is about to end. It goes on answering for a while: not ready, so that a load balancer sends nobody new, and closing each connection
/// with its answer, so that nobody sends a request into one that is being closed.
/// </summary>
public sealed class Draining
{
    private volatile bool hasBegun;

    /// <summary>Whether it has begun.</summary>
    public bool HasBegun => hasBegun;

    /// <summary>Begins.</summary>
    public void Begin() => hasBegun = true;
}
