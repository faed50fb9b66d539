using IdeaVote.Cli.Output;

namespace IdeaVote.Cli.Tests.Output;

public sealed class OutputTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Żółw 漢字 👩‍👧", "Żółw 漢字 👩‍👧")]
    [InlineData("\u001b[31mred\u001b[0m", "[31mred[0m")]
    [InlineData("\u009b2J\u0007\b\u007f", "2J")]
    [InlineData("a\r\nb\tc\u2028d", "a  b c d")]
    [InlineData("abc\u202ecba\u2066\ufeff", "abccba")]
    [InlineData(null, "")]
    public void Printed_text_steers_nothing(string? text, string expected) => TerminalText.Clean(text).ShouldBe(expected);

    [Fact]
    public void Half_a_surrogate_pair_is_shown_as_damaged() => TerminalText.Clean("a" + (char)0xD83D).ShouldBe("a\uFFFD");

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+x", "'+x")]
    [InlineData("-x", "'-x")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "' x")]
    [InlineData("\rx", "' x")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("\u001b=1+1", "'=1+1")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("+3", "+3")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void A_cell_is_never_a_formula(string cell, string expected) => CsvCells.Safe(cell).ShouldBe(expected);

    [Fact]
    public void Csv_quotes_what_needs_it()
    {
        using var output = new StringWriter();

        CsvCells.Write(output, ["a", "b"], [["one, two", "say \"hi\""], ["=x", "漢"]]);

        output.ToString().ShouldBe("a,b\n\"one, two\",\"say \"\"hi\"\"\"\n'=x,漢\n");
    }

    [Fact]
    public void A_table_takes_titles_literally_and_wraps_only_at_a_terminals_edge()
    {
        var title = "[red]A[/] " + string.Join(' ', Enumerable.Repeat("word", 40));

        Table(null, title).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldContain(line => line.Contains(title, StringComparison.Ordinal));
        Table(60, title).Split('\n').ShouldAllBe(line => line.Length <= 60);
    }

    private static string Table(int? width, string title)
    {
        using var output = new StringWriter { NewLine = "\n" };
        TableOutput.Write(output, width, [">rank", "title"], [["1", title]]);
        return output.ToString();
    }
}
