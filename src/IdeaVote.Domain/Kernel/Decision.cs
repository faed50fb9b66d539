namespace IdeaVote.Domain.Kernel;

/// <summary>What an aggregate makes of a command: events (possibly none, when nothing changes) or a refusal.</summary>
public readonly struct Decision
{
    private readonly Event[]? events;

    private Decision(Event[]? events, Refusal? refusal)
    {
        this.events = events;
        Refusal = refusal;
    }

    /// <summary>Why nothing changes; null when the command was taken.</summary>
    public Refusal? Refusal { get; }

    /// <summary>What happens, in order; empty when the command was refused or changes nothing.</summary>
    public ReadOnlySpan<Event> Events => events;

    /// <summary>The command was taken and changes nothing: it says what is so already.</summary>
    public static Decision Unchanged => default;

    /// <summary>The command was taken.</summary>
    public static Decision Of(params Event[] events) => new(events, null);

    /// <summary>The command was refused.</summary>
    public static Decision Refuse(string code, string detail, string? field = null) =>
        new(null, new Refusal(code, detail, field));

    /// <summary>The command was refused.</summary>
    public static implicit operator Decision(Refusal refusal) => new(null, refusal);

    /// <summary>The command was refused.</summary>
    public static Decision FromRefusal(Refusal refusal) => new(null, refusal);
}
