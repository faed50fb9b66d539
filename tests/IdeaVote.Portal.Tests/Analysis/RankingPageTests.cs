using System.Text.RegularExpressions;
using IdeaVote.Engine.Accounts;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Portal.Tests.Support;

namespace IdeaVote.Portal.Tests.Analysis;

/// <summary>The leaderboard's page and its files.</summary>
public sealed partial class RankingPageTests(PortalHost server) : IClassFixture<PortalHost>
{
    private const string Methods = """ "approve":{},"rate":{"criteria":[{"key":"use","weight":3},{"key":"fun","weight":1}]},"invest":{"budgetCredits":100} """;

    [Fact]
    public async Task A_stranger_sees_ranks_scores_intervals_and_what_made_them()
    {
        var campaign = await VotedAsync();
        var page = await server.Browser().ReadAsync($"/c/{campaign}/leaderboard");

        Rows(page).ShouldBe(["1 Bench", "2 Park", "2 Tree"]);
        page.ShouldContain("of voters");
        page.ShouldContain("class=\"whisker\"");
        page.ShouldContain("<dt>share of voters</dt>");
        page.ShouldNotContain("name=\"segment\"");
        page.ShouldNotContain("Link to just this state");
    }

    [Theory]
    [InlineData("by=rating", "1 Park", "2 Bench", "3 Tree")]
    [InlineData("by=rating&criterion=fun", "1 Bench", "2 Park", "3 Tree")]
    [InlineData("by=invested", "1 Tree", "2 Park", "3 Bench")]
    [InlineData("by=invested&top=1", "1 Tree")]
    // What means nothing to a ranking stays out of the way when the ranking is changed.
    [InlineData("by=invested&criterion=fun&places=3&pool=100", "1 Tree", "2 Park", "3 Bench")]
    public async Task Any_ranking_can_be_chosen(string query, params string[] rows) =>
        Rows(await server.Browser().ReadAsync($"/c/{await VotedAsync()}/leaderboard?{query}")).ShouldBe(rows);

    [Fact]
    public async Task Two_rankings_stand_side_by_side()
    {
        var page = await server.Browser().ReadAsync($"/c/{await VotedAsync()}/leaderboard?by=rating&vs=invested");

        page.ShouldContain("class=\"slopes\"");
        page.ShouldContain("Kendall's τ -0.33 over 3 ideas");
        page.ShouldContain("2 places better");
        page.ShouldContain("1 place worse");
    }

    [Theory]
    [InlineData("csv", "")]
    [InlineData("xlsx", "?by=rating")]
    [InlineData("jsonl", "?by=invested&top=2")]
    [InlineData("svg", "?by=rating")]
    public async Task Files_have_the_bytes_of_the_api_and_are_never_pages(string ending, string query)
    {
        var campaign = await VotedAsync();
        var file = await server.Browser().LookAsync($"/c/{campaign}/leaderboard.{ending}{query}");
        var path = ending == "svg" ? $"leaderboard.svg{query}" : $"leaderboard{query}{(query.Length == 0 ? "?" : "&")}format={ending}";
        var answer = await server.Anyone.GetAsync($"campaigns/{campaign}/{path}").Expect(200);

        (file.Status, file.IsFile(), file.Headers["Content-Type"]).ShouldBe((200, true, answer.ContentType));
        file.Html.ShouldBe(answer.Body);
    }

