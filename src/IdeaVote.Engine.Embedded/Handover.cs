namespace IdeaVote.Engine.Embedded;

/// <summary>
/// Lets one thread wait for another, once for each time it is told. It sleeps at once: a semaphore would first spin for a good part of a sync,
/// and the processor is what votes are short of.
/// </summary>
internal sealed class Handover
{
    private readonly object gate = new();
    private bool isReady;

    /// <summary>Lets the other thread go on.</summary>
    public void Give()
    {
        lock (gate)
        {
            isReady = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits for the other thread.</summary>
    public void Take()
    {
        lock (gate)
        {
            while (!isReady)
                Monitor.Wait(gate);
            isReady = false;
        }
    }
}
