namespace IdeaVote.Server.Tests.Votes;

/// <summary>
/// What one voter knows of their ballot: what was acknowledged last, and what was sent and never answered. A voter sends one
/// thing at a time.
/// </summary>
internal sealed class VoterLedger(string name)
{
    public string Name { get; } = name;

    /// <summary>The ballot as last acknowledged.</summary>
    public BallotState Acknowledged { get; private set; } = BallotState.Empty;

    /// <summary>What was sent and not answered.</summary>
    public BallotState? Unanswered { get; private set; }

    /// <summary>Notes what is about to be sent.</summary>
    public void Send(BallotState next) => Unanswered = next;

    /// <summary>Notes that it was acknowledged.</summary>
    public void Acknowledge()
    {
        Acknowledged = Unanswered ?? throw new InvalidOperationException($"{Name} was answered without having asked.");
        Unanswered = null;
    }

    /// <summary>
    /// Checks what the server holds: the ballot acknowledged last, or the one whose answer got lost; and takes it for acknowledged
    /// from now on.
    /// </summary>
    public void Settle(BallotState held)
    {
        string[] possible = Unanswered is null ? [Acknowledged.ToString()] : [Acknowledged.ToString(), Unanswered.ToString()];
        possible.Contains(held.ToString(), StringComparer.Ordinal)
            .ShouldBeTrue($"the ballot of {Name} is '{held}', neither as acknowledged nor as in flight: {string.Join(" | ", possible)}");
        Acknowledged = held;
        Unanswered = null;
    }
}
