using System.Runtime.CompilerServices;
using IdeaVote.Engine.Codec;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Snapshots;

namespace IdeaVote.Engine.Tests.Partitions;

/// <summary>One aggregate in memory, far from its journal.</summary>
public sealed class AggregateHostTests
{
    private readonly FaultyMemoryJournal journal = new();
    private readonly Near partition;
    private readonly FixedContext context = new(T(5), CampaignWith(Plain, Open), _ => IdeaStatus.Published);

    public AggregateHostTests() => partition = new Near(journal);

    [Fact]
    public async Task It_answers_when_the_events_are_durable()
    {
        var host = Host();

        var reply = await host.HandleAsync(new CastApproval(Park, true), new Known(context));

        (reply.Kind, reply.Changed, reply.State!.Version, reply.Position.In(Near.Partition)).ShouldBe((ReplyKind.Accepted, true, 1, 1));
        journal.All(Near.Partition).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_activation_that_moved_the_stream_is_noticed_and_caught_up_with()
    {
        var (first, second) = (Host(), Host());
        await first.HandleAsync(new CastApproval(Park, true), new Known(context));
        await second.HandleAsync(new CastApproval(Bench, true), new Known(context));

        var reply = await first.HandleAsync(new CastApproval(Park, false), new Known(context));

        (reply.Kind, reply.Changed, reply.State!.Version).ShouldBe((ReplyKind.Accepted, true, 3));
        first.IsLost.ShouldBeFalse();
    }

    [Fact]
    public async Task No_answer_is_given_out_of_a_state_that_was_left_behind()
    {
        var (first, second) = (Host(), Host());
        await first.HandleAsync(new CastApproval(Park, true), new Known(context));
        await second.HandleAsync(new CastApproval(Park, false), new Known(context));

        // To the first activation this changes nothing; but it is not so any more.
        (await first.HandleAsync(new CastApproval(Park, true), new Known(context))).Changed.ShouldBeTrue();
        (await second.HandleAsync(null, new Known(context))).State!.Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_command_whose_outcome_was_unknown_counts_once_when_it_is_sent_again()
    {
        var host = Host();
        var command = new CastInvestment(Park, 30) { Id = Attempt(1) };
        partition.Loses = true;

        (await host.HandleAsync(command, new Known(context))).Kind.ShouldBe(ReplyKind.OutcomeUnknown);
        host.IsLost.ShouldBeTrue();
        partition.Loses = false;
        var reply = await Host().HandleAsync(command, new Known(context));

        (reply.Kind, reply.Changed, reply.State!.Version).ShouldBe((ReplyKind.Accepted, false, 1));
    }

    [Fact]
    public async Task Without_fresh_rules_nothing_is_decided()
    {
        (await Host().HandleAsync(new CastApproval(Park, true), new Known(null))).Kind.ShouldBe(ReplyKind.Overloaded);

        journal.All(Near.Partition).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_comes_back_from_its_snapshot_and_what_followed_it()
    {
        var cache = new Cache();
        var host = Host(cache);
        for (var stars = 1; stars <= 5; stars++)
            await host.HandleAsync(new CastRating(Park, Scores.Of(stars)), new Known(context));
        cache.Kept!.Version.ShouldBe(4);

        var reply = await Host(cache).HandleAsync(null, new Known(context));

        var voter = reply.State.ShouldBeOfType<Voter>();
        (voter.Version, voter.Ballot.Ratings[Park].Scores).ShouldBe((5, Scores.Of(5)));
        // A new stream is not read at all.
        partition.Reads.ShouldBe([5]);
    }

    [Fact]
    public async Task A_damaged_snapshot_is_passed_over()
    {
        var host = Host();
        await host.HandleAsync(new CastApproval(Park, true), new Known(context));
        var cache = new Cache { Kept = new Snapshot(Crowd.Of(Ann), 1, new byte[] { 1, 2, 3, 4, 5, 6 }) };

        (await Host(cache).HandleAsync(null, new Known(context))).State!.Version.ShouldBe(1);
    }

    private AggregateHost Host(IAggregateCache? cache = null) => new(Crowd.Of(Ann), partition, cache, snapshotEvents: 2);

    /// <summary>Rules that stay as they are.</summary>
    private sealed class Known(TurnContext? context) : ITurnRules
    {
        public TurnContext? Context() => context;

        public ValueTask<bool> LookAgainAsync(CancellationToken cancellation) => new(false);
    }

    private sealed class Cache : IAggregateCache
    {
        public Snapshot? Kept { get; set; }

        public ValueTask<Snapshot?> LoadAsync(StreamId stream, CancellationToken cancellation = default) => new(Kept);

        public ValueTask SaveAsync(Snapshot snapshot)
        {
            Kept = snapshot;
            return default;
        }
    }

    /// <summary>A partition in the same process.</summary>
    private sealed class Near(FaultyMemoryJournal journal) : IPartition
    {
        public const string Partition = "p";

        public string Name => Partition;

        private PartitionWriter? writer;

        /// <summary>Whether answers to appends are lost on their way.</summary>
        public bool Loses { get; set; }

        /// <summary>From which versions streams were read.</summary>
        public List<long> Reads { get; } = [];

        public async ValueTask<OpenOutcome> OpenAsync(StreamId stream, CancellationToken cancellation = default) =>
            await (await WriterAsync()).OpenAsync(stream);

        public async ValueTask<AppendOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation = default)
        {
            var outcome = await (await WriterAsync()).AppendAsync(append);
            return Loses ? throw new TimeoutException() : outcome;
        }

        public async IAsyncEnumerable<RecordedEvent> ReadAsync(
            StreamId stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            Reads.Add(fromVersion);
            await foreach (var record in journal.ReadStreamAsync(Name, stream, fromVersion, cancellation))
                yield return EventReader.Read(record.Body);
        }

        private async ValueTask<PartitionWriter> WriterAsync() =>
            writer ??= await PartitionWriter.BeginAsync(journal, Name, new PartitionOptions());
    }
}
