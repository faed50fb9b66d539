namespace IdeaVote.Faults.Workload;

/// <summary>
/// What one voter knows of their ballot: what was acknowledged last, and the vote that was sent and never answered. A voter sends
/// one thing at a time, and after an unknown outcome the same once more.
/// </summary>
/// <param name="name">The voter.</param>
/// <param name="hasKeys">Whether their votes carry the id of the attempt.</param>
internal sealed class Ledger(string name, bool hasKeys)
{
    private int attempts;

    public string Name => name;

    /// <summary>The ballot as last acknowledged, or as found after an unknown outcome.</summary>
    public BallotState Acknowledged { get; private set; } = BallotState.Empty;

    /// <summary>The vote whose outcome is unknown; null if there is none.</summary>
    public Vote? Unknown { get; private set; }

    /// <summary>The id of the attempt under way.</summary>
    public string? Key { get; private set; }

    /// <summary>The position of the last acknowledged vote.</summary>
    public string? Position { get; private set; }

    public void Send(Vote vote)
    {
        // What is sent once more is the same attempt.
        if (!ReferenceEquals(vote, Unknown))
            Key = hasKeys ? $"{name}-{++attempts}" : null;
        Unknown = vote;
    }

    public void Acknowledge(string? position)
    {
        Acknowledged = Unknown!.On(Acknowledged);
        (Unknown, Position) = (null, position);
    }

    public void Refuse() => Unknown = null;

    /// <summary>Whether the vote under way may be refused because there are not enough credits.</summary>
    public bool MayExceedBudget => Unknown is { Method: VoteMethod.Invest } vote && vote.On(Acknowledged).Invest.Values.Sum() > Api.Budget;

    /// <summary>Compares with what the server holds, and goes on from that.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public (Wrong, string)? Settle(BallotState held)
    {
        var (before, after) = (Acknowledged, Unknown?.On(Acknowledged));
        Acknowledged = held;
        if (held.Invest.Values.Sum() > Api.Budget)
            return (Wrong.Doubled, $"{name} has spent {held.Invest.Values.Sum()} of {Api.Budget} credits");
        if (Same(held, before) || (after is not null && Same(held, after)))
            return null;
        return (Wrong.Lost, $"the ballot of {name} is '{held}', where '{before}' was acknowledged{(after is null ? "" : $" and '{after}' was under way")}");
    }

    private static bool Same(BallotState a, BallotState b) => string.Equals(a.ToString(), b.ToString(), StringComparison.Ordinal);
}
