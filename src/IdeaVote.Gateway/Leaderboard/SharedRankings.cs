using System.Collections.Concurrent;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine;

namespace IdeaVote.Gateway.Leaderboard;

/// <summary>A ranking that all ideas' counts decide together, as it was worked out last.</summary>
/// <param name="Ranker">The ranking.</param>
/// <param name="Revision">The board's revision it was worked out from.</param>
/// <param name="Position">A position that it includes.</param>
/// <param name="At">When it was taken.</param>
internal sealed record SharedRanking(IRanker Ranker, long Revision, Position Position, long At);

/// <summary>
/// The rankings that every vote may change for all ideas (duels, Condorcet, a Bayesian prior of all ratings, the need of votes): worked
/// out beside the board, at most once a second, however many ask. Bounded.
/// </summary>
/// <param name="time">The clock by which a second passes.</param>
internal sealed class SharedRankings(TimeProvider time)
{
    /// <summary>The most rankings kept.</summary>
    public const int MaxKept = 256;

    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Slot> slots = new(StringComparer.Ordinal);

    /// <summary>The ranking, not older than a second unless nothing has changed since.</summary>
    /// <param name="key">Which ranking, of which board.</param>
    /// <param name="after">A position that it must include.</param>
    /// <param name="take">Takes its input off the board; null input if there are too many ideas.</param>
    /// <param name="revision">Reads the board's revision.</param>
    /// <returns>Null if there are too many ideas.</returns>
    public async ValueTask<SharedRanking?> GetAsync(
        string key, Position after, Func<ValueTask<(RankInput? Input, long Revision, Position Position)>> take, Func<ValueTask<long>> revision)
    {
        if (slots.Count >= MaxKept && !slots.ContainsKey(key))
            Forget();
        var slot = slots.GetOrAdd(key, static _ => new Slot());
        if (await IsFreshAsync(slot.Last, after, revision))
            return slot.Last;
        await slot.Gate.WaitAsync();
        try
        {
            // Those who waited here take what the first of them worked out.
            if (await IsFreshAsync(slot.Last, after, revision))
                return slot.Last;
            var at = time.GetTimestamp();
            var (input, revised, position) = await take();
            if (input is null)
                return null;
            var ranker = await Task.Run(input.Work);
            return slot.Last = new SharedRanking(ranker, revised, position, at);
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    private async ValueTask<bool> IsFreshAsync(SharedRanking? last, Position after, Func<ValueTask<long>> revision) =>
        last is not null && last.Position.Includes(after)
        && (time.GetElapsedTime(last.At) < Refresh || await revision() == last.Revision);

    private void Forget()
    {
        foreach (var (key, _) in slots.OrderBy(slot => slot.Value.Last?.At ?? 0).Take(MaxKept / 4))
            slots.TryRemove(key, out _);
    }

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public SharedRanking? Last { get; set; }
    }
}
