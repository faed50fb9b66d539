using Azure;
using IdeaVote.Engine.Conformance.Stores;
using IdeaVote.Engine.Journal;
using IdeaVote.Storage.Azure.Journal;

namespace IdeaVote.Storage.Azure.Tests.Journal;

/// <summary>Appends that get no answer: whatever is said of them is true, and stays true.</summary>
public sealed class UnknownOutcomeTests
{
    private const string Partition = "0";

    private readonly MemoryTable memory = new();
    private readonly Records records = new(3);
    private readonly AzureJournal journal;
    private Func<IReadOnlyList<Response>>? underWay;

    public UnknownOutcomeTests() => journal = Open();

    private AzureJournal Open() => new(memory.Open(), TimeProvider.System);

    private static RequestFailedException Lost() => new(0, "The connection was reset.");

    private JournalRecord[] Votes(int count) => records.Votes(records.Campaign(), count);

    /// <summary>The next transaction gets no answer, whether it is carried out or not; those after it do.</summary>
    private void LoseNext(bool isDone, Exception? failure = null) => memory.OnTransaction = apply =>
    {
        memory.OnTransaction = null;
        underWay = apply;
        if (isDone)
            apply();
        throw failure ?? Lost();
    };

    private async Task<JournalException> ShouldFailAsync(JournalHead head, JournalRecord[] batch) =>
        await Should.ThrowAsync<JournalException>(() => journal.AppendAsync(Partition, head.Position, head.Fence, batch).AsTask());

    private async Task ShouldHoldAsync(params JournalRecord[] expected)
    {
        (await Open().HeadAsync(Partition)).ShouldBe(expected.Length);
        (await Open().ReadAsync(Partition, 0, null, int.MaxValue)).ShouldBeAt(1, expected);
    }

    public static TheoryData<Exception> Failures =>
    [
        new RequestFailedException(0, "The connection was reset."),
        new RequestFailedException(500, "Operation could not be completed within the specified time."),
        new RequestFailedException(503, "The server is busy."),
        new RequestFailedException(408, "Time-out."),
        new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout of 0:00:10."),
        new IOException("The connection was closed."),
    ];

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task What_was_carried_out_without_an_answer_is_acknowledged(Exception failure)
    {
        var head = await journal.BeginAsync(Partition);
        LoseNext(isDone: true, failure);
        await journal.AppendAsync(Partition, 0, head.Fence, Votes(3));
        await journal.AppendAsync(Partition, 3, head.Fence, Votes(2));
        await ShouldHoldAsync([.. records.All]);
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task What_is_said_not_to_be_stored_never_will_be(Exception failure)
    {
        var (head, refused) = (await journal.BeginAsync(Partition), new Records(4).Votes(records.Campaign(), 3));
        LoseNext(isDone: false, failure);
        var said = await ShouldFailAsync(head, refused);
        said.ShouldNotBeOfType<StaleWriterException>();
        said.Message.ShouldContain("were not stored");
        said.Message.ShouldNotContain("\n");

        // The request arrives after all.
        Should.Throw<RequestFailedException>(() => underWay!()).Status.ShouldBe(412);
        await ShouldHoldAsync();

        await journal.AppendAsync(Partition, 0, head.Fence, Votes(2));
        await ShouldHoldAsync([.. records.All]);
    }

    [Fact]
    public async Task What_arrives_between_the_look_and_the_change_of_the_fence_is_acknowledged()
    {
        var head = await journal.BeginAsync(Partition);
        LoseNext(isDone: false);
        memory.OnReplace = () =>
        {
            memory.OnReplace = null;
            underWay!();
        };
        await journal.AppendAsync(Partition, 0, head.Fence, Votes(3));
        await ShouldHoldAsync([.. records.All]);
    }

    [Fact]
    public async Task Who_is_overtaken_before_it_was_carried_out_is_told()
    {
        var (head, other) = (await journal.BeginAsync(Partition), Open());
        LoseNext(isDone: false);
        memory.OnRead = async _ =>
        {
            memory.OnRead = null;
            var later = await other.BeginAsync(Partition);
            await other.AppendAsync(Partition, 0, later.Fence, Votes(4));
        };
        (await ShouldFailAsync(head, new Records(4).Votes(records.Campaign(), 3))).ShouldBeOfType<StaleWriterException>();
        Should.Throw<RequestFailedException>(() => underWay!()).Status.ShouldBe(412);
        await ShouldHoldAsync([.. records.All]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_carried_out_before_another_took_over_is_acknowledged(bool hasAppended)
    {
        var (head, mine, other) = (await journal.BeginAsync(Partition), Votes(3), Open());
        LoseNext(isDone: true);
        memory.OnRead = async _ =>
        {
            memory.OnRead = null;
            var later = await other.BeginAsync(Partition);
            later.Position.ShouldBe(3);
            if (hasAppended)
                await other.AppendAsync(Partition, 3, later.Fence, Votes(2));
        };
        await journal.AppendAsync(Partition, 0, head.Fence, mine);
        await ShouldHoldAsync([.. records.All]);
        (await ShouldFailAsync(head with { Position = 3 }, new Records(4).Votes(records.Campaign(), 1))).ShouldBeOfType<StaleWriterException>();
    }

    [Fact]
    public async Task A_second_try_below_the_client_is_not_taken_for_another_writer()
    {
        var head = await journal.BeginAsync(Partition);
        memory.OnTransaction = apply =>
        {
            memory.OnTransaction = null;
            apply();
            return Task.FromResult(apply());
        };
        await journal.AppendAsync(Partition, 0, head.Fence, Votes(3));
        await ShouldHoldAsync([.. records.All]);
    }

    [Fact]
    public async Task Where_nothing_can_be_found_out_the_outcome_is_unknown()
    {
        var (head, batch) = (await journal.BeginAsync(Partition), Votes(3));
        LoseNext(isDone: true);
        memory.OnRead = _ => throw Lost();
        var said = await ShouldFailAsync(head, batch);
        said.ShouldNotBeOfType<StaleWriterException>();
        said.Message.ShouldContain("not known");
        memory.OnRead = null;
        await ShouldHoldAsync(batch);
    }

    [Fact]
    public async Task A_refused_request_is_not_stored_and_not_asked_again()
    {
        var head = await journal.BeginAsync(Partition);
        LoseNext(isDone: false, new RequestFailedException(403, "This request is not authorized.", "AuthorizationFailure", null));
        (await ShouldFailAsync(head, Votes(1))).Message.ShouldContain("were not stored");
        memory.Transactions.ShouldBe(1);
    }
}
