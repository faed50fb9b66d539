using System.Buffers;
using System.Text;
using System.Text.Json;
using IdeaVote.Gateway.Leaderboard;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class LeaderboardWriterTests
{
    private static readonly LeaderboardBody Board = new("demo", "rating", "p0s", new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = "rating", ["tag"] = "=a&b" }, null,
    [
        new RankedIdea(1, "0123456789abcdefghjk", "A-1", "Größer, \"schöner\" 😀", 4.25m, 12, 4.5m, new IntervalBody(3.5m, 4.75m), null, new Dictionary<string, decimal>(StringComparer.Ordinal) { ["stars_5"] = 3 }),
        new RankedIdea(2, "1123456789abcdefghjk", null, "=SUM(A1)", null, 0, null, null, "no_votes", new Dictionary<string, decimal>(StringComparer.Ordinal)),
    ]);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"yes\"", "\"say \"\"yes\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-5", "'-5")]
    [InlineData("@here", "'@here")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("'quoted", "'quoted")]
    [InlineData("a=b", "a=b")]
    public void A_cell_is_text_to_any_spreadsheet(string? text, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        CsvCells.WriteText(output, text);

        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(expected);
    }

    [Fact]
    public void Csv_has_a_header_and_a_line_a_row() => Text(LeaderboardFormat.Csv).ShouldBe(
        """
        rank,idea,reference,title,score,votes,weighted,low,high
        1,0123456789abcdefghjk,A-1,"Größer, ""schöner"" 😀",4.25,12,4.5,3.5,4.75
        2,1123456789abcdefghjk,,'=SUM(A1),,0,,,

        """);

    [Fact]
    public void Lines_are_one_object_a_row()
    {
        var lines = Text(LeaderboardFormat.JsonLines).Split('\n');

        lines.Length.ShouldBe(3);
        lines[2].ShouldBeEmpty();
        JsonDocument.Parse(lines[0]).RootElement.GetProperty("title").GetString().ShouldBe("Größer, \"schöner\" 😀");
        lines[1].ShouldBe("""{"rank":2,"idea":"1123456789abcdefghjk","reference":null,"title":"=SUM(A1)","score":null,"votes":0,"weighted":null,"interval":null,"noInterval":"no_votes","explain":{}}""");
    }

    [Fact]
    public void Json_is_one_object_with_all_rows()
    {
        var json = JsonDocument.Parse(Text(LeaderboardFormat.Json)).RootElement;

        json.GetProperty("campaign").GetString().ShouldBe("demo");
        json.GetProperty("by").GetString().ShouldBe("rating");
        json.GetProperty("position").GetString().ShouldBe("p0s");
        json.GetProperty("rows")[0].GetProperty("score").GetDecimal().ShouldBe(4.25m);
        json.GetProperty("rows").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public void Csv_that_names_its_ballots_has_four_columns_more_with_values_on_the_first_row() => Text(LeaderboardFormat.Csv, Board with { Ballots = "5ha" }).ShouldBe(
        """
        rank,idea,reference,title,score,votes,weighted,low,high,campaign,position,parameters,ballots
        1,0123456789abcdefghjk,A-1,"Größer, ""schöner"" 😀",4.25,12,4.5,3.5,4.75,demo,p0s,by=rating&tag=%3Da%26b,5ha
        2,1123456789abcdefghjk,,'=SUM(A1),,0,,,,,,,

        """);

    [Fact]
    public void Lines_that_name_their_ballots_end_with_what_they_count()
    {
        var lines = Text(LeaderboardFormat.JsonLines, Board with { Ballots = "5ha" }).Split('\n');

        lines.Length.ShouldBe(4);
        lines[2].ShouldBe("""{"counted":{"campaign":"demo","by":"rating","position":"p0s","parameters":{"by":"rating","tag":"=a&b"},"ballots":"5ha"}}""");
    }

    private static string Text(LeaderboardFormat format, LeaderboardBody? board = null) => Encoding.UTF8.GetString(LeaderboardWriter.Write(board ?? Board, format));
}
