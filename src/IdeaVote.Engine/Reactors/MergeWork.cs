using IdeaVote.Domain.Reactors;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Engine.Reactors;

/// <summary>Has votes follow merges of ideas, page by page.</summary>
internal sealed class MergeWork(IEngine engine, IBackersIndex backers)
{
    private const int PageSize = 500;

    /// <summary>Tells every voter who must follow now.</summary>
    /// <returns>False if an answer was missing: somebody must still follow.</returns>
    public async Task<bool> DrainAsync(CancellationToken cancellation)
    {
        while (await backers.NextMergeAsync(cancellation) is { } owed)
            if (!await FollowAsync(owed, cancellation))
                return false;
        while (await backers.StragglersAsync(PageSize, cancellation) is { Count: > 0 } late)
        {
            foreach (var straggler in late)
                if (!await engine.TellAsync(straggler.Campaign, straggler.Voter, Merges.Follow(straggler.Idea, straggler.Placement), cancellation))
                    return false;
            await backers.FinishAsync(late, cancellation);
        }
        return true;
    }

    private async Task<bool> FollowAsync(OwedMerge owed, CancellationToken cancellation)
    {
        var after = owed.After;
        var command = Merges.Follow(owed.Idea, owed.Placement);
        // Should the team decide otherwise meanwhile, the voters told before that hear the newer word after this one.
        while (await backers.FollowersAsync(owed, after, PageSize, cancellation) is { Count: > 0 } page)
        {
            if (!await engine.TellAsync(owed.Campaign, page, static voter => voter, _ => command, cancellation))
                return false;
            after = page[^1];
            await backers.AdvanceAsync(owed, after, cancellation);
        }
        await backers.AdvanceAsync(owed, null, cancellation);
        return true;
    }
}
