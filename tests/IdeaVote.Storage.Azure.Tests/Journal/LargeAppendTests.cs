using Azure;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Journal;

namespace IdeaVote.Storage.Azure.Tests.Journal;

/// <summary>Appends of more than one transaction: nobody ever sees a part of one.</summary>
public sealed class LargeAppendTests
{
    private const string Partition = "0";
    private const int Small = 5;
    private const int Large = 250;

    private readonly MemoryTable memory = new();
    private readonly Records records = new(5);
    private readonly AzureJournal journal;

    public LargeAppendTests() => journal = Open();

    private AzureJournal Open() => new(memory.Open(), TimeProvider.System);

    private JournalRecord[] Votes(int count) => records.Votes(records.Campaign(), count);

    private async Task<JournalHead> BeginWithSomeAsync()
    {
        var head = await journal.BeginAsync(Partition);
        await journal.AppendAsync(Partition, 0, head.Fence, Votes(Small));
        return head with { Position = Small };
    }

    /// <summary>The given one of the next transactions fails; what comes before it is carried out.</summary>
    private void Fail(int which, bool isDone) => memory.OnTransaction = apply =>
    {
        if (--which > 0)
            return Task.FromResult(apply());
        memory.OnTransaction = null;
        if (isDone)
            apply();
        throw new RequestFailedException(0, "The connection was reset.");
    };

