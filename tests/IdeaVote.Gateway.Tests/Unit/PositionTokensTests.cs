using System.Buffers.Text;
using IdeaVote.Engine;
using IdeaVote.Gateway.Identity;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class PositionTokensTests
{
    private readonly PositionTokens tokens = new(new Pseudonyms(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));

    [Theory]
    [InlineData(1L, "22pDOtVZB6gxocep9dpTFg")]
    [InlineData(123_456_789_012L, "pdI4DUCBytNguay_O73mtg")]
    public void Positions_that_callers_kept_stay_readable(long offset, string text)
    {
        tokens.Write(new Position(offset)).ShouldBe(text);
        tokens.TryRead(text, out var read).ShouldBeTrue();
        read.Offset.ShouldBe(offset);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(2L)]
    [InlineData(long.MaxValue)]
    public void What_is_written_is_read_back(long offset)
    {
        tokens.TryRead(tokens.Write(new Position(offset)), out var read).ShouldBeTrue();
        read.Offset.ShouldBe(offset);
    }

    [Fact]
    public void Neighbours_look_nothing_alike()
    {
        var (a, b) = (Base64Url.DecodeFromChars(tokens.Write(new Position(1_000))), Base64Url.DecodeFromChars(tokens.Write(new Position(1_001))));

        a.Zip(b).Count(pair => pair.First == pair.Second).ShouldBeLessThan(6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("22pDOtVZB6gxocep9dpTFh")]
    [InlineData("22pDOtVZB6gxocep9dpTF")]
    [InlineData("22pDOtVZB6gxocep9dpTFgg")]
    [InlineData("22pDOtVZB6gxocep9dpTF!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("22pDOtVZB6gxocep9dpTé")]
    public void Made_up_ones_are_refused(string text) => tokens.TryRead(text, out _).ShouldBeFalse();

    [Fact]
    public void Those_of_another_server_are_refused() =>
        new PositionTokens(new Pseudonyms(new byte[32])).TryRead(tokens.Write(new Position(1)), out _).ShouldBeFalse();

    [Fact]
    public void Negative_positions_are_refused() =>
        tokens.TryRead(tokens.Write(new Position(-1)), out _).ShouldBeFalse();

    [Fact]
    public void Threads_do_not_disturb_each_other() => Parallel.For(0, 2_000, i =>
    {
        tokens.TryRead(tokens.Write(new Position(i)), out var read).ShouldBeTrue();
        read.Offset.ShouldBe(i);
    });
}
