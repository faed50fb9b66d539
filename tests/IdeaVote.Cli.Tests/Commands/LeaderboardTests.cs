using System.Net;
using System.Text.Json;

namespace IdeaVote.Cli.Tests.Commands;

public sealed class LeaderboardTests : IDisposable
{
    private const string Ranking =
        """
        {"campaign":"town","by":"rating","position":"9","rows":[
        {"rank":1,"idea":"i1","reference":"A/1","title":"Ławka, \u001b[31mred","score":4.333333333333,"votes":3},
        {"rank":2,"idea":"i2","reference":null,"title":"=cmd|' /C calc'!A0","score":null,"votes":0}]}
        """;

    private readonly Support.Cli cli = new();

    public LeaderboardTests() => cli.Api.Intercept = _ => FakeApi.Answer(HttpStatusCode.OK, Ranking);

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task It_asks_for_what_is_asked()
    {
        await cli.RunAsync("leaderboard", "town", "--by", "rating", "--top", "7");

        cli.Api.Requests.ShouldHaveSingleItem().Path.ShouldBe("/api/v1/campaigns/town/leaderboard?by=rating&top=7");
    }

    [Fact]
    public async Task It_asks_for_everything_the_server_knows()
    {
        (await cli.RunAsync(
            "leaderboard", "town", "--by", "needs-votes", "--criterion", "use", "--tag", "a b", "--status", "planned,shipped", "--segment", "north", "--from", "2026-01-01T00:00:00Z",
            "--to", "2026-02-01T00:00:00Z", "--weights", "north:2", "--as-of", "p+1", "--prior-votes", "3", "--prior-mean", "2.5", "--places", "4", "--pool", "9.5")).ShouldBe(0, cli.Error);

        cli.Api.Requests.ShouldHaveSingleItem().Path.ShouldBe(
            "/api/v1/campaigns/town/leaderboard?by=needs-votes&top=100&criterion=use&tag=a%20b&status=planned%2Cshipped&segment=north&from=2026-01-01T00%3A00%3A00Z"
            + "&to=2026-02-01T00%3A00%3A00Z&weights=north%3A2&asOf=p%2B1&priorVotes=3&priorMean=2.5&places=4&pool=9.5");
    }

    [Fact]
    public void Every_ranking_of_the_server_can_be_asked_for() =>
        IdeaVote.Cli.Commands.LeaderboardCommand.OfCampaign.Select(name => name.Replace("-", "", StringComparison.Ordinal)).ShouldBe(
            Enum.GetNames<IdeaVote.Domain.Ranking.RankBy>().Select(name => name.ToLowerInvariant()), ignoreOrder: true);

