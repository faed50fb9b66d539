using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine;

namespace IdeaVote.Gateway.Tests.Unit.Support;

/// <summary>An engine in front of another, where a test can step in before each command.</summary>
internal sealed class HookedEngine(TinyEngine inner) : IEngine
{
    /// <summary>Sees each command first; answers it itself unless it returns null.</summary>
    public Func<StreamId, Command, Task<Reply?>>? Before { get; set; }

    /// <summary>All commands sent, in order.</summary>
    public List<Command> Sent { get; } = [];

    public ValueTask<IReadOnlyList<CampaignId>> CampaignsAsync(CancellationToken cancellation = default) => inner.CampaignsAsync(cancellation);

    public async ValueTask<Reply> SendAsync(StreamId stream, Command command, CancellationToken cancellation = default)
    {
        Sent.Add(command);
        if (Before is { } before && await before(stream, command) is { } answer)
            return answer;
        return await inner.SendAsync(stream, command, cancellation);
    }

    public ValueTask<Reply> SendWhenRoomAsync(StreamId stream, Command command, CancellationToken cancellation = default) =>
        SendAsync(stream, command, cancellation);

    public ValueTask<Reply> ReadAsync(StreamId stream, CancellationToken cancellation = default) => inner.ReadAsync(stream, cancellation);

    public T Query<T>(CampaignId campaign, Func<Board, Position, T> read) => inner.Query(campaign, read);

    public ValueTask<T> QueryAsync<T>(CampaignId campaign, Func<Board, Position, T> read, CancellationToken cancellation = default) => inner.QueryAsync(campaign, read, cancellation);

    public ValueTask<bool> WaitAsync(Position position, TimeSpan patience, CancellationToken cancellation = default) =>
        inner.WaitAsync(position, patience, cancellation);

    public IAsyncEnumerable<FeedEntry> FeedAsync(CampaignId campaign, Position after, bool follow, CancellationToken cancellation = default) =>
        inner.FeedAsync(campaign, after, follow, cancellation);
}
