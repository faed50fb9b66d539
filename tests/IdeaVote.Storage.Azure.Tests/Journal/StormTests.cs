using Azure;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Journal;

namespace IdeaVote.Storage.Azure.Tests.Journal;

/// <summary>
/// Writers that take over from each other, on a network that loses requests, loses answers and delivers requests late, in an order
/// that a seed decides. Whatever a writer was told is true at the end.
/// </summary>
public sealed class StormTests
{
    private const string Partition = "0";
    private const int Steps = 150;

    private readonly MemoryTable memory = new();
    private readonly List<Func<IReadOnlyList<Response>>> underWay = [];
    private readonly List<JournalRecord> stored = [];
    private Random random = new();
    private bool isCalm;

    private Task<IReadOnlyList<Response>> CarryAsync(Func<IReadOnlyList<Response>> apply)
    {
        if (isCalm)
            return Task.FromResult(apply());
        Deliver();
        switch (random.Next(8))
        {
            case 0:
                throw new RequestFailedException(503, "The server is busy.");
            case 1:
                apply();
                throw new IOException("The connection was closed.");
            case 2:
                underWay.Add(apply);
                throw new TaskCanceledException("No answer in time.");
            default:
                return Task.FromResult(apply());
        }
    }

    private Task ReadAsync(string row)
    {
        if (!isCalm)
        {
            Deliver();
            if (random.Next(40) == 0)
                throw new RequestFailedException(500, "The service is disturbed.");
        }
        return Task.CompletedTask;
    }

    private void Deliver()
    {
        if (underWay.Count == 0 || random.Next(3) != 0)
            return;
        var which = random.Next(underWay.Count);
        var apply = underWay[which];
        underWay.RemoveAt(which);
        try
        {
            apply();
        }
        catch (RequestFailedException)
        {
            // Refused, and nobody waits for the answer.
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Whatever_a_writer_was_told_is_true(int seed)
    {
        random = new Random(seed);
        var (records, told) = (new Records(seed), new HashSet<string>(StringComparer.Ordinal));
        var campaign = records.Campaign();
        memory.OnTransaction = CarryAsync;
        memory.OnRead = ReadAsync;
        var writers = Enumerable.Range(0, 3).Select(_ => new Writer(new AzureJournal(memory.Open(), TimeProvider.System))).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            var writer = writers[random.Next(10) == 0 ? random.Next(writers.Length) : step / 40 % writers.Length];
            var batch = records.Votes(campaign, random.Next(5) == 0 ? random.Next(99, 350) : random.Next(1, 30));
            told.Add(await StepAsync(writer, batch));
        }
        isCalm = true;
        while (underWay.Count > 0)
            Deliver();

        told.Count.ShouldBe(4);
        await ShouldHoldAsync(campaign);
        // Whoever comes next finds nothing in the way.
        var last = new AzureJournal(memory.Open(), TimeProvider.System);
        var head = await last.BeginAsync(Partition);
        var more = records.Votes(campaign, 300);
        await last.AppendAsync(Partition, head.Position, head.Fence, more);
        stored.AddRange(more);
        await ShouldHoldAsync(campaign);
        memory.RowsOf(Partition).Count(row => row.StartsWith('s')).ShouldBe(stored.Count);
    }

    private async Task<string> StepAsync(Writer writer, JournalRecord[] batch)
    {
        try
        {
            if (writer.Head is not { } head)
                writer.Head = head = await writer.Journal.BeginAsync(Partition);
            head.Position.ShouldBe(stored.Count);
            await writer.Journal.AppendAsync(Partition, head.Position, head.Fence, batch);
            stored.AddRange(batch);
            writer.Head = head with { Position = stored.Count };
            return "stored";
        }
        catch (StaleWriterException)
        {
            writer.Head = null;
            return "stale";
        }
        catch (ShouldAssertException) when (writer.Head is { } old && old.Position < stored.Count)
        {
            // This writer does not know yet that another one came after it; its append would tell.
            await Should.ThrowAsync<JournalException>(() => writer.Journal.AppendAsync(Partition, old.Position, old.Fence, batch).AsTask());
            writer.Head = null;
            return "stale";
        }
        catch (JournalException e) when (e.Message.Contains("were not stored"))
        {
            return "not stored";
        }
        catch (JournalException)
        {
            // Unknown, or the partition can't be read: a new beginning shows what is there.
            isCalm = true;
            writer.Head = await writer.Journal.BeginAsync(Partition);
            isCalm = false;
            if (writer.Head.Value.Position != stored.Count)
                stored.AddRange(batch);
            writer.Head.Value.Position.ShouldBe(stored.Count);
            return "unknown";
        }
    }

    private async Task ShouldHoldAsync(CampaignId campaign)
    {
        var journal = new AzureJournal(memory.Open(), TimeProvider.System);
        (await journal.HeadAsync(Partition)).ShouldBe(stored.Count);
        (await journal.ReadAsync(Partition, 0, null, int.MaxValue)).ShouldBeAt(1, stored);
        (await journal.LastOfAsync(Partition, campaign))?.Position.ShouldBe(stored.Count);
        for (var i = 0; i < stored.Count; i += 17)
            (await journal.VersionAsync(Partition, stored[i].Stream)).ShouldBe(1);
    }

    private sealed class Writer(AzureJournal journal)
    {
        public AzureJournal Journal => journal;

        public JournalHead? Head { get; set; }
    }
}
