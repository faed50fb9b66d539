using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;

namespace IdeaVote.Engine.Projections;

/// <summary>
/// Who backed which idea, and which refunds are still owed. Both follow from the feed alone, so that losing the index loses
/// nothing: it is folded again, and the refunds it then asks for a second time change nothing.
/// </summary>
public interface IBackersIndex : IProjection
{
    /// <summary>
    /// The oldest refund of a whole idea that is not finished; null if none is. An idea that the feed says was opened again is
    /// owed nothing more: from that event on this names no closing before it.
    /// </summary>
    ValueTask<OwedRefund?> NextRefundAsync(CancellationToken cancellation = default);

    /// <summary>Investors of an idea in the order of their ids, after one of them.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="idea">The idea.</param>
    /// <param name="after">Begin after this voter; null for the first.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<IReadOnlyList<Backer>> InvestorsAsync(CampaignId campaign, IdeaId idea, VoterId? after, int max, CancellationToken cancellation = default);

    /// <summary>Remembers that a refund has been carried out up to a voter, or (null) for all of them.</summary>
    ValueTask AdvanceAsync(OwedRefund refund, VoterId? upTo, CancellationToken cancellation = default);

    /// <summary>Single refunds owed for investments that reached an idea after it was closed, oldest first.</summary>
    ValueTask<IReadOnlyList<LateRefund>> LateRefundsAsync(int max, CancellationToken cancellation = default);

    /// <summary>Remembers that single refunds have been carried out.</summary>
    ValueTask FinishAsync(IReadOnlyCollection<LateRefund> refunds, CancellationToken cancellation = default);

    /// <summary>
    /// How many voters hold any vote on an idea: an approval, a rating, an investment, a place in their order, or a duel that it won.
    /// </summary>
    ValueTask<long> CountAsync(CampaignId campaign, IdeaId idea, CancellationToken cancellation = default);
}

/// <summary>A withdrawn or declined idea whose investments go back.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Idea">The idea.</param>
/// <param name="Cause">The version of the idea's stream at which it was closed.</param>
/// <param name="After">The last voter served; null for none.</param>
public sealed record OwedRefund(CampaignId Campaign, IdeaId Idea, long Cause, VoterId? After);

/// <summary>One investment that reached an idea after it was closed.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Voter">The voter.</param>
/// <param name="Idea">The idea.</param>
/// <param name="Version">The version of the voter's stream at which the investment was set.</param>
/// <param name="Cause">The version of the idea's stream at which it was closed.</param>
public sealed record LateRefund(CampaignId Campaign, VoterId Voter, IdeaId Idea, long Version, long Cause);
