using System.Buffers.Binary;
using IdeaVote.Domain.Kernel;
using IdeaVote.Gateway.Ideas;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class FrozenOrdersTests
{
    private readonly FrozenOrders orders = new(TimeProvider.System, TimeSpan.Zero);

    [Fact]
    public void An_order_is_found_by_its_id_and_its_list_only()
    {
        orders.Add(Number(1), Campaign(1), filters: 5, revision: 9, [3, 1, 2]);

        orders.Find(Number(1), 5).ShouldBe([3, 1, 2]);
        orders.Find(Number(1), 6).ShouldBeNull();
        orders.Find(Number(2), 5).ShouldBeNull();
    }

    [Fact]
    public void Lists_begun_at_the_same_revision_share_an_order()
    {
        orders.Add(Number(1), Campaign(1), filters: 5, revision: 9, [3, 1, 2]);

        orders.Find(Campaign(1), 5, revision: 9, ideas: 3)!.Value.Id.ShouldBe(Number(1));
        orders.Find(Campaign(1), 5, revision: 10, ideas: 3).ShouldBeNull();
        orders.Find(Campaign(1), 6, revision: 9, ideas: 3).ShouldBeNull();
        orders.Find(Campaign(2), 5, revision: 9, ideas: 3).ShouldBeNull();
    }

    [Fact]
    public void Where_it_may_be_a_little_old_an_order_is_shared_until_then_or_until_it_lacks_an_idea()
    {
        var time = new SteppedTime();
        var shared = new FrozenOrders(time, TimeSpan.FromSeconds(1));
        shared.Add(Number(1), Campaign(1), filters: 5, revision: 9, [3, 1, 2]);
        // Of what was found by words: it is never shared.
        shared.Add(Number(2), Campaign(1), filters: 6, revision: -1, [3, 1, 2]);

        shared.Find(Campaign(1), 5, revision: 10, ideas: 3)!.Value.Id.ShouldBe(Number(1));
        shared.Find(Campaign(1), 5, revision: 10, ideas: 4).ShouldBeNull();
        shared.Find(Campaign(1), 6, revision: 10, ideas: 3).ShouldBeNull();

        time.Seconds = 1;
        shared.Find(Campaign(1), 5, revision: 10, ideas: 3).ShouldBeNull();
        shared.Find(Campaign(1), 5, revision: 9, ideas: 3).ShouldNotBeNull();
    }

    [Fact]
    public void Of_one_campaign_the_oldest_go_and_other_campaigns_keep_theirs()
    {
        orders.Add(Number(1), Campaign(1), 5, 1, [1]);
        orders.Add(Number(2), Campaign(2), 5, 1, [1]);

        for (var i = 0; i < FrozenOrders.MaxPerCampaign; i++)
            orders.Add(Number(100 + i), Campaign(2), 5, 2 + i, [1]);

        orders.Find(Number(2), 5).ShouldBeNull();
        orders.Find(Number(1), 5).ShouldNotBeNull();
        for (var i = 0; i < FrozenOrders.MaxPerCampaign; i++)
            orders.Find(Number(100 + i), 5).ShouldNotBeNull();
    }

    [Fact]
    public void All_campaigns_together_are_bounded_too_and_the_newest_stays()
    {
        var half = new int[FrozenOrders.MaxPlaces / 2];
        orders.Add(Number(1), Campaign(1), 5, 1, half);
        orders.Add(Number(2), Campaign(2), 5, 1, half);
        orders.Add(Number(3), Campaign(3), 5, 1, [1]);

        orders.Find(Number(1), 5).ShouldBeNull();
        orders.Find(Number(2), 5).ShouldNotBeNull();
        orders.Find(Number(3), 5).ShouldNotBeNull();

        orders.Add(Number(4), Campaign(4), 5, 1, new int[FrozenOrders.MaxPlaces + 1]);
        orders.Find(Number(2), 5).ShouldBeNull();
        orders.Find(Number(3), 5).ShouldBeNull();
        orders.Find(Number(4), 5).ShouldNotBeNull();
    }

    private static CampaignId Campaign(int number) => new(Number(1_000_000 + number));

    private static Id Number(int number)
    {
        var bytes = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return Id.FromBytes(bytes);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
