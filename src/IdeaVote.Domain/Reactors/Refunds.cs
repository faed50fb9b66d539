using IdeaVote.Domain.Ideas;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Voters;

namespace IdeaVote.Domain.Reactors;

/// <summary>One voter's standing investment in an idea, as the Backers index has it.</summary>
/// <param name="Voter">The voter.</param>
/// <param name="Version">The version of the voter's stream at which the investment got its present value.</param>
public sealed record Backer(VoterId Voter, long Version);

/// <summary>
/// Gives investments back when an idea is withdrawn, declined or hidden. It turns events into commands and nothing else; each
/// command names exactly what it undoes, so it may be sent twice, late, out of order or, after a loss, again.
/// </summary>
public static class Refunds
{
    /// <summary>The idea whose every investment must go back because of this event; null if none.</summary>
    public static IdeaId? Closes(RecordedEvent recorded) =>
        recorded.Event is IdeaStatusChanged { New: var status, Old: var old } && status.ReturnsInvestments() && !old.ReturnsInvestments()
            ? new IdeaId(recorded.Stream.Key)
            : null;

    /// <summary>The command that gives one backer's investment back.</summary>
    /// <param name="idea">The idea.</param>
    /// <param name="cause">The version of the idea's stream at which it was withdrawn or declined.</param>
    /// <param name="backer">The investment.</param>
    public static ReturnInvestment GiveBack(IdeaId idea, long cause, Backer backer) => new(idea, backer.Version, cause);

    /// <summary>
    /// The command owed for an investment that stands in an idea that has been closed already: it was made, or moved to
    /// another segment, while the news of the closing was still on its way. Null if nothing is owed.
    /// </summary>
    /// <param name="recorded">Any event.</param>
    /// <param name="closedAt">The version of an idea's stream at which it was withdrawn or declined; null if it stands open.</param>
    public static ReturnInvestment? GiveBackLate(RecordedEvent recorded, Func<IdeaId, long?> closedAt) =>
        recorded.Event is InvestmentChanged { Is: true } investment && closedAt(investment.Idea) is { } cause
            ? new ReturnInvestment(investment.Idea, recorded.Version, cause)
            : null;
}
