using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests.Analysis;

/// <summary>The portfolio's page and its files.</summary>
public sealed partial class PortfolioPageTests(PortalHost server) : IClassFixture<PortalHost>
{
    private const string Fund = """ "approve":{},"fund":{"amount":30,"unit":"EUR"} """;

    [Fact]
    public async Task It_shows_what_is_funded_who_pays_and_what_the_others_lacked()
    {
        var page = await server.Browser().ReadAsync($"/c/{await TownAsync()}/portfolio?completion=none");

        page.ShouldContain("1 idea is funded");
        page.ShouldContain("10\u00a0EUR of 30\u00a0EUR spent (33.3\u00a0%)");
        page.ShouldContain("class=\"fund-bar\"");
        page.ShouldContain("2 × 5\u00a0EUR = 10\u00a0EUR.");
        page.ShouldContain("Support: nobody voted for it");
        page.ShouldContain("5\u00a0EUR were missing");
        page.ShouldContain("1 idea has no cost and was not considered");
        page.ShouldContain("3 voters count. Each began with 10\u00a0EUR. 1 gets nothing they support.");
    }

    [Fact]
    public async Task Rules_stand_side_by_side()
    {
        var campaign = await TownAsync();
        var page = await server.Browser().ReadAsync($"/c/{campaign}/portfolio?fund=12&completion=none");

        Rules().Matches(page).Select(row => string.Join(' ', row.Groups.Values.Skip(1).Select(group => group.Value)))
            .ShouldBe(["Equal shares 0 0 3 0\u00a0EUR", "By score 1 2 1 10\u00a0EUR", "By score, stopping 1 2 1 10\u00a0EUR", "Most score 1 2 1 10\u00a0EUR"]);
        page.ShouldContain($"/c/{campaign}/portfolio?fund=12&rule=greedy&completion=none");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Files_have_the_bytes_of_the_api(string ending)
    {
        var campaign = await TownAsync();
        var file = await server.Browser().LookAsync($"/c/{campaign}/portfolio.{ending}?rule=greedy");
        var answer = await server.Anyone.GetAsync($"campaigns/{campaign}/portfolio?rule=greedy&format={ending}").Expect(200);

        (file.Status, file.IsFile(), file.Headers["Content-Type"]).ShouldBe((200, true, answer.ContentType));
        // A spreadsheet is packed anew each time, under new ids.
        if (ending != "xlsx")
            file.Html.ShouldBe(answer.Body);
    }

    [Fact]
    public async Task Ballots_are_for_those_who_may_export()
    {
        var campaign = await TownAsync();
        var (customer, analyst) = (await server.SignedInAsync(Role.Customer), await server.SignedInAsync(Role.Analyst));

        (await server.Browser().LookAsync($"/c/{campaign}/election.pb")).Status.ShouldBe(302);
        (await customer.LookAsync($"/c/{campaign}/election.pb")).Status.ShouldBe(403);
        (await customer.LookAsync($"/c/{campaign}/portfolio?asOf=2029-01-01T00:00")).Status.ShouldBe(403);
        (await customer.LookAsync($"/c/{campaign}/portfolio.json?payments=true")).Status.ShouldBe(403);
        (await analyst.LookAsync($"/c/{campaign}/election.pb")).Html.ShouldContain("PROJECTS");
        (await analyst.ReadAsync($"/c/{campaign}/portfolio?fund=30&asOf=2029-01-01T00:00")).ShouldNotContain("Park");
    }

    [Fact]
    public async Task Hidden_scores_are_for_those_who_may_export()
    {
        var campaign = await TownAsync(""","hideScores":true""");
        foreach (var path in new[] { "portfolio", "portfolio?fund=nonsense", "portfolio.json", "portfolio.csv" })
            (await server.Browser().LookAsync($"/c/{campaign}/{path}")).Status.ShouldBe(403, path);
        (await (await server.SignedInAsync(Role.Analyst)).ReadAsync($"/c/{campaign}/portfolio")).ShouldContain("Park");
    }

    [Theory]
    [InlineData("fund=-1", "The fund is a number")]
    [InlineData("rule=nonsense", "This rule does not work here")]
    [InlineData("fund=1e3", "The fund is a number")]
    [InlineData("from=ranks", "This way to vote is off")]
    public async Task What_makes_no_sense_is_said_above_the_form(string query, string text)
    {
        var seen = await server.Browser().LookAsync($"/c/{await TownAsync()}/portfolio?{query}");

        seen.Status.ShouldBeOneOf(400, 409);
        seen.Html.ShouldContain(text);
        seen.Html.ShouldContain("name=\"fund\"");
    }

    [Fact]
    public async Task Without_a_fund_there_is_no_such_page()
    {
        var campaign = await server.CampaignAsync();
        var seen = await server.Browser().LookAsync($"/c/{campaign}/portfolio");

        seen.Status.ShouldBe(404);
        seen.Html.ShouldContain("This campaign has no fund to divide.");
        (await server.Browser().ReadAsync($"/c/{campaign}")).ShouldNotContain($"/c/{campaign}/portfolio");
    }

    private async Task<string> TownAsync(string more = "")
    {
        var campaign = await server.CampaignAsync(Fund + more);
        foreach (var (title, cost) in new[] { ("Park", 10m), ("Bench", 15m), ("Tree", 1m), ("Wall", default(decimal?)) })
        {
            var idea = new JsonObject { ["title"] = title, ["reference"] = title };
            if (cost is { } known)
                idea["cost"] = known;
            await server.Admin.PostAsync($"campaigns/{campaign}/ideas", idea.ToJsonString()).Expect(201);
        }
        await server.CastAsync(
            campaign, """{"voter":"a","approve":["ref:Park"]}""", """{"voter":"b","approve":["ref:Park"]}""", """{"voter":"c","approve":["ref:Bench"]}""");
        return campaign;
    }

    [GeneratedRegex("""<th scope="row"><a href="[^"]*rule=[^>]*>(?<g1>[^<]+)</a></th>\s*<td class="number">(?<g2>[^<]+)</td>\s*<td class="number">(?<g3>[^<]+)</td>\s*<td class="number">(?<g4>[^<]+)</td>\s*<td class="number">(?<g5>[^<]+)</td>""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Rules();
}
