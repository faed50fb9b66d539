using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;

namespace IdeaVote.Engine.Partitions;

/// <summary>
/// A process's own copy of one campaign's board, folded from all its partitions. It knows how old it is: turns decide by its rules
/// only while they are known to be fresh. One refresh at a time; anybody may read meanwhile.
/// </summary>
public sealed class CampaignFollower
{
    /// <summary>How old the copy of the rules may be at most for a turn to decide by it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private const int Page = 5_000;

    private readonly IJournalStore store;
    private readonly CampaignId campaign;
    private readonly long[] offsets;
    private readonly TimeProvider time;
    private readonly List<StoredRecord>[] pages;
    private readonly Lock gate = new();
    private readonly Board board = new();
    private long freshAsOf = long.MinValue;

    /// <summary>Makes a follower with an empty board; nothing is fresh before the first <see cref="RefreshAsync"/>.</summary>
    /// <param name="store">The journal.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="partitions">How many partitions it has, 1 or more.</param>
    /// <param name="time">The clock that turns go by.</param>
    public CampaignFollower(IJournalStore store, CampaignId campaign, int partitions, TimeProvider time)
    {
        (this.store, this.campaign, this.time) = (store, campaign, time);
        offsets = new long[partitions];
        pages = new List<StoredRecord>[partitions];
    }

    /// <summary>Called for each event after it is folded.</summary>
    public Action<RecordedEvent>? Folded { get; init; }

    /// <summary>Whether it was ever refreshed.</summary>
    public bool IsLoaded => Volatile.Read(ref freshAsOf) != long.MinValue;

    /// <summary>Whether turns may decide by the copy now: its rules and statuses were the newest less than a <see cref="Lease"/> ago.</summary>
    public bool IsFresh => IsLoaded && Now.UnixMilliseconds - Volatile.Read(ref freshAsOf) <= (long)Lease.TotalMilliseconds;

    /// <summary>Reads the board, and the place of the last event folded in each partition; keep it short.</summary>
    public T Read<T>(Func<Board, IReadOnlyList<long>, T> read)
    {
        lock (gate)
            return read(board, offsets);
    }

    private Instant Now => Instant.From(time.GetUtcNow());

    /// <summary>Folds what is new, up to a page of votes from each partition.</summary>
    /// <returns>Whether more is waiting.</returns>
    /// <exception cref="JournalException">The journal can't be read. What was folded stays; ask again later.</exception>
    public async ValueTask<bool> RefreshAsync(CancellationToken cancellation = default)
    {
        // The other partitions' votes are read first and folded last: an idea they speak of lies in the first partition by then.
        var more = false;
        for (var number = 1; number < offsets.Length; number++)
        {
            pages[number] = [.. await ReadAsync(number, cancellation)];
            more |= pages[number].Count == Page;
        }
        while (true)
        {
            var began = Now;
            var page = await ReadAsync(0, cancellation);
            Fold(0, page);
            if (page.Count == Page)
                continue;
            Volatile.Write(ref freshAsOf, began.UnixMilliseconds);
            break;
        }
        for (var number = 1; number < offsets.Length; number++)
            Fold(number, pages[number]);
        return more;
    }

    private ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(int number, CancellationToken cancellation) =>
        store.ReadAsync(PartitionMap.Name(campaign, number), offsets[number], null, Page, cancellation);

    private void Fold(int number, IReadOnlyList<StoredRecord> records)
    {
        foreach (var record in records)
        {
            var recorded = EventReader.Read(record.Body);
            lock (gate)
            {
                board.Apply(recorded);
                offsets[number] = record.Position;
            }
            Folded?.Invoke(recorded);
        }
    }
}
