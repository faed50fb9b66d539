using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Postgres.Journal;

namespace IdeaVote.Storage.Postgres.Tests.Journal;

/// <summary>PostgreSQL crashes again and again while a writer appends.</summary>
[NeedsPostgres]
public sealed class CrashTests : IDisposable
{
    private const string Partition = "0";
    private const int Crashes = 12;

    private readonly PostgresServer server = PostgresServer.Start();
    private readonly Records records = new(11);
    private readonly List<JournalRecord> acknowledged = [];
    private List<JournalRecord> unknown = [];

    public void Dispose() => server.Dispose();

    [SuiteFact]
    public async Task Whatever_was_acknowledged_is_there_once_and_in_order()
    {
        server.Create("votes");
        var lost = 0;
        for (var crash = 0; crash < Crashes; crash++)
        {
            await using var journal = await PostgresJournal.OpenAsync(server.ConnectionString("votes"));
            await CheckAsync(journal);
            var head = await journal.BeginAsync(Partition);
            head.Position.ShouldBe(acknowledged.Count);

            // A few batches before the crash, more and more of them each time; the crash comes while others are on their way.
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var writing = Task.Run(() => WriteAsync(journal, head, crash * 5, reached));
            await Task.WhenAny(reached.Task, writing);
            server.Crash();
            (await writing).ShouldNotBeOfType<StaleWriterException>();
            lost += unknown.Count;
        }
        lost.ShouldBeGreaterThan(0);
        await using var last = await PostgresJournal.OpenAsync(server.ConnectionString("votes"));
        await CheckAsync(last);
        acknowledged.Count.ShouldBeGreaterThan(Crashes);
    }

    private async Task<JournalException> WriteAsync(PostgresJournal journal, JournalHead head, int before, TaskCompletionSource reached)
    {
        var campaign = records.Campaign();
        for (var i = 0; ; i++)
        {
            if (i == before)
                reached.SetResult();
            var batch = records.Votes(campaign, 1 + i % 40);
            unknown = [.. batch];
            try
            {
                await journal.AppendAsync(Partition, head.Position, head.Fence, batch);
            }
            catch (JournalException e)
            {
                return e;
            }
            acknowledged.AddRange(batch);
            unknown = [];
            head = head with { Position = head.Position + batch.Length };
        }
    }

    private async Task CheckAsync(PostgresJournal journal)
    {
        var stored = await journal.ReadAsync(Partition, 0, null, int.MaxValue);
        // The batch whose outcome nobody heard is there as a whole or not at all.
        if (stored.Count > acknowledged.Count)
            acknowledged.AddRange(unknown);
        unknown = [];
        stored.ShouldBeAt(1, acknowledged);
        stored.ShouldBeChained();
        (await journal.HeadAsync(Partition)).ShouldBe(acknowledged.Count);
    }

    [SuiteFact]
    public async Task A_reader_goes_on_after_a_restart_and_a_writer_is_told()
    {
        server.Create("votes");
        await using var journal = await PostgresJournal.OpenAsync(server.ConnectionString("votes"));
        var head = await journal.BeginAsync(Partition);
        await journal.AppendAsync(Partition, 0, head.Fence, records.Votes(records.Campaign(), 3));
        server.Crash();
        (await journal.ReadAsync(Partition, 0, null, 10)).ShouldBeAt(1, records.All);

        server.Stop();
        var failure = await Should.ThrowAsync<JournalException>(
            () => journal.AppendAsync(Partition, 3, head.Fence, records.Votes(records.Campaign(), 1)).AsTask());
        failure.ShouldNotBeOfType<StaleWriterException>();
        failure.Message.ShouldNotContain("\n");
        await Should.ThrowAsync<JournalException>(() => journal.HeadAsync(Partition).AsTask());
        server.StartAgain();
        (await journal.HeadAsync(Partition)).ShouldBe(3);
    }
}
