using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>A leaderboard or portfolio that is kept names what it counts: the position, the parameters and the ballots that the head vouches for.</summary>
public sealed class NamedBallotsTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Header = "IdeaVote-Ballots-Sha256";

    [Theory]
    [InlineData("leaderboard?by=approvals")]
    [InlineData("leaderboard?by=bayesian&priorVotes=2.50")]
    [InlineData("leaderboard?by=approvals&segment=north")]
    [InlineData("leaderboard?by=rating&weights=north:2")]
    [InlineData("portfolio?fund=5&from=approvals")]
    public async Task They_are_those_of_the_head_at_the_position_named(string path)
    {
        var campaign = await ElectionAsync();
        var plain = await server.Admin.GetAsync($"campaigns/{campaign}/{path}").Expect(200);
        var answer = await server.Admin.GetAsync($"campaigns/{campaign}/{path}&ballots=sha256").Expect(200);

        var position = answer.Text("position");
        var head = SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head?position={position}").Expect(200)).Bytes);
        head.Position.ShouldBe(position);
        answer.Text("ballots").ShouldBe(head.Ballots);
        answer.Headers[Header].ShouldBe(head.Ballots);
        answer.At("rows")?.ToJsonString().ShouldBe(plain.At("rows")!.ToJsonString());
        answer.At("selected")?.ToJsonString().ShouldBe(plain.At("selected")!.ToJsonString());
        answer.At("parameters")!.ToJsonString().ShouldBe(plain.At("parameters")!.ToJsonString());
        plain.At("ballots").ShouldBeNull();
        plain.Headers.ContainsKey(Header).ShouldBeFalse();

        await server.CastAsync(campaign, """{"voter":"late","approve":["ref:1"]}""");
        var then = await server.Admin.GetAsync($"campaigns/{campaign}/{path}&ballots=sha256&asOf={position}").Expect(200);
        then.Text("ballots").ShouldBe(head.Ballots);
        (await server.Admin.GetAsync($"campaigns/{campaign}/{path}&ballots=sha256").Expect(200)).Text("ballots").ShouldNotBe(head.Ballots);
    }

    [Fact]
    public async Task Parameters_say_also_what_the_feed_knows_things_as()
    {
        var campaign = await ElectionAsync();
        var answer = await server.Admin.GetAsync(
            $"campaigns/{campaign}/leaderboard?by=rating&criterion=overall&tag=green&segment=north&status=planned,published&from=2026-01-01T01:00:00%2B01:00&top=7").Expect(200);

        var parameters = answer.At("parameters")!.AsObject();
        parameters.Select(each => each.Key).ShouldBe(["by", "top", "criterion", "criterionNumber", "tag", "tagId", "status", "segment", "segmentId", "from"]);
        parameters["criterionNumber"]!.GetValue<string>().ShouldBe("1");
        parameters["from"]!.GetValue<string>().ShouldBe("2026-01-01T00:00:00.000Z");
        parameters["status"]!.GetValue<string>().ShouldBe("published,planned");
        var segment = (await server.FeedAsync(campaign)).Select(line => line.At("segment")?.GetValue<string>()).First(each => each is not null);
        parameters["segmentId"]!.GetValue<string>().ShouldBe(segment);
    }

    [Fact]
    public async Task Files_name_them_too()
    {
        var campaign = await ElectionAsync();
        var head = SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head").Expect(200)).Bytes);
        foreach (var path in new[] { "leaderboard?by=approvals", "portfolio?fund=5" })
        {
            var csv = (await server.Admin.GetAsync($"campaigns/{campaign}/{path}&format=csv&ballots=sha256").Expect(200)).Lines;
            csv[0].ShouldEndWith(",campaign,position,parameters,ballots");
            csv[1].ShouldContain($",{campaign},{head.Position},");
            csv[1].ShouldEndWith(head.Ballots);
            csv.Skip(2).ShouldAllBe(line => line.EndsWith(",,,,"));

            var xlsx = await server.Admin.GetAsync($"campaigns/{campaign}/{path}&format=xlsx&ballots=sha256").Expect(200);
            using var document = SpreadsheetDocument.Open(new MemoryStream(xlsx.Bytes), isEditable: false);
            new OpenXmlValidator().Validate(document).Select(error => error.Description).ShouldBeEmpty();
            var sheet = document.WorkbookPart!.Workbook.Descendants<Sheet>().Single(each => each.Name == "About");
            var about = ((WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!)).Worksheet.Descendants<Row>().Select(row => string.Join('=', row.Elements<Cell>().Select(cell => cell.InnerText))).ToList();
            about.ShouldContain($"position={head.Position}");
            about.ShouldContain($"ballots={head.Ballots}");
        }
        var lines = (await server.Admin.GetAsync($"campaigns/{campaign}/leaderboard?by=approvals&format=jsonl&ballots=sha256").Expect(200)).Lines;
        lines[^1].ShouldStartWith("{\"counted\":{");
        lines[^1].ShouldContain(head.Ballots);
        var pb = await server.Admin.GetAsync($"campaigns/{campaign}/election.pb?from=ratings").Expect(200);
        pb.Lines.ShouldContain(line => line.StartsWith("comment;") && line.Contains($"position {head.Position}, from=ratings, ballots sha256 {head.Ballots}"));
        pb.Headers[Header].ShouldBe(head.Ballots);
    }

    [Theory]
    [InlineData("leaderboard")]
    [InlineData("portfolio")]
    public async Task They_are_for_those_who_may_read_the_feed(string path)
    {
        var campaign = await ElectionAsync();

        await server.Anyone.GetAsync($"campaigns/{campaign}/{path}?fund=5&ballots=sha256".Replace(path == "leaderboard" ? "fund=5&" : "none", "", StringComparison.Ordinal)).Refused(403, "forbidden", "ballots");
        await server.Admin.GetAsync($"campaigns/{campaign}/{path}?ballots=md5").Refused(400, "invalid_field", "ballots");
    }

    private async Task<string> ElectionAsync()
    {
        var campaign = await server.CampaignAsync();
        foreach (var reference in new[] { "1", "2", "3" })
            await server.Admin.PostAsync($"campaigns/{campaign}/ideas", $$"""{"title":"Idea {{reference}}","reference":"{{reference}}","cost":2.5,"tags":["green"]}""").Expect(201);
        await server.CastInTurnAsync(
            campaign,
            """{"voter":"a","segment":"north","approve":["ref:1"],"rate":{"ref:1":{"overall":4},"ref:2":{"overall":2}}}""",
            """{"voter":"b","segment":"south","approve":["ref:1","ref:2"],"rate":{"ref:2":{"overall":5}}}""",
            """{"voter":"c","approve":["ref:3"]}""");
        return campaign;
    }
}
