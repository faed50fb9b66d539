using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Leaderboards and portfolios as spreadsheets.</summary>
public sealed class SpreadsheetTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Theory]
    [InlineData("leaderboard?by=approvals&format=xlsx", "rank,idea,reference,title,score,votes,weighted,low,high", "n s s s n n - n n", "approvals")]
    [InlineData("portfolio?fund=5&format=xlsx", "selected,idea,reference,title,cost,score,reason", "n s s s n n s", "portfolio")]
    public async Task Numbers_are_numbers_and_texts_no_formulas(string path, string header, string types, string name)
    {
        var campaign = await server.CampaignAsync();
        await server.Admin.PostAsync($"campaigns/{campaign}/ideas", """{"title":"=HYPERLINK(\"http://example.com\")","reference":"+1","cost":2.5}""").Expect(201);
        await server.CastAsync(campaign, """{"voter":"1","approve":["ref:+1"]}""");

        var answer = await server.Anyone.GetAsync($"campaigns/{campaign}/{path}").Expect(200);
        answer.ContentType.ShouldBe(Xlsx);
        answer.Headers["Content-Disposition"].ShouldBe($"attachment; filename=\"{campaign}-{name}.xlsx\"");
        using var document = SpreadsheetDocument.Open(new MemoryStream(answer.Bytes), isEditable: false);
        new OpenXmlValidator().Validate(document).Select(error => error.Description).ShouldBeEmpty();
        var sheet = document.WorkbookPart!.WorksheetParts.Single().Worksheet;
        sheet.Descendants<CellFormula>().ShouldBeEmpty();
        sheet.Descendants<Pane>().Single().VerticalSplit!.Value.ShouldBe(1);
        var rows = sheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToList()).ToList();
        string.Join(',', rows[0].Select(cell => cell.InnerText)).ShouldBe(header);
        string.Join(' ', rows[1].Select(cell => cell.InlineString is not null ? "s" : cell.CellValue is not null ? "n" : "-")).ShouldBe(types);
        rows[1].Select(cell => cell.InnerText).ShouldContain("=HYPERLINK(\"http://example.com\")");
        (await server.Anyone.With("Accept", Xlsx).GetAsync($"campaigns/{campaign}/{path.Replace("&format=xlsx", "", StringComparison.Ordinal)}").Expect(200)).ContentType.ShouldBe(Xlsx);
    }
}
