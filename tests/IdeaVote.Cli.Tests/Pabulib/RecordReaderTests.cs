using IdeaVote.Cli.Pabulib;

namespace IdeaVote.Cli.Tests.Pabulib;

public sealed class RecordReaderTests
{
    private readonly List<PbProblem> warnings = [];

    [Theory]
    [InlineData("a;b", "a|b")]
    [InlineData("a;;b;", "a||b|")]
    [InlineData("\"a;b\";c", "a;b|c")]
    [InlineData("\"say \"\"hi\"\"\";c", "say \"hi\"|c")]
    [InlineData("\"\";c", "|c")]
    [InlineData("a \"quoted\" word;5\" pipe", "a \"quoted\" word|5\" pipe")]
    [InlineData(" \"a\";b", " \"a\"|b")]
    [InlineData("\"a\" b;c", "a b|c")]
    public void Fields_follow_csv_rules(string text, string expected)
    {
        Records(text).ShouldBe([(1, expected)]);
        warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a\nb\n")]
    [InlineData("a\r\nb\r\n")]
    [InlineData("a\rb\r")]
    [InlineData("a\nb")]
    public void Every_line_break_ends_a_record(string text) => Records(text).ShouldBe([(1, "a"), (2, "b")]);

    [Fact]
    public void A_quoted_field_keeps_its_line_breaks_and_later_records_know_their_physical_line()
    {
        Records("x;\"one\ntwo\r\nthree\rfour\";y\r\n\nlast").ShouldBe(
            [(1, "x|one\ntwo\r\nthree\rfour|y"), (5, ""), (6, "last")]);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_text_and_swallows_nothing()
    {
        Records("a;\"open\nb;c").ShouldBe([(1, "a|\"open"), (2, "b|c")]);
        warnings.ShouldHaveSingleItem().Line.ShouldBe(1);
    }

    [Fact]
    public void A_quote_that_only_meets_the_next_lines_quote_is_text()
    {
        Records("1;\"Park;5\n2;\"Tree\";6").ShouldBe([(1, "1|\"Park|5"), (2, "2|Tree|6")]);
        warnings.ShouldHaveSingleItem().Line.ShouldBe(1);
    }

    [Fact]
    public void Nothing_has_no_records() => Records("").ShouldBeEmpty();

    private List<(int Line, string Fields)> Records(string text)
    {
        var reader = new PbRecordReader(text, warnings.Add);
        var records = new List<(int Line, string Fields)>();
        while (reader.Read())
            records.Add((reader.Line, string.Join('|', reader.Fields)));
        return records;
    }
}
