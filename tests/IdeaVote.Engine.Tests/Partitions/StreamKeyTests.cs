using IdeaVote.Engine.Partitions;

namespace IdeaVote.Engine.Tests.Partitions;

public sealed class StreamKeyTests
{
    [Fact]
    public void The_keys_of_grains_lead_back_to_their_streams()
    {
        var id = Id.FromBytes(new byte[13]);
        foreach (var stream in new[] { StreamId.Of(new CampaignId(id)), StreamId.Of(new CampaignId(id), new IdeaId(id)), StreamId.Of(new CampaignId(id), new VoterId(id)) })
        {
            StreamKey.Parse(stream.Kind, StreamKey.Of(stream)).ShouldBe(stream);
            StreamKey.Read(StreamKey.Write(stream)).ShouldBe(stream);
        }
    }

    [Fact]
    public void What_is_no_key_is_refused()
    {
        Should.Throw<FormatException>(() => StreamKey.Parse(AggregateKind.Voter, "nobody"));
        Should.Throw<FormatException>(() => StreamKey.Read([1, 2]));
    }
}
