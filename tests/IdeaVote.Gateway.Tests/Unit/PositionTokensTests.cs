using System.Buffers.Text;
using IdeaVote.Engine;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.Unit.Support;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class PositionTokensTests
{
    private readonly PositionTokens tokens = new(new Pseudonyms(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));

    [Fact]
    public void Positions_that_callers_kept_stay_readable()
    {
        tokens.TryRead("ZCgk0T5K1vPKk5Z9Df4RhzFoff_ToVJWmEsyTwhVPcBVao5o", out var read).ShouldBeTrue();
        read.ShouldBe(Places.At(123_456));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(2L)]
    [InlineData(long.MaxValue)]
    public void What_is_written_is_read_back(long offset)
    {
        tokens.TryRead(tokens.Write(Places.At(offset)), out var read).ShouldBeTrue();
        read.ShouldBe(Places.At(offset));
    }

    [Fact]
    public void A_place_in_a_thousand_partitions_fits()
    {
        var position = Position.Of(Enumerable.Range(0, 1_024).Select(number => new PartitionOffset($"0123456789abcdefghjk-{number}", 1_000_000_000 + number)));

        var text = tokens.Write(position);

        text.Length.ShouldBeLessThan(PositionTokens.MaxLength);
        tokens.TryRead(text, out var read).ShouldBeTrue();
        read.ShouldBe(position);
    }

    [Fact]
    public void Nobody_can_tell_whether_two_are_the_same()
    {
        var (a, b) = (Base64Url.DecodeFromChars(tokens.Write(Places.At(1_000))), Base64Url.DecodeFromChars(tokens.Write(Places.At(1_000))));

        a.Zip(b).Count(pair => pair.First == pair.Second).ShouldBeLessThan(8);
    }

    [Fact]
    public void Where_they_may_be_compared_they_are_alike_and_read_back_the_same()
    {
        var (once, twice) = (tokens.WriteAlike(Places.At(1_000)), tokens.WriteAlike(Places.At(1_000)));

        once.ShouldBe(twice);
        once.ShouldNotBe(tokens.WriteAlike(Places.At(1_001)));
        tokens.TryRead(once, out var read).ShouldBeTrue();
        read.ShouldBe(Places.At(1_000));
    }

    [Fact]
    public void Made_up_ones_are_refused()
    {
        foreach (var text in new[] { "", "1", "AAAAAAAAAAAAAAAAAAAAAA", new string('A', 40), new string('A', 1_000_000), "é", "AAA!" })
            tokens.TryRead(text, out _).ShouldBeFalse(text.Length > 100 ? "long" : text);
        var good = tokens.Write(Places.At(77));
        for (var i = 0; i < good.Length; i++)
        {
            var bad = good[..i] + (good[i] == 'A' ? 'B' : 'A') + good[(i + 1)..];
            tokens.TryRead(bad, out _).ShouldBeFalse(bad);
            tokens.TryRead(good[..i], out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void Those_of_another_server_are_refused() =>
        new PositionTokens(new Pseudonyms(new byte[32])).TryRead(tokens.Write(Places.At(1)), out _).ShouldBeFalse();

    [Fact]
    public void Threads_do_not_disturb_each_other() => Parallel.For(0, 2_000, i =>
    {
        tokens.TryRead(tokens.Write(Places.At(i)), out var read).ShouldBeTrue();
        read.ShouldBe(Places.At(i));
    });
}
