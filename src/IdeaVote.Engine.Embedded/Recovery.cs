using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Embedded;

/// <summary>
/// What a start does before it serves: reads the snapshots, folds what the journal holds beyond them and checks, as it goes,
/// that each event's hash is the one its bytes and its predecessor's hash make.
/// </summary>
internal sealed class Recovery(IJournalStore journal, string partition, ISnapshotStore snapshots, Slots slots, Boards boards, LoopClock clock, EmbeddedOptions options)
{
    private const int Page = 20_000;
    private readonly Dictionary<CampaignId, byte[]> chains = [];

    /// <summary>Folds everything up to the head.</summary>
    /// <exception cref="JournalException">The journal is damaged; the message names the event.</exception>
    public async Task RunAsync(long head)
    {
        var position = await LoadSnapshotsAsync(head);
        var nothingToFold = position == head;
        // One page is read, checked and parsed while the one before is being folded: two halves of about the same work.
        var next = ReadPageAsync(position, head);
        while (await next is { Length: > 0 } page)
        {
            var end = position + page.Length;
            next = Task.Run(() => ReadPageAsync(end, head));
            foreach (var recorded in page)
                Fold(recorded, ++position);
            await KeepSmallAsync(position);
        }
        if (head > 0)
            await LookAtLastAsync(head, isVerified: !nothingToFold);
    }

    private async Task<long> LoadSnapshotsAsync(long head)
    {
        var checkpoint = await snapshots.LoadCheckpointAsync();
        if (checkpoint is { Format: AggregateSnapshots.Format } && checkpoint.Position <= head)
        {
            try
            {
                boards.Restore(await snapshots.LoadBoardsAsync());
                return checkpoint.Position;
            }
            catch (FormatException)
            {
                // A cache that can't be read is made again from the truth.
                boards.Clear();
            }
        }
        if (checkpoint is not null)
            await snapshots.ClearAsync();
        return 0;
    }

    private static JournalException Lacks(long position) =>
        new($"The journal lacks event {position}; it is damaged. Restore the data folder from a backup.");

    /// <summary>The events after a position, verified; none at the head.</summary>
    private async Task<RecordedEvent[]> ReadPageAsync(long after, long head)
    {
        if (after == head)
            return [];
        var records = await journal.ReadAsync(partition, after, null, Page);
        if (records.Count == 0)
            throw Lacks(after + 1);
        var events = new RecordedEvent[records.Count];
        for (var i = 0; i < events.Length; i++)
        {
            if (records[i].Position != after + 1 + i)
                throw Lacks(after + 1 + i);
            await VerifyAsync(records[i]);
            events[i] = Read(records[i]);
        }
        return events;
    }

    private void Fold(RecordedEvent recorded, long position)
    {
        var state = slots.Get(recorded.Stream);
        if (recorded.Version > state.Version)
            slots.Set(recorded.Stream, state.Apply(recorded), position);
        boards.GetOrAdd(recorded.Stream.Campaign).Apply(recorded, position);
    }

    private async Task VerifyAsync(StoredRecord record)
    {
        if (!chains.TryGetValue(record.Campaign, out var previous))
        {
            var before = await journal.LastOfAsync(partition, record.Campaign, record.Position - 1);
            chains.Add(record.Campaign, previous = before?.Hash ?? HashChain.Origin.ToArray());
        }
        HashChain.Next(previous, record.Body, previous);
        if (!previous.AsSpan().SequenceEqual(record.Hash))
            throw new JournalException($"Event {record.Position} of the journal is not what was written: its hash does not fit. Restore the data folder from a backup.");
    }

    private async Task KeepSmallAsync(long position)
    {
        while (slots.Dirty.Weight > options.DirtyWeight)
        {
            var taken = TakenSnapshots.Take(slots, boards, position, position, options.BoardSnapshotEvents);
            await taken.SaveAsync(snapshots);
            taken.Release();
        }
        slots.Evict();
    }

    /// <summary>
    /// Takes the time from the last event. It is verified even where snapshots spare the fold: new events are going to be chained to it.
    /// </summary>
    private async Task LookAtLastAsync(long head, bool isVerified)
    {
        var last = await journal.ReadAsync(partition, head - 1, null, 1);
        if (!isVerified)
            await VerifyAsync(last[0]);
        clock.Note(Read(last[0]).At);
    }

    private static RecordedEvent Read(StoredRecord record)
    {
        try
        {
            return EventReader.Read(record.Body);
        }
        catch (FormatException e)
        {
            throw new JournalException($"Event {record.Position} of the journal can't be read: {e.Message}", e);
        }
    }
}
