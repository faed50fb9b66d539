using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Journal;
using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Tests.Partitions;

/// <summary>The one who writes a partition for aggregates that live elsewhere.</summary>
public sealed class PartitionWriterTests
{
    private const string Partition = "p";
    private readonly FaultyMemoryJournal journal = new();

    [Fact]
    public async Task It_appends_what_the_newest_activation_decided()
    {
        using var writer = await BeginAsync();
        var token = await OpenAsync(writer, Ann);

        var outcome = await writer.AppendAsync(Approve(Ann, token, 0));

        outcome.ShouldBe(new AppendOutcome(AppendKind.Done, 1));
        Versions(Ann).ShouldBe([1L]);
    }

    [Fact]
    public async Task An_append_of_an_older_activation_is_stale_wherever_it_was_meanwhile()
    {
        using var writer = await BeginAsync();
        var older = await OpenAsync(writer, Ann);
        await OpenAsync(writer, Ann);

        (await writer.AppendAsync(Approve(Ann, older, 0))).Kind.ShouldBe(AppendKind.Stale);

        journal.All(Partition).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_append_on_another_version_is_stale()
    {
        using var writer = await BeginAsync();
        var token = await OpenAsync(writer, Ann);
        await writer.AppendAsync(Approve(Ann, token, 0));

        (await writer.AppendAsync(Approve(Ann, token, 0))).Kind.ShouldBe(AppendKind.Stale);
        (await writer.AppendAsync(Approve(Ann, token, 2))).Kind.ShouldBe(AppendKind.Stale);

        Versions(Ann).ShouldBe([1L]);
    }

    [Fact]
    public async Task Of_several_that_come_together_only_what_is_stale_is_refused()
    {
        using var writer = await BeginAsync();
        var (older, other) = (await OpenAsync(writer, Ann), await OpenAsync(writer, Crowd.Person(1)));
        var token = await OpenAsync(writer, Ann);

        var outcomes = await writer.AppendAsync(
            [Approve(Ann, token, 0), Approve(Ann, older, 0), Approve(Crowd.Person(1), other, 0), Approve(Ann, token, 1), Approve(Ann, token, 1)]);

        outcomes.Select(outcome => outcome.Kind).ShouldBe([AppendKind.Done, AppendKind.Stale, AppendKind.Done, AppendKind.Done, AppendKind.Stale]);
        outcomes.Select(outcome => outcome.Offset).Distinct().ShouldBe([3L]);
        Versions(Ann).ShouldBe([1L, 2L]);
        Versions(Crowd.Person(1)).ShouldBe([1L]);
    }

    [Fact]
    public async Task Those_who_came_together_count_one_by_one_among_those_who_wait()
    {
        using var writer = await BeginAsync(new PartitionOptions { MaxWaiting = 3, MaxBatch = 2 });
        var appends = new StreamAppend[3];
        for (var person = 0; person < appends.Length; person++)
            appends[person] = Approve(Crowd.Person(person), await OpenAsync(writer, Crowd.Person(person)), 0);
        var held = journal.Hold();

        // The first is on its way and no longer waits.
        var first = writer.AppendAsync(appends[0]);
        var three = writer.AppendAsync([appends[1], appends[1], appends[1]]);
        var late = await writer.AppendAsync(appends[2]);
        held.Dispose();

        late.Kind.ShouldBe(AppendKind.Overloaded);
        (await first).Kind.ShouldBe(AppendKind.Done);
        (await three).Select(outcome => outcome.Kind).ShouldBe([AppendKind.Done, AppendKind.Stale, AppendKind.Stale]);
        (await writer.AppendAsync(appends[2])).Kind.ShouldBe(AppendKind.Done);
    }

    [Fact]
    public async Task Whoever_was_forgotten_must_announce_itself_anew()
    {
        using var writer = await BeginAsync(new PartitionOptions { OpenStreams = 1 });
        var token = await OpenAsync(writer, Ann);
        for (var person = 0; person < 3; person++)
            await OpenAsync(writer, Crowd.Person(person));

        (await writer.AppendAsync(Approve(Ann, token, 0))).Kind.ShouldBe(AppendKind.Stale);
        (await writer.AppendAsync(Approve(Ann, await OpenAsync(writer, Ann), 0))).Kind.ShouldBe(AppendKind.Done);
    }

    [Fact]
    public async Task What_is_waiting_is_appended_once_and_only_the_stale_is_refused()
    {
        using var writer = await BeginAsync();
        var tokens = new List<long>();
        for (var person = 0; person < 20; person++)
            tokens.Add(await OpenAsync(writer, Crowd.Person(person)));
        using var hold = journal.Hold();

        var appends = tokens.Select((token, person) => writer.AppendAsync(Approve(Crowd.Person(person), token, person == 7 ? 1 : 0))).ToList();
        hold.Dispose();
        var outcomes = await Task.WhenAll(appends);

        outcomes.Select((outcome, person) => (outcome.Kind, person)).Where(o => o.Kind != AppendKind.Done).ShouldBe([(AppendKind.Stale, 7)]);
        journal.Appends.ShouldBeLessThanOrEqualTo(2);
        journal.All(Partition).Count.ShouldBe(19);
    }

    [Fact]
    public async Task Without_events_it_confirms_the_version_and_asks_the_store_who_owns_the_partition()
    {
        using var writer = await BeginAsync();
        var token = await OpenAsync(writer, Ann);
        (await writer.AppendAsync(new StreamAppend(Crowd.Of(Ann), token, 0, []))).Kind.ShouldBe(AppendKind.Done);
        (await writer.AppendAsync(new StreamAppend(Crowd.Of(Ann), token, 1, []))).Kind.ShouldBe(AppendKind.Stale);

        using var successor = await BeginAsync();

        (await writer.AppendAsync(new StreamAppend(Crowd.Of(Ann), token, 0, []))).Kind.ShouldBe(AppendKind.Unknown);
        writer.Failure.ShouldBeOfType<StaleWriterException>();
    }

    [Fact]
    public async Task After_a_failure_everybody_who_waits_is_told_that_nothing_is_known()
    {
        using var writer = await BeginAsync();
        var (ann, bob) = (await OpenAsync(writer, Ann), await OpenAsync(writer, Bob));
        journal.NextAppendFails = new JournalException("The disk is gone.");

        var outcomes = await Task.WhenAll(writer.AppendAsync(Approve(Ann, ann, 0)), writer.AppendAsync(Approve(Bob, bob, 0)));

        outcomes.ShouldAllBe(outcome => outcome.Kind == AppendKind.Unknown);
        (await writer.AppendAsync(Approve(Ann, ann, 0))).Kind.ShouldBe(AppendKind.Unknown);
        (await writer.OpenAsync(Crowd.Of(Ann))).Kind.ShouldBe(AppendKind.Overloaded);
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_at_once()
    {
        using var writer = await BeginAsync(new PartitionOptions { MaxWaiting = 2 });
        var tokens = new List<long>();
        for (var person = 0; person < 10; person++)
            tokens.Add(await OpenAsync(writer, Crowd.Person(person)));
        using var hold = journal.Hold();

        var appends = tokens.Select((token, person) => writer.AppendAsync(Approve(Crowd.Person(person), token, 0))).ToList();
        hold.Dispose();
        var outcomes = await Task.WhenAll(appends);

        var done = outcomes.Count(outcome => outcome.Kind == AppendKind.Done);
        done.ShouldBeInRange(2, 3);
        outcomes.Count(outcome => outcome.Kind == AppendKind.Overloaded).ShouldBe(10 - done);
        journal.All(Partition).Count.ShouldBe(done);
    }

    [Fact]
    public async Task Those_who_come_while_the_store_is_asked_are_asked_about_together()
    {
        var earlier = await BeginAsync();
        await earlier.AppendAsync(Approve(Ann, await OpenAsync(earlier, Ann), 0));
        using var writer = await BeginAsync();
        using var hold = journal.HoldVersions();

        var opened = Enumerable.Range(0, 50).Select(person => writer.OpenAsync(Crowd.Of(person == 30 ? Ann : Crowd.Person(person)))).ToList();
        hold.Dispose();
        var outcomes = await Task.WhenAll(opened);

        outcomes.ShouldAllBe(outcome => outcome.Kind == AppendKind.Done);
        outcomes.Select(outcome => outcome.Version).ShouldBe(Enumerable.Range(0, 50).Select(person => (long?)(person == 30 ? 1 : 0)));
        journal.VersionQuestions.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_the_store_can_say_nothing_about_may_come_again()
    {
        using var writer = await BeginAsync();
        journal.NextVersionsFail = new JournalException("The network is down.");

        (await writer.OpenAsync(Crowd.Of(Ann))).Kind.ShouldBe(AppendKind.Overloaded);
        (await writer.OpenAsync(Crowd.Of(Ann))).Kind.ShouldBe(AppendKind.Done);
    }

    private ValueTask<PartitionWriter> BeginAsync(PartitionOptions? options = null) =>
        PartitionWriter.BeginAsync(journal, Partition, options ?? new PartitionOptions());

    private static async Task<long> OpenAsync(PartitionWriter writer, VoterId voter)
    {
        var opened = await writer.OpenAsync(Crowd.Of(voter));
        opened.Kind.ShouldBe(AppendKind.Done);
        return opened.Token;
    }

    private static StreamAppend Approve(VoterId voter, long token, long version) => new(
        Crowd.Of(voter), token, version,
        [EventBytes.Of(new RecordedEvent(Crowd.Of(voter), version + 1, T(1), new ApprovalChanged(Park, false, true, null, T(1), 1)))]);

    private IEnumerable<long> Versions(VoterId voter) =>
        journal.All(Partition).Select(record => EventReader.Read(record.Body)).Where(e => e.Stream == Crowd.Of(voter)).Select(e => e.Version);
}
