using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace IdeaVote.Cli.Tests.Commands;

public sealed class SpreadsheetTests : IDisposable
{
    private readonly Support.Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("portfolio --rule greedy", "selected,idea,reference,title,cost,score,reason", "1,A 2,A 2,Project A 2,10,6,rank 1 by score; fits, and leaves 20")]
    [InlineData("leaderboard --by score", "rank,idea,reference,title,score,votes,weighted,low,high", "1,A/1,A/1,Project A/1,6,6,,,")]
    public async Task Tables_become_sheets(string command, string header, string first)
    {
        var parts = command.Split(' ');

        (await cli.RunAsync([parts[0], cli.File("p.pb", Pb.Towns), .. parts[1..], "--format", "xlsx", "--output", cli.PathOf("p.xlsx")])).ShouldBe(0, cli.Error);

        cli.Out.ShouldBe("");
        using var document = SpreadsheetDocument.Open(cli.PathOf("p.xlsx"), isEditable: false);
        var rows = Rows(document, 0);
        rows[0].ShouldBe(header);
        rows[1].ShouldBe(first);
        rows.Count.ShouldBe(7);
        document.WorkbookPart!.Workbook.Descendants<Sheet>().ElementAt(1).Name!.Value.ShouldBe("About");
        var about = Rows(document, 1);
        about[0].ShouldBe("campaign,p.pb");
        about[^1].ShouldBe($"ballots,{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(cli.PathOf("p.pb"))))}");
    }

    private static List<string> Rows(SpreadsheetDocument document, int sheet)
    {
        var id = document.WorkbookPart!.Workbook.Descendants<Sheet>().ElementAt(sheet).Id!;
        return [.. ((WorksheetPart)document.WorkbookPart.GetPartById(id!)).Worksheet.Descendants<Row>().Select(row => string.Join(',', row.Elements<Cell>().Select(cell => cell.InnerText)))];
    }

    [Theory]
    [InlineData("portfolio x.pb --format xlsx", "--format xlsx writes a file; name it with --output")]
    [InlineData("leaderboard x.pb --by score --output x.csv --format csv", "--output is for --format xlsx; other formats go to stdout")]
    [InlineData("export town --format pb --after p", "--after is for --format jsonl")]
    [InlineData("export town --from ranks", "--from is for --format pb")]
    [InlineData("export town --as-of p", "--as-of is for --format pb")]
    [InlineData("export town --what ballots --format pb", "--format pb writes the election; ballots are written as jsonl or csv")]
    public async Task A_sheet_needs_a_file_and_nothing_else_has_one(string line, string error)
    {
        (await cli.RunAsync(line.Split(' '))).ShouldBe(2);

        cli.Error.ShouldBe($"ideavote: {error}\n");
        cli.Api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_election_is_exported_whole_or_not_at_all()
    {
        cli.Api.Intercept = _ => FakeApi.Answer(System.Net.HttpStatusCode.OK, "META\nkey;value\n", "text/plain");
        (await cli.RunAsync("export", "town", "--format", "pb", "--from", "ranks", "--output", cli.PathOf("t.pb"))).ShouldBe(0, cli.Error);
        cli.Api.Requests.ShouldHaveSingleItem().Path.ShouldBe("/api/v1/campaigns/town/election.pb?from=ranks");
        (await File.ReadAllTextAsync(cli.PathOf("t.pb"))).ShouldBe("META\nkey;value\n");
        (await cli.RunAsync("export", "town", "--format", "pb")).ShouldBe(0);
        cli.Out.ShouldBe("META\nkey;value\n");
        (await cli.RunAsync("export", "town", "--format", "pb", "--as-of", "2026-09-01T08:00:00Z")).ShouldBe(0);
        cli.Api.Requests[^1].Path.ShouldBe("/api/v1/campaigns/town/election.pb?asOf=2026-09-01T08%3A00%3A00Z");

        cli.Api.Intercept = _ => FakeApi.Broken("META\nke");
        (await cli.RunAsync("export", "town", "--format", "pb", "--output", cli.PathOf("t.pb"))).ShouldBe(4);
        (await File.ReadAllTextAsync(cli.PathOf("t.pb"))).ShouldBe("META\nkey;value\n");
        File.Exists(cli.PathOf("t.pb.part")).ShouldBeFalse();
    }
}
