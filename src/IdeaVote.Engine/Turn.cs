using IdeaVote.Domain.Kernel;

namespace IdeaVote.Engine;

/// <summary>
/// One turn of one aggregate: decide, then apply. (Whether the attempt was obeyed already is the aggregate's to say, since
/// only its own history knows.) Every engine runs exactly this; engines differ only in where.
/// </summary>
public static class Turn
{
    /// <summary>What a turn came to.</summary>
    /// <param name="State">The aggregate after the turn; the same object if nothing changed.</param>
    /// <param name="Events">What happened, in order.</param>
    /// <param name="Refusal">Why nothing happened, if the command was refused.</param>
    public readonly record struct Result(Aggregate State, RecordedEvent[] Events, Refusal? Refusal);

    /// <summary>Runs one turn.</summary>
    public static Result Run(StreamId stream, Aggregate state, Command command, TurnContext context)
    {
        var decision = state.Decide(command, context);
        if (decision.Refusal is { } refusal)
            return new Result(state, [], refusal);
        var events = decision.Events;
        if (events.IsEmpty)
            return new Result(state, [], null);
        var recorded = new RecordedEvent[events.Length];
        for (var i = 0; i < events.Length; i++)
        {
            recorded[i] = new RecordedEvent(stream, state.Version + 1, context.Now, events[i], command.Id, command.Actor);
            state = state.Apply(recorded[i]);
        }
        return new Result(state, recorded, null);
    }
}
