using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Projections;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>
/// A board counted again from the feed: of some votes only, or as it was at some position. Brought up to a later position, it goes on
/// from where it was.
/// </summary>
/// <param name="engine">Has the feed.</param>
/// <param name="campaign">The campaign.</param>
/// <param name="filter">Which votes.</param>
internal sealed class Recount(IEngine engine, CampaignId campaign, BallotFilter filter)
{
    private readonly FilteredBoard folded = new(filter);
    private readonly FeedFold feed = new(engine, campaign);

    private SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Reads the board as of exactly a position.</summary>
    /// <param name="upTo">The position.</param>
    /// <param name="read">Looks at the board; nothing of it may escape that changes.</param>
    /// <param name="cancellation">Stops the counting; what was counted is kept.</param>
    /// <returns>What was read, or that the board had been brought past this position already.</returns>
    public async ValueTask<(bool IsPast, T Read)> ReadAsync<T>(Position upTo, Func<Board, T> read, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            if (!upTo.Includes(feed.Position))
                return (true, default!);
            await feed.GoOnAsync(upTo, entry => folded.Apply(EventReader.Read(entry.Body.Span)), cancellation);
            return (false, read(folded.Board));
        }
        finally
        {
            Gate.Release();
        }
    }
}
