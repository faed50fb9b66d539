using System.Runtime.CompilerServices;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Grains;

/// <summary>The partition of an aggregate as its grain reaches it: writing through the partition's grain, reading from the journal.</summary>
/// <param name="of">The aggregate.</param>
/// <param name="partitions">How many partitions a campaign has.</param>
/// <param name="calls">The silo's calls to partitions.</param>
/// <param name="journal">The journal.</param>
internal sealed class GrainPartition(StreamId of, int partitions, PartitionCalls calls, IJournalStore journal) : IPartition
{
    private PartitionCall? call;

    public string Name { get; } = PartitionMap.Name(of.Campaign, PartitionMap.NumberOf(of, partitions));

    public async ValueTask<OpenOutcome> OpenAsync(StreamId stream, CancellationToken cancellation = default)
    {
        try
        {
            return await Call.OpenAsync(StreamKey.Write(stream));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever became of it: nothing has been read yet, and the next activation announces itself anew.
            return new OpenOutcome(AppendKind.Overloaded);
        }
    }

    public ValueTask<AppendOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation = default) =>
        new(Call.AppendAsync(append));

    public async IAsyncEnumerable<RecordedEvent> ReadAsync(
        StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var record in journal.ReadStreamAsync(Name, stream, fromVersion, cancellation))
            yield return EventReader.Read(record.Body);
    }

    private PartitionCall Call => call ??= calls.To(Name);
}