    [Fact]
    public async Task Hidden_scores_are_for_those_who_may_export()
    {
        var campaign = await VotedAsync(""","hideScores":true""");
        foreach (var visitor in new[] { server.Browser(), await server.SignedInAsync(Role.Customer) })
        {
            foreach (var path in new[] { "leaderboard", "leaderboard?by=nonsense", "leaderboard.csv", "leaderboard.svg" })
            {
                var seen = await visitor.LookAsync($"/c/{campaign}/{path}");
                seen.Status.ShouldBe(403, path);
                seen.Html.ShouldContain("Scores stay hidden until voting has closed.");
                seen.Html.ShouldNotContain("Bench");
            }
        }
        Rows(await (await server.SignedInAsync(Role.Analyst)).ReadAsync($"/c/{campaign}/leaderboard")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Segments_times_weights_and_the_past_are_for_analysts()
    {
        var campaign = await VotedAsync();
        var (customer, analyst) = (await server.SignedInAsync(Role.Customer), await server.SignedInAsync(Role.Analyst));
        foreach (var query in new[] { "segment=north", "since=2029-01-01", "until=2031-01-01", "weights=north:2", "asOf=2029-01-01T00:00" })
        {
            (await customer.LookAsync($"/c/{campaign}/leaderboard?{query}")).Status.ShouldBe(403, query);
            (await analyst.LookAsync($"/c/{campaign}/leaderboard?{query}")).Status.ShouldBe(200, query);
        }
        Rows(await analyst.ReadAsync($"/c/{campaign}/leaderboard?segment=north")).ShouldBe(["1 Park", "1 Bench", "1 Tree"]);
        (await analyst.ReadAsync($"/c/{campaign}/leaderboard?until=2029-01-01")).ShouldNotContain("3 voters");
    }

    [Fact]
    public async Task The_link_to_a_state_shows_it_for_ever()
    {
        var campaign = await VotedAsync();
        var analyst = await server.SignedInAsync(Role.Analyst);
        var link = StateLink().Match(await analyst.ReadAsync($"/c/{campaign}/leaderboard?by=invested")).Groups[1].Value;
        await server.CastAsync(campaign, """{"voter":"late","invest":{"ref:Bench":100}}""");

        Rows(await analyst.ReadAsync(link)).ShouldBe(["1 Tree", "2 Park", "3 Bench"]);
        Rows(await analyst.ReadAsync($"/c/{campaign}/leaderboard?by=invested"))[0].ShouldBe("1 Bench");
    }

    [Theory]
    [InlineData("by=nonsense", "There are too many ideas for this ranking, or there is no such ranking.")]
    [InlineData("by=borda", "This way to vote is off in this campaign.")]
    [InlineData("top=0", "Rows are a whole number from 1 to 1,000.")]
    [InlineData("status=nonsense", "There is no such status.")]
    [InlineData("since=yesterday", "Give the day as 2026-09-01.")]
    public async Task What_makes_no_sense_is_said_above_the_form(string query, string text)
    {
        var seen = await server.Browser().LookAsync($"/c/{await VotedAsync()}/leaderboard?{query}");

        seen.Status.ShouldBeOneOf(400, 409);
        System.Net.WebUtility.HtmlDecode(seen.Html).ShouldContain(text);
        seen.Html.ShouldContain("<select id=\"by\"");
    }

    [Fact]
    public async Task Empty_fields_leave_the_address()
    {
        var campaign = await VotedAsync();
        var seen = await server.Browser().LookAsync($"/c/{campaign}/leaderboard?by=rating&vs=&tag=&top=&utm=x");

        (seen.Status, seen.Location).ShouldBe((302, $"/c/{campaign}/leaderboard?by=rating"));
    }

    [Fact]
    public async Task Without_ideas_it_says_so_and_hostile_titles_are_texts()
    {
        var campaign = await server.CampaignAsync(Methods);
        (await server.Browser("de").ReadAsync($"/c/{campaign}/leaderboard")).ShouldContain("Sobald es Ideen gibt");

        await server.IdeaAsync(campaign, "<img src=x onerror=alert(1)>");
        (await server.Browser().LookAsync($"/c/{campaign}/leaderboard?by=approvals&vs=rating")).Html.ShouldNotContain("<img");
    }

    private async Task<string> VotedAsync(string more = "")
    {
        var campaign = await server.CampaignAsync(Methods + more);
        await server.IdeasAsync(campaign, "Park", "Bench", "Tree");
        await server.CastAsync(
            campaign,
            """{"voter":"a","approve":["ref:Bench","ref:Park"],"rate":{"ref:Park":{"use":5,"fun":3},"ref:Bench":{"use":4,"fun":5}}}""",
            """{"voter":"b","approve":["ref:Bench","ref:Tree"],"rate":{"ref:Tree":{"use":2,"fun":2}},"invest":{"ref:Tree":60}}""",
            """{"voter":"c","approve":["ref:Bench"],"invest":{"ref:Park":20}}""");
        return campaign;
    }

    private static List<string> Rows(string page) =>
        [.. Row().Matches(page).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}")];

    [GeneratedRegex("""<td role="cell" class="rank">(?<g1>\d+)</td>\s*<th[^>]*>\s*<a [^>]*>(?<g2>[^<]+)</a>""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Row();

    [GeneratedRegex("<a href=\"(?<g1>[^\"]+)\">Link to just this state", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex StateLink();
}
