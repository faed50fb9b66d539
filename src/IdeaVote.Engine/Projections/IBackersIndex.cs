using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Reactors;

namespace IdeaVote.Engine.Projections;

/// <summary>
/// Who backed which idea, which refunds are still owed, and which votes must still follow a merge. All of it follows from the feed
/// alone, so that losing the index loses nothing: it is folded again, and what it then asks for a second time changes nothing.
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

    /// <summary>The merge, or the undoing of one, that has waited longest for all of its voters to follow; null if none does.</summary>
    ValueTask<OwedMerge?> NextMergeAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Voters who may have to follow, in the order of their ids, after one of them: those with any vote on the idea (a duel that it lost
    /// is one) or with votes that follow what is no longer so.
    /// </summary>
    /// <param name="merge">What to follow.</param>
    /// <param name="after">Begin after this voter; null for the first.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<IReadOnlyList<VoterId>> FollowersAsync(OwedMerge merge, VoterId? after, int max, CancellationToken cancellation = default);

    /// <summary>Remembers that a merge has been followed up to a voter, or (null) by all of them.</summary>
    ValueTask AdvanceAsync(OwedMerge merge, VoterId? upTo, CancellationToken cancellation = default);

    /// <summary>Voters whom the news of a merge or its undoing reached too late, oldest first: they are told how things stand now.</summary>
    ValueTask<IReadOnlyList<Straggler>> StragglersAsync(int max, CancellationToken cancellation = default);

    /// <summary>Remembers that single voters have been told.</summary>
    ValueTask FinishAsync(IReadOnlyCollection<Straggler> told, CancellationToken cancellation = default);

    /// <summary>How much is owed now, each kind counted up to <see cref="Debts.Most"/>: for those who watch, cheap enough to ask every few seconds.</summary>
    ValueTask<Debts> CountDebtsAsync(CancellationToken cancellation = default);

    /// <summary>
    /// How many voters hold any vote on an idea: an approval, a rating, an investment, a place in their order, or a duel that it won.
    /// </summary>
    ValueTask<long> CountAsync(CampaignId campaign, IdeaId idea, CancellationToken cancellation = default);
}

/// <summary>How much reactors still have to carry out.</summary>
/// <param name="Refunds">Closed ideas whose investments go back, and single investments that reached a closed idea.</param>
/// <param name="Merges">Ideas whose votes must still follow, and single voters to be told once more.</param>
public readonly record struct Debts(long Refunds, long Merges)
{
    /// <summary>The most that is counted of each.</summary>
    public const int Most = 10_000;
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

/// <summary>An idea that was merged or stands for itself again, and whose votes must follow.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Idea">The idea.</param>
/// <param name="Placement">What it is since then.</param>
/// <param name="After">The last voter told; null for none.</param>
public sealed record OwedMerge(CampaignId Campaign, IdeaId Idea, Placement Placement, VoterId? After);

/// <summary>A voter who must be told once more what became of an idea.</summary>
/// <param name="Number">Which finding this is: a later one of the same voter and idea has another.</param>
/// <param name="Campaign">The campaign.</param>
/// <param name="Voter">The voter.</param>
/// <param name="Idea">The idea.</param>
/// <param name="Placement">What it is now.</param>
public sealed record Straggler(long Number, CampaignId Campaign, VoterId Voter, IdeaId Idea, Placement Placement);
