using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Journal;

namespace IdeaVote.Storage.Azure.Tests.Journal;

/// <summary>The same as <see cref="UnknownOutcomeTests"/> and <see cref="LargeAppendTests"/> with real requests, and what only those show: pages, sizes, keys.</summary>
[NeedsAzure]
[Collection(AzureCollection.Name)]
public sealed class NetworkTests(AzureRun run)
{
    private const string Partition = "0";

    [SuiteFact]
    public async Task What_was_acknowledged_is_there_and_what_was_not_stored_is_not()
    {
        var (tables, network, records) = (run.Fresh(), new LossyTransport(4), new Records(14));
        var journal = await AzureJournal.OpenAsync(tables.With(network, TimeSpan.FromMilliseconds(1)));
        var (head, stored, campaign) = (await journal.BeginAsync(Partition), new List<JournalRecord>(), records.Campaign());
        for (var i = 0; i < 60; i++)
        {
            var batch = records.Votes(campaign, i % 6 == 0 ? 220 : 1 + i % 20);
            try
            {
                await journal.AppendAsync(Partition, stored.Count, head.Fence, batch);
                stored.AddRange(batch);
            }
            catch (JournalException e) when (e.Message.Contains("were not stored"))
            {
                // Then it must not be there.
            }
        }
        network.LostRequests.ShouldBeGreaterThan(0);
        network.LostAnswers.ShouldBeGreaterThan(0);
        var reader = await AzureJournal.OpenAsync(tables);
        (await reader.ReadAsync(Partition, 0, null, int.MaxValue)).ShouldBeAt(1, stored);
        (await reader.BeginAsync(Partition)).Position.ShouldBe(stored.Count);
    }

    [SuiteFact]
    public async Task Partitions_are_named_in_the_order_of_their_first_beginning()
    {
        var journal = await AzureJournal.OpenAsync(run.Fresh());
        string[] names = ["b", "a/b", "A", "a"];
        foreach (var name in names)
            await journal.BeginAsync(name);
        await journal.BeginAsync("b");
        var read = new List<string>();
        await foreach (var name in journal.PartitionsAsync())
            read.Add(name);
        read.ShouldBe(names);
    }

    [SuiteFact]
    public async Task Records_of_the_largest_size_are_kept()
    {
        var (journal, records) = (await AzureJournal.OpenAsync(run.Fresh()), new Records(15));
        var (head, stream) = (await journal.BeginAsync(Partition), records.Voter(records.Campaign()));
        JournalRecord[] batch =
        [
            records.Next(stream, records.Bytes(Batches.MaxBodyBytes)),
            .. Enumerable.Range(0, 300).Select(_ => records.Next(stream, records.Bytes(StreamRow.MaxCarriedBytes))),
        ];
        await journal.AppendAsync(Partition, 0, head.Fence, batch);
        (await journal.ReadAsync(Partition, 0, null, int.MaxValue)).ShouldBeAt(1, batch);
        var read = new List<StoredRecord>();
        await foreach (var record in journal.ReadStreamAsync(Partition, stream, 1))
            read.Add(record);
        read.ShouldBeAt(1, batch);
    }

    [SuiteFact]
    public async Task A_stream_of_more_than_one_page_is_read_to_its_end()
    {
        const int Events = 1_100;
        var (journal, records) = (await AzureJournal.OpenAsync(run.Fresh()), new Records(16));
        var (head, stream) = (await journal.BeginAsync(Partition), records.Voter(records.Campaign()));
        var batch = Enumerable.Range(0, Events).Select(_ => records.Next(stream)).ToArray();
        await journal.AppendAsync(Partition, 0, head.Fence, batch);
        (await journal.VersionAsync(Partition, stream)).ShouldBe(Events);
        var read = new List<StoredRecord>();
        await foreach (var record in journal.ReadStreamAsync(Partition, stream, 1))
            read.Add(record);
        read.ShouldBeAt(1, batch);
    }
}
