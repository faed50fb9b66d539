using IdeaVote.Gateway.Votes;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class IfMatchTests
{
    [Theory]
    [InlineData("\"7\"", 7L)]
    [InlineData("\"0\"", 0L)]
    [InlineData("\"9223372036854775807\"", long.MaxValue)]
    [InlineData("*", null)]
    public void A_version_in_quotes_or_a_star_is_taken(string header, long? expected)
    {
        IfMatch.TryRead(header, out var version).ShouldBeTrue();

        version.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("\"\"")]
    [InlineData("\"-7\"")]
    [InlineData("\" 7\"")]
    [InlineData("\"+7\"")]
    [InlineData("W/\"7\"")]
    [InlineData("\"7\", \"8\"")]
    [InlineData("\"9223372036854775808\"")]
    [InlineData("\"seven\"")]
    public void Anything_else_is_not(string header) => IfMatch.TryRead(header, out _).ShouldBeFalse();
}
