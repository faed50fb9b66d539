using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class VoterNamesTests
{
    [Theory]
    [InlineData("resident-4711")]
    [InlineData("a@example.com")]
    [InlineData("山田 太郎")]
    [InlineData("😀")]
    [InlineData(" ")]
    public void Any_line_is_taken_as_it_is(string voter) => VoterNames.Normalise(voter).ShouldBe(voter);

    [Fact]
    public void Two_written_forms_are_one_voter() => VoterNames.Normalise("anne\u0301").ShouldBe(VoterNames.Normalise("ann\u00e9"));

    [Fact]
    public void The_longest_is_taken_and_one_more_is_not()
    {
        VoterNames.TryNormalise(new string('x', 200), out _).ShouldBeTrue();
        VoterNames.TryNormalise(new string('x', 201), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    public void Others_are_refused_with_the_field(string? voter)
    {
        var refused = Should.Throw<ApiException>(() => VoterNames.Normalise(voter, "entries[3].voter"));

        (refused.Status, refused.Code, refused.Field).ShouldBe((400, "invalid_voter", "entries[3].voter"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        VoterNames.TryNormalise("a\ud800", out _).ShouldBeFalse();
        VoterNames.TryNormalise("\udc00a", out _).ShouldBeFalse();
        VoterNames.TryNormalise("\ud800\ud800\udc00", out _).ShouldBeFalse();
    }
}