    [Fact]
    public async Task A_table_shows_how_sure_a_score_is_where_anything_is_known_of_it()
    {
        cli.Api.Intercept = _ => FakeApi.Answer(HttpStatusCode.OK, """
            {"rows":[{"rank":1,"idea":"i1","reference":"A","title":"Bench","score":2,"votes":2,"weighted":3.5,"interval":{"low":0.20766,"high":0.938508},"noInterval":null,"explain":{"voters":3}},
            {"rank":2,"idea":"i2","title":"Tree","score":0,"votes":0,"interval":null,"noInterval":"no_votes"}]}
            """);

        (await cli.RunAsync("leaderboard", "town", "--by", "approvals")).ShouldBe(0);

        var lines = cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).ShouldBe(["rank", "reference", "title", "score", "weighted", "interval", "votes"]);
        lines[2].ShouldContain("0.21 – 0.94");
    }

    [Fact]
    public async Task The_servers_ranking_is_drawn_from_the_rows_that_are_printed()
    {
        cli.Api.Intercept = _ => FakeApi.Answer(HttpStatusCode.OK, """
            {"rows":[{"rank":1,"idea":"i1","title":"<Bench>","score":2,"votes":2,"interval":{"low":0.2,"high":0.9},"explain":{"voters":10}},
            {"rank":2,"idea":"i2","title":"Tree","score":0,"votes":0}]}
            """);
        var chart = cli.PathOf("ranking.svg");

        (await cli.RunAsync("leaderboard", "town", "--by", "approvals", "--chart", chart)).ShouldBe(0, cli.Error);

        cli.Api.Requests.Count.ShouldBe(1);
        var svg = File.ReadAllText(chart);
        svg.ShouldContain("town: by approvals");
        svg.ShouldContain("1. &lt;Bench&gt;");
        // The share's ends times ten voters: from 2 to 9 on a scale of approvals.
        svg.ShouldContain("class=\"whisker\" x1=\"358\" y1=\"69\" x2=\"631\"");
    }

    [Fact]
    public async Task A_table_is_for_people_and_steers_no_terminal()
    {
        (await cli.RunAsync("leaderboard", "town", "--by", "rating")).ShouldBe(0);

        var lines = cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4);
        lines[0].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).ShouldBe(["rank", "reference", "title", "score", "votes"]);
        lines[2].ShouldContain("Ławka, [31mred");
        lines[2].ShouldContain("4.33 ");
        cli.Out.ShouldAllBe(c => c == '\n' || !char.IsControl(c));
    }

    [Fact]
    public async Task Csv_keeps_numbers_whole_and_formulas_harmless()
    {
        (await cli.RunAsync("leaderboard", "town", "--by", "rating", "--format", "csv")).ShouldBe(0);

        cli.Out.ShouldBe(
            """
            rank,idea,reference,title,score,votes,weighted,low,high
            1,i1,A/1,"Ławka, [31mred",4.333333333333,3,,,
            2,i2,,'=cmd|' /C calc'!A0,,0,,,

            """);
    }

    [Fact]
    public async Task Json_is_what_the_server_says()
    {
        (await cli.RunAsync("leaderboard", "town", "--by", "rating", "--format", "json")).ShouldBe(0);

        JsonElement.DeepEquals(JsonDocument.Parse(cli.Out).RootElement, JsonDocument.Parse(Ranking).RootElement).ShouldBeTrue();
        cli.Out.ShouldContain("Ławka");
        cli.Out.ShouldAllBe(c => c == '\n' || !char.IsControl(c));
    }

    [Theory]
    [InlineData("table", "")]
    [InlineData("csv", "&ballots=sha256")]
    [InlineData("json", "&ballots=sha256")]
    [InlineData("xlsx", "&ballots=sha256")]
    public async Task What_is_kept_is_asked_to_name_its_ballots(string format, string wish)
    {
        (await cli.RunAsync(["leaderboard", "town", "--by", "rating", "--format", format, .. format == "xlsx" ? ["--output", cli.PathOf("l.xlsx")] : Array.Empty<string>()])).ShouldBe(0, cli.Error);

        cli.Api.Requests.ShouldHaveSingleItem().Path.ShouldBe("/api/v1/campaigns/town/leaderboard?by=rating&top=100" + wish);
    }

    [Fact]
    public async Task What_the_server_names_stands_in_the_file()
    {
        cli.Api.Intercept = _ => FakeApi.Answer(HttpStatusCode.OK, """
            {"campaign":"town","by":"approvals","position":"p9","parameters":{"by":"approvals","top":"100","tag":"=1 & 2"},"ballots":"5ha",
            "rows":[{"rank":1,"idea":"i1","score":2,"votes":2},{"rank":2,"idea":"i2","score":1,"votes":1}]}
            """);

        (await cli.RunAsync("leaderboard", "town", "--by", "approvals", "--format", "csv")).ShouldBe(0);

        cli.Out.ShouldBe(
            """
            rank,idea,reference,title,score,votes,weighted,low,high,campaign,position,parameters,ballots
            1,i1,,,2,2,,,,town,p9,by=approvals&top=100&tag=%3D1%20%26%202,5ha
            2,i2,,,1,1,,,,,,,

            """);
    }

    [Fact]
    public async Task Without_the_scope_for_it_the_file_comes_all_the_same_and_that_is_said()
    {
        cli.Api.Intercept = sent => sent.Path.Contains("ballots=", StringComparison.Ordinal)
            ? FakeApi.Problem(403, "forbidden", "for tokens with the scope export", "ballots")
            : FakeApi.Answer(HttpStatusCode.OK, Ranking);

        (await cli.RunAsync("leaderboard", "town", "--by", "rating", "--format", "csv")).ShouldBe(0);

        cli.Out.ShouldStartWith("rank,idea,reference,title,score,votes,weighted,low,high\n");
        cli.Error.ShouldContain("the ballots counted are not named: that needs a token with the scope export");
    }

    [Fact]
    public async Task A_refusal_is_shown_with_its_code()
    {
        cli.Api.Intercept = _ => FakeApi.Problem(403, "scores_hidden", "scores are hidden until the review", "by");

        (await cli.RunAsync("leaderboard", "town", "--by", "rating")).ShouldBe(4);

        cli.Error.ShouldBe("ideavote: scores are hidden until the review [by] (scores_hidden)\n");
        cli.Out.ShouldBe("");
    }

    [Theory]
    [InlineData("<html>", "text/html")]
    [InlineData("[]", "application/json")]
    [InlineData("{\"rows\":null}", "application/json")]
    [InlineData("{", "application/json")]
    public async Task An_answer_of_something_else_than_the_api_is_said_to_be_so(string body, string type)
    {
        cli.Api.Intercept = _ => FakeApi.Answer(HttpStatusCode.OK, body, type);

        (await cli.RunAsync("leaderboard", "town", "--by", "rating")).ShouldBe(4);

        cli.Error.ShouldContain("check --url");
    }

    [Fact]
    public async Task A_redirect_is_not_followed_but_shown()
    {
        cli.Api.Intercept = _ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.MovedPermanently);
            answer.Headers.Location = new Uri("https://ideas.example/");
            return answer;
        };

        (await cli.RunAsync("leaderboard", "town", "--by", "rating")).ShouldBe(4);

        cli.Error.ShouldContain("points to https://ideas.example/; use that address as --url");
    }
}
