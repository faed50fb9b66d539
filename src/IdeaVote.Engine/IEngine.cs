using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;

namespace IdeaVote.Engine;

/// <summary>
/// The one port between what people call and what runs the domain: send a command, read a projection, read the feed.
/// Every engine implements it and nothing else.
/// </summary>
public interface IEngine
{
    /// <summary>
    /// Sends a command to one aggregate. The answer leaves after what happened is durable. Never throws for an overload, a
    /// refusal or a failed commit: these are answers.
    /// </summary>
    /// <param name="stream">The aggregate.</param>
    /// <param name="command">The wish.</param>
    /// <param name="cancellation">Obeyed until the command is on its way; from then on the answer takes no longer than a commit.</param>
    ValueTask<Reply> SendAsync(StreamId stream, Command command, CancellationToken cancellation = default);

    /// <summary>As <see cref="SendAsync"/>, but waits for room instead of answering <see cref="ReplyKind.Overloaded"/>.</summary>
    ValueTask<Reply> SendWhenRoomAsync(StreamId stream, Command command, CancellationToken cancellation = default);

    /// <summary>Reads the durable state of one aggregate; one that does not exist has version 0.</summary>
    ValueTask<Reply> ReadAsync(StreamId stream, CancellationToken cancellation = default);

    /// <summary>
    /// Reads a campaign's board at one position. The board does not change while <paramref name="read"/> runs, so keep it
    /// short and let nothing of the board escape that changes.
    /// </summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="read">Looks at the board.</param>
    /// <param name="cancellation">Stops waiting for a board that is still being folded.</param>
    /// <returns>What <paramref name="read"/> returns; for a campaign that does not exist it sees an empty board.</returns>
    ValueTask<T> QueryAsync<T>(CampaignId campaign, Func<Board, Position, T> read, CancellationToken cancellation = default);

    /// <summary>The campaigns that exist, in the order of their creation.</summary>
    ValueTask<IReadOnlyList<CampaignId>> CampaignsAsync(CancellationToken cancellation = default);

    /// <summary>Waits until the boards include <paramref name="position"/>.</summary>
    /// <param name="position">The position.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False if that took longer than <paramref name="patience"/>.</returns>
    ValueTask<bool> WaitAsync(Position position, TimeSpan patience, CancellationToken cancellation = default);

    /// <summary>Reads a campaign's events in order.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="after">Where to begin: after this position.</param>
    /// <param name="follow">Whether to go on with what happens later, until cancelled, rather than end at the head.</param>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<FeedEntry> FeedAsync(CampaignId campaign, Position after, bool follow, CancellationToken cancellation = default);
}
