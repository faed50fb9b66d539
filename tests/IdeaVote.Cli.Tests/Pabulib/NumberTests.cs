using System.Globalization;
using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Tests.Pabulib;

public sealed class NumberTests
{
    [Theory]
    [InlineData("1200", "1200")]
    [InlineData("12,50", "12.50")]
    [InlineData("969245.38", "969245.38")]
    [InlineData("1 234 567", "1234567")]
    [InlineData("1\u00A0234\u202F567,89", "1234567.89")]
    [InlineData("1.234.567,89", "1234567.89")]
    [InlineData("1,234,567.89", "1234567.89")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("-3", "-3")]
    [InlineData("1.5e3", "1500")]
    public void Amounts_are_read_as_people_write_them(string text, string expected)
    {
        PbNumber.TryParse(text, out var value).ShouldBeTrue();
        value.ShouldBe(decimal.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("free")]
    [InlineData("12 PLN")]
    [InlineData("1e99")]
    [InlineData(",")]
    public void Anything_else_is_no_amount(string text) => PbNumber.TryParse(text, out _).ShouldBeFalse();
}
