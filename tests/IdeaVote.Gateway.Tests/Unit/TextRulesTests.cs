using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Texts;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class TextRulesTests
{
    [Fact]
    public void A_line_is_trimmed() => TextRules.Line("  A title \t", "title", 200).ShouldBe("A title");

    [Fact]
    public void A_line_counts_without_what_was_trimmed() => TextRules.Line(" 12345 ", "title", 5).ShouldBe("12345");

    [Theory]
    [InlineData(null, "missing_field")]
    [InlineData("", "missing_field")]
    [InlineData(" \t\n", "missing_field")]
    [InlineData("123456", "too_long")]
    [InlineData("a\0b", "invalid_text")]
    [InlineData("a\nb", "invalid_text")]
    public void Lines_that_are_none_are_refused(string? text, string code)
    {
        var refused = Should.Throw<ApiException>(() => TextRules.Line(text, "title", 5));

        (refused.Status, refused.Code, refused.Field).ShouldBe((400, code, "title"));
    }

    [Fact]
    public void A_body_keeps_its_lines_and_emoji() => TextRules.Body(" a\r\n\tb 😀 \n", "body", 100).ShouldBe(" a\r\n\tb 😀 \n");

    [Fact]
    public void No_body_is_an_empty_one() => TextRules.Body(null, "body", 100).ShouldBeEmpty();

    [Theory]
    [InlineData("123456", "too_long")]
    [InlineData("a\0b", "invalid_text")]
    public void Bodies_that_can_not_be_kept_are_refused(string text, string code) =>
        Should.Throw<ApiException>(() => TextRules.Body(text, "body", 5)).Code.ShouldBe(code);

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        Should.Throw<ApiException>(() => TextRules.Body("a\ud800b", "body", 100)).Code.ShouldBe("invalid_text");
        Should.Throw<ApiException>(() => TextRules.Line("a\udc00", "title", 100)).Code.ShouldBe("invalid_text");
    }
}
