using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine.Embedded;

/// <summary>
/// The time of turns. It does not run backwards by the small steps that clocks are corrected by, so that events in the
/// journal stand in the order of their times; after a jump of more than a few minutes it believes the clock.
/// </summary>
internal sealed class LoopClock(TimeProvider time)
{
    private const long BelievedStepMilliseconds = 5 * 60 * 1000;
    private Instant last;

    public Instant Read()
    {
        var now = Instant.From(time.GetUtcNow());
        if (now > last || last.UnixMilliseconds - now.UnixMilliseconds > BelievedStepMilliseconds)
            last = now;
        return last;
    }

    /// <summary>Notes the time of an event already in the journal.</summary>
    public void Note(Instant at) => last = at;
}