    private async Task ShouldSeeAsync(JournalRecord[] expected, params JournalRecord[] unseen)
    {
        var reader = Open();
        (await reader.HeadAsync(Partition)).ShouldBe(expected.Length);
        (await reader.ReadAsync(Partition, 0, null, int.MaxValue)).ShouldBeAt(1, expected);
        (await reader.ReadAsync(Partition, expected.Length, null, int.MaxValue)).ShouldBeEmpty();
        foreach (var record in unseen)
        {
            (await reader.VersionAsync(Partition, record.Stream)).ShouldBe(record.Version - 1);
            await foreach (var read in reader.ReadStreamAsync(Partition, record.Stream, record.Version))
                throw new InvalidOperationException($"{read.Position} is not to be seen.");
        }
        if (unseen.Length > 0)
            (await reader.LastOfAsync(Partition, unseen[0].Stream.Campaign))?.Position.ShouldBeLessThanOrEqualTo(expected.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Readers_see_all_of_it_or_none_while_it_is_written(int which)
    {
        var (head, seen) = (await BeginWithSomeAsync(), records.All.ToArray());
        var batch = Votes(Large);
        memory.OnTransaction = async apply =>
        {
            if (--which != 0)
                return apply();
            memory.OnTransaction = null;
            await ShouldSeeAsync(seen, batch);
            return apply();
        };
        await journal.AppendAsync(Partition, head.Position, head.Fence, batch);
        which.ShouldBe(0);
        await ShouldSeeAsync([.. records.All]);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task What_ends_in_between_leaves_nothing_that_counts(int which, bool isDone)
    {
        var (head, seen) = (await BeginWithSomeAsync(), records.All.ToArray());
        var batch = new Records(6).Votes(records.Campaign(), Large);
        Fail(which, isDone);
        var failure = await Should.ThrowAsync<JournalException>(
            () => journal.AppendAsync(Partition, head.Position, head.Fence, batch).AsTask());
        failure.Message.ShouldContain("were not stored");
        await ShouldSeeAsync(seen, batch);

        // The same writer goes on, even with the very same records.
        await journal.AppendAsync(Partition, head.Position, head.Fence, batch);
        await ShouldSeeAsync([.. seen, .. batch]);
        RowsShouldBe(Small + Large);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_next_writer_takes_back_what_the_one_before_left(int which)
    {
        var head = await BeginWithSomeAsync();
        var left = new Records(6).Votes(records.Campaign(), Large);
        Fail(which, isDone: true);
        await Should.ThrowAsync<JournalException>(() => journal.AppendAsync(Partition, head.Position, head.Fence, left).AsTask());

        var other = Open();
        var later = await other.BeginAsync(Partition);
        later.Position.ShouldBe(Small);
        RowsShouldBe(Small);
        for (var i = 0; i < 10; i++)
            await other.AppendAsync(Partition, Small + 20 * i, later.Fence, Votes(20));
        await ShouldSeeAsync([.. records.All], left);
        RowsShouldBe(Small + 200);
    }

    [Fact]
    public async Task What_arrives_after_another_writer_began_is_refused()
    {
        var (head, held) = (await BeginWithSomeAsync(), (Func<IReadOnlyList<Response>>?)null);
        memory.OnTransaction = apply =>
        {
            memory.OnTransaction = null;
            held = apply;
            throw new RequestFailedException(0, "The connection was reset.");
        };
        await Should.ThrowAsync<JournalException>(
            () => journal.AppendAsync(Partition, head.Position, head.Fence, new Records(6).Votes(records.Campaign(), Large)).AsTask());
        await Open().BeginAsync(Partition);
        Should.Throw<RequestFailedException>(() => held!()).Status.ShouldBe(412);
        RowsShouldBe(Small);
    }

    [Fact]
    public async Task What_arrives_late_under_the_same_writer_is_taken_back()
    {
        var (head, held) = (await BeginWithSomeAsync(), (Func<IReadOnlyList<Response>>?)null);
        memory.OnTransaction = apply =>
        {
            memory.OnTransaction = null;
            held = apply;
            throw new RequestFailedException(0, "The connection was reset.");
        };
        await Should.ThrowAsync<JournalException>(
            () => journal.AppendAsync(Partition, head.Position, head.Fence, new Records(6).Votes(records.Campaign(), Large)).AsTask());
        // Right between the reading of the fence and the next append.
        memory.OnTransaction = apply =>
        {
            memory.OnTransaction = null;
            held!();
            return Task.FromResult(apply());
        };
        await journal.AppendAsync(Partition, head.Position, head.Fence, Votes(7));
        await ShouldSeeAsync([.. records.All]);
        RowsShouldBe(Small + 7);
    }

    [Fact]
    public async Task Records_of_the_largest_size_are_kept()
    {
        var stream = records.Voter(records.Campaign());
        var head = await journal.BeginAsync(Partition);
        JournalRecord[] batch =
        [
            records.Next(stream, records.Bytes(Batches.MaxBodyBytes)), records.Next(stream), records.Next(stream, records.Bytes(Batches.MaxBodyBytes)),
            .. Enumerable.Range(0, 300).Select(_ => records.Next(stream, records.Bytes(StreamRow.MaxCarriedBytes))),
        ];
        await journal.AppendAsync(Partition, 0, head.Fence, batch);
        await ShouldSeeAsync(batch);
        var read = new List<StoredRecord>();
        await foreach (var record in Open().ReadStreamAsync(Partition, stream, 1))
            read.Add(record);
        read.ShouldBeAt(1, batch);

        var tooLarge = new Records(6).Next(stream, new byte[Batches.MaxBodyBytes + 1]);
        await Should.ThrowAsync<ArgumentException>(() => journal.AppendAsync(Partition, batch.Length, head.Fence, [tooLarge]).AsTask());
    }

    [Fact]
    public async Task The_same_version_of_a_stream_is_not_stored_twice()
    {
        var (head, first) = (await BeginWithSomeAsync(), records.All[0]);
        await Should.ThrowAsync<StaleWriterException>(
            () => journal.AppendAsync(Partition, head.Position, head.Fence, [.. new Records(6).Votes(records.Campaign(), 2), first]).AsTask());
        await ShouldSeeAsync([.. records.All]);
    }

    /// <summary>Whatever a partition holds belongs to records that count.</summary>
    private void RowsShouldBe(int count)
    {
        var rows = memory.RowsOf(Partition);
        rows.Count(row => row.StartsWith('s')).ShouldBe(count);
        rows.Count(row => row == JournalKeys.Fence).ShouldBe(1);
    }
}
