using IdeaVote.Domain.Voters;
using IdeaVote.Engine;
using IdeaVote.Engine.Grains.Caches;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Partitions;
using IdeaVote.Engine.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace IdeaVote.Silo.Tests.Wire;

/// <summary>
/// What processes of two versions say to each other during an upgrade. The bytes are frozen: a change that breaks these tests needs a
/// new field, not a new golden file.
/// </summary>
public sealed class WireTests
{
    private static readonly Serializer Serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private static readonly Dictionary<string, string> Golden =
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Wire", "wire-v1.golden")).Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static readonly WireReply Reply = new()
    {
        Kind = (byte)ReplyKind.Accepted, State = [1, 2, 3], Format = 1, Partition = "campaign-0", Offset = 77, Changed = true,
    };

    private static readonly WireReply Refusal = new() { Kind = (byte)ReplyKind.Refused, Code = "budget_exceeded", Detail = "Too much.", Field = "credits" };

    private static readonly WireCommand Command = new(new CastApproval(default, Approve: true));

    private static readonly WireAppend Append = new() { Stream = [3, 4], Token = 5, Version = 6, Events = [[7], [8, 9]] };

    private static readonly WireOutcome Outcome = new() { Kind = (byte)AppendKind.Done, Value = 9, Version = 4 };

    [Fact]
    public void Every_form_is_written_as_it_was_first_released()
    {
        Hex(Reply).ShouldBe(Golden["reply"]);
        Hex(Refusal).ShouldBe(Golden["refusal"]);
        Hex(Command).ShouldBe(Golden["command"]);
        Hex(Append).ShouldBe(Golden["append"]);
        Hex(Outcome).ShouldBe(Golden["outcome"]);
    }

    [Fact]
    public void What_was_written_by_the_first_release_is_read()
    {
        Read<WireReply>("reply").ShouldBeEquivalentTo(Reply);
        Read<WireReply>("refusal").ShouldBeEquivalentTo(Refusal);
        Read<WireCommand>("command").ToCommand().ShouldBe(Command.ToCommand());
        Read<WireAppend>("append").ShouldBeEquivalentTo(Append);
        Read<WireOutcome>("outcome").ShouldBeEquivalentTo(Outcome);
    }

    [Fact]
    public void Whatever_a_newer_version_adds_is_not_taken_for_a_success()
    {
        new WireOutcome { Kind = 200 }.ToAppend().Kind.ShouldBe(AppendKind.Unknown);
        new WireOutcome { Kind = 200 }.ToOpen().Kind.ShouldBe(AppendKind.Overloaded);
        Should.Throw<FormatException>(() => new WireReply { Kind = 200 }.ToReply(AggregateKind.Voter));
        Should.Throw<FormatException>(() => new WireReply { Format = 200, State = [1] }.ToReply(AggregateKind.Voter));
    }

    [Fact]
    public void A_state_that_stays_in_its_process_is_the_one_that_would_be_read_elsewhere()
    {
        var vote = new ApprovalChanged(default, false, true, null, new Instant(1), 1);
        var voter = Aggregate.Empty(AggregateKind.Voter).Apply(new RecordedEvent(StreamId.Of(default, default(VoterId)), 1, new Instant(2), vote));
        var reply = WireReply.Of(Engine.Reply.Accepted(voter, Position.Of("campaign-0", 5), changed: true));

        reply.ToReply(AggregateKind.Voter).State.ShouldBeSameAs(voter);
        var travelled = Serializer.Deserialize<WireReply>(Serializer.SerializeToArray(reply)).ToReply(AggregateKind.Voter).State!;
        AggregateSnapshots.Write(travelled).ShouldBe(AggregateSnapshots.Write(voter));
    }

    [Fact]
    public void A_snapshot_is_stored_as_it_is()
    {
        var stored = new SnapshotSerializer().Serialize(new StoredSnapshot { Format = 1, Version = 2, State = [3, 4, 5] });
        var read = new SnapshotSerializer().Deserialize<StoredSnapshot>(stored);
        (read.Format, read.Version, Convert.ToHexString(read.State)).ShouldBe((1, 2, "030405"));
        Convert.ToHexString(stored.ToArray()).ShouldBe("000000010000000000000002030405");
    }

    private static string Hex<T>(T value) => Convert.ToHexString(Serializer.SerializeToArray(value));

    private static T Read<T>(string name) => Serializer.Deserialize<T>(Convert.FromHexString(Golden[name]));
}
