using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Grains;

/// <summary>The partition of an aggregate as its grain reaches it: writing through the partition's grain, reading from the journal.</summary>
/// <param name="of">The aggregate.</param>
/// <param name="partitions">How many partitions a campaign has.</param>
/// <param name="grains">The grains.</param>
/// <param name="journal">The journal.</param>
internal sealed class GrainPartition(StreamId of, int partitions, IGrainFactory grains, IJournalStore journal) : IPartition
{
    private IJournalGrain? grain;

    public string Name { get; } = PartitionMap.Name(of.Campaign, PartitionMap.NumberOf(of, partitions));

    public async ValueTask<OpenOutcome> OpenAsync(StreamId stream, CancellationToken cancellation = default)
    {
        try
        {
            return (await Grain.OpenAsync(StreamKey.Write(stream))).ToOpen();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever became of it: nothing has been read yet, and the next activation announces itself anew.
            return new OpenOutcome(AppendKind.Overloaded);
        }
    }

    public async ValueTask<AppendOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation = default)
    {
        try
        {
            return (await Grain.AppendAsync(WireAppend.Of(append))).ToAppend();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Time-outs, lost connections, silos that left: any of them may have come after the append.
            return new AppendOutcome(AppendKind.Unknown);
        }
    }

    public async IAsyncEnumerable<RecordedEvent> ReadAsync(
        StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var record in journal.ReadStreamAsync(Name, stream, fromVersion, cancellation))
            yield return EventReader.Read(record.Body);
    }

    // Found by its name once: the library reads the interface's attributes each time it is asked.
    private IJournalGrain Grain => grain ??= grains.GetGrain<IJournalGrain>(Name);
}
