using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Partitions;

/// <summary>What the turns of one call go by.</summary>
public interface ITurnRules
{
    /// <summary>The time, and what the campaign says, at the moment of a turn; null when that is not known freshly enough.</summary>
    TurnContext? Context();

    /// <summary>Called when a turn refused: it may rest on something that has come to be since, and be decided otherwise by what is known now.</summary>
    /// <param name="cancellation">Stops looking.</param>
    /// <returns>
    /// Whether the turn is to be run once more; this is not asked again. Where what is new can't be read there is no <see cref="Context"/> then.
    /// </returns>
    ValueTask<bool> LookAgainAsync(CancellationToken cancellation);
}

/// <summary>The rules of a campaign, by a copy that is fresh enough.</summary>
/// <param name="campaign">The campaign.</param>
/// <param name="time">The clock.</param>
internal sealed class LeasedRules(ICampaignLease campaign, TimeProvider time) : ITurnRules
{
    private LeasedContext? context;

    public TurnContext? Context() => campaign.IsFresh ? context = new LeasedContext(campaign.Follower, Instant.From(time.GetUtcNow())) : null;

    public async ValueTask<bool> LookAgainAsync(CancellationToken cancellation)
    {
        if (context is not { Missed: true })
            return false;
        // What it did not find may have come to be since the copy was made.
        await campaign.RefreshAsync(cancellation);
        return true;
    }
}

/// <summary>The rules of a campaign's own turns: it needs nobody's but its own, and to be made it must not exist.</summary>
/// <param name="find">Finds the campaign; null if there is none.</param>
/// <param name="time">The clock.</param>
internal sealed class OwnRules(Func<CancellationToken, ValueTask<ICampaignLease?>> find, TimeProvider time) : ITurnRules
{
    private OwnContext? context;
    private ICampaignLease? campaign;
    private bool isUnreadable;

    public TurnContext? Context()
    {
        if (isUnreadable)
            return null;
        var now = Instant.From(time.GetUtcNow());
        if (campaign is { } copy)
            return copy.IsFresh ? new LeasedContext(copy.Follower, now) : null;
        return context = new OwnContext(now);
    }

    public async ValueTask<bool> LookAgainAsync(CancellationToken cancellation)
    {
        if (context is not { Missed: true })
            return false;
        try
        {
            campaign = await find(cancellation);
        }
        catch (JournalException)
        {
            return isUnreadable = true;
        }
        if (campaign is null)
            return false;
        // Its result names ideas, which it does not know of itself. A result stays: it is not decided by statuses of a moment ago.
        await campaign.RefreshAsync(cancellation);
        return true;
    }
}

/// <summary>The context of those who ask no campaign.</summary>
/// <param name="now">The moment of the turn.</param>
internal sealed class OwnContext(Instant now) : TurnContext
{
    /// <summary>Whether the turn asked for an idea all the same.</summary>
    public bool Missed { get; private set; }

    public override Instant Now => now;

    public override Domain.Campaigns.Campaign Campaign => Domain.Campaigns.Campaign.None;

    public override Domain.Ideas.IdeaStatus? StatusOf(IdeaId idea)
    {
        Missed = true;
        return null;
    }
}
