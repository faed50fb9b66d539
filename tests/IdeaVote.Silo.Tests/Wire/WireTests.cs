using IdeaVote.Engine;
using IdeaVote.Engine.Grains.Caches;
using IdeaVote.Engine.Grains.Wire;
using IdeaVote.Engine.Partitions;
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

    private static readonly WireAppend Append = new() { Stream = [3, 4], Token = 5, Version = 6, Events = [[7], [8, 9]] };

    private static readonly WireOutcome Outcome = new() { Kind = (byte)AppendKind.Done, Value = 9, Version = 4 };

    [Fact]
    public void Every_form_is_written_as_it_was_first_released()
    {
        Hex(Reply).ShouldBe(Golden["reply"]);
        Hex(Refusal).ShouldBe(Golden["refusal"]);
        Hex(Append).ShouldBe(Golden["append"]);
        Hex(Outcome).ShouldBe(Golden["outcome"]);
    }

    [Fact]
    public void What_was_written_by_the_first_release_is_read()
    {
        Read<WireReply>("reply").ShouldBeEquivalentTo(Reply);
        Read<WireReply>("refusal").ShouldBeEquivalentTo(Refusal);
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
    public void A_snapshot_is_stored_as_it_is()
    {
        var stored = new SnapshotSerializer().Serialize(new StoredSnapshot { Format = 1, Version = 2, State = [3, 4, 5] });
        var read = new SnapshotSerializer().Deserialize<StoredSnapshot>(stored);
        (read.Format, read.Version, Convert.ToHexString(read.State)).ShouldBe((1, 2, "030405"));
        Convert.ToHexString(stored.ToArray()).ShouldBe("000000010000000000000002030405");
    }

    [Fact]
    public void The_keys_of_grains_lead_back_to_their_streams()
    {
        var id = Id.FromBytes(new byte[13]);
        foreach (var stream in new[] { StreamId.Of(new CampaignId(id)), StreamId.Of(new CampaignId(id), new IdeaId(id)), StreamId.Of(new CampaignId(id), new VoterId(id)) })
        {
            StreamKey.Parse(stream.Kind, StreamKey.Of(stream)).ShouldBe(stream);
            StreamKey.Read(StreamKey.Write(stream)).ShouldBe(stream);
        }
        Should.Throw<FormatException>(() => StreamKey.Parse(AggregateKind.Voter, "nobody"));
        Should.Throw<FormatException>(() => StreamKey.Read([1, 2]));
    }

    private static string Hex<T>(T value) => Convert.ToHexString(Serializer.SerializeToArray(value));

    private static T Read<T>(string name) => Serializer.Deserialize<T>(Convert.FromHexString(Golden[name]));
}
