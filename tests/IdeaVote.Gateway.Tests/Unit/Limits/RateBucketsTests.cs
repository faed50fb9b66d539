using System.Net;
using IdeaVote.Gateway.Limits;

namespace IdeaVote.Gateway.Tests.Unit.Limits;

public sealed class RateBucketsTests
{
    private readonly SteppedTime time = new();

    [Fact]
    public void Whoever_was_quiet_may_ask_a_burst_at_once_and_then_at_the_rate()
    {
        var buckets = new RateBuckets(new Rate(10, 5), time);
        for (var i = 0; i < 5; i++)
            buckets.Take(7).ShouldBe(TimeSpan.Zero);

        buckets.Take(7).ShouldBe(TimeSpan.FromMilliseconds(100));
        buckets.Peek(7).ShouldBe(TimeSpan.FromMilliseconds(100), "what is refused counts for nothing");
        buckets.Take(8).ShouldBe(TimeSpan.Zero, "others are not concerned");
        time.Pass(TimeSpan.FromMilliseconds(100));
        buckets.Take(7).ShouldBe(TimeSpan.Zero);
        buckets.Take(7).ShouldBe(TimeSpan.FromMilliseconds(100));
        time.Pass(TimeSpan.FromDays(1));
        Enumerable.Range(0, 20).Count(_ => buckets.Take(7) == TimeSpan.Zero).ShouldBe(5, "a long pause earns no more than a burst");
    }

    [Fact]
    public void However_they_come_no_more_pass_in_any_time_than_the_burst_and_the_rate_allow()
    {
        var random = new Random(20_261_122);
        for (var trial = 0; trial < 200; trial++)
        {
            var rate = new Rate(random.Next(1, 100), random.Next(1, 50));
            var buckets = new RateBuckets(rate, time, callers: 8);
            var passed = new List<long>();
            for (var i = 0; i < 300; i++)
            {
                time.Pass(TimeSpan.FromMilliseconds(random.Next(3) * random.Next(40)));
                if (buckets.Take(1) == TimeSpan.Zero)
                    passed.Add(time.GetTimestamp());
            }
            for (var from = 0; from < passed.Count; from++)
            {
                for (var to = from; to < passed.Count; to++)
                {
                    var seconds = (passed[to] - passed[from]) / (double)TimeSpan.TicksPerSecond;
                    (to - from + 1).ShouldBeLessThanOrEqualTo((int)Math.Floor(rate.Burst + (rate.PerSecond * seconds) + 1e-6));
                }
            }
        }
    }

    [Fact]
    public void A_flood_of_callers_takes_no_memory_and_nobody_is_refused_for_it()
    {
        var buckets = new RateBuckets(new Rate(1, 3), time, callers: 1_024);
        buckets.Take(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = 0;
        for (ulong caller = 2; caller < 200_000; caller++)
            if (buckets.Take(caller) > TimeSpan.Zero)
                refused++;
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        refused.ShouldBe(0);
    }

    [Fact]
    public async Task Callers_at_the_same_moment_get_no_more_than_the_burst()
    {
        var buckets = new RateBuckets(new Rate(1, 100), time);
        var passed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 200).Count(_ => buckets.Take(5) == TimeSpan.Zero))));
        passed.Sum().ShouldBe(100);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void An_address_counts_as_itself_and_one_of_version_6_as_its_network(string one, string other, bool alike) =>
        (RateGate.KeyOf(IPAddress.Parse(one)) == RateGate.KeyOf(IPAddress.Parse(other))).ShouldBe(alike);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void This_machine_itself_is_not_counted(string address) => RateGate.KeyOf(IPAddress.Parse(address)).ShouldBe(0UL);

    [Theory]
    [InlineData("200/2000", "200/2000")]
    [InlineData("0.5/1", "0.5/1")]
    [InlineData("off", null)]
    public void A_rate_is_read_as_people_write_it(string text, string? rate)
    {
        Rate.TryParse(text, out var read).ShouldBeTrue();
        read?.ToString().ShouldBe(rate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("200")]
    [InlineData("0/5")]
    [InlineData("5/0")]
    [InlineData("-1/5")]
    [InlineData("1e3/5")]
    [InlineData("NaN/5")]
    [InlineData("1/5/9")]
    [InlineData("10000000/5")]
    public void What_is_no_rate_is_none(string text) => Rate.TryParse(text, out _).ShouldBeFalse();
}
