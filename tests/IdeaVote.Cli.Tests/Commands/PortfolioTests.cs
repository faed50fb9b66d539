using System.Text.Json;

namespace IdeaVote.Cli.Tests.Commands;

public sealed class PortfolioTests : IDisposable
{
    private readonly Support.Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("--rule greedy", "A 2,A/1,A3")]
    [InlineData("--rule greedy-stop", "A 2,A/1,A3")]
    [InlineData("--rule knapsack", "A 2,A/1,A3")]
    [InlineData("--rule equal-shares --completion none", "A 2,B1")]
    [InlineData("--completion none --utility cardinality", "A 2,B1")]
    [InlineData("--completion greedy", "A 2,A/1,B1")]
    [InlineData("", "A 2,A/1,B1")]
    [InlineData("--rule greedy --fund 12,5", "A 2")]
    [InlineData("--rule greedy --fund 0", "")]
    public async Task Rules_fund_what_they_should(string options, string expected)
    {
        var portfolio = await JsonAsync(Pb.Towns, options.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        string.Join(',', Ids(portfolio, "selected").Order(StringComparer.Ordinal)).ShouldBe(expected);
        (Ids(portfolio, "selected").Count() + Ids(portfolio, "rejected").Count()).ShouldBe(6);
        cli.Api.Requests.ShouldBeEmpty();
        cli.Error.ShouldBe("");
    }

    [Fact]
    public async Task Json_says_who_paid_what_and_what_the_rejected_lacked()
    {
        var portfolio = await JsonAsync(Pb.Towns, "--completion", "none", "--payments");

        portfolio.GetProperty("rule").GetString().ShouldBe("equal-shares");
        portfolio.GetProperty("utility").GetString().ShouldBe("cost");
        portfolio.GetProperty("completion").GetString().ShouldBe("none");
        portfolio.GetProperty("fund").GetRawText().ShouldBe("30");
        portfolio.GetProperty("spent").GetRawText().ShouldBe("20");
        portfolio.GetProperty("unit").GetString().ShouldBe("EUR");
        portfolio.GetProperty("voters").GetInt64().ShouldBe(10);
        portfolio.GetProperty("unrepresented").GetInt64().ShouldBe(0);
        portfolio.GetProperty("share").GetRawText().ShouldContain("\"each\": \"3\"");
        var first = portfolio.GetProperty("selected")[0];
        (first.GetProperty("idea").GetString(), first.GetProperty("reference").GetString(), first.GetProperty("title").GetString()).ShouldBe(("A 2", "A 2", "Project A 2"));
        first.GetProperty("why").GetString().ShouldBe("bought by its 6 supporters in round 1: each paid up to about 1.67");
        var payment = first.GetProperty("paid").EnumerateArray().ShouldHaveSingleItem();
        (payment.GetProperty("voters").GetInt64(), payment.GetProperty("amount").GetString()).ShouldBe((6, "5/3"));
        payment.GetProperty("total").GetString().ShouldBe("10");
        var lacking = portfolio.GetProperty("rejected")[0];
        (lacking.GetProperty("idea").GetString(), lacking.GetProperty("missing").GetRawText(), lacking.GetProperty("lacked").GetString())
            .ShouldBe(("A/1", "2", "its 6 supporters have 8 left, 2 too little"));
    }

    [Fact]
    public async Task A_table_is_for_people_and_csv_for_spreadsheets()
    {
        var file = cli.File("p.pb", Pb.Towns);

        (await cli.RunAsync("portfolio", file, "--rule", "greedy")).ShouldBe(0);
        var lines = cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).ShouldBe(["funded", "reference", "title", "cost", "score", "why"]);
        lines[^1].ShouldBe("greedy: 3 of 6 projects, 30 of 30 EUR spent; 4 of 10 voters get nothing they voted for.");

        (await cli.RunAsync("portfolio", file, "--rule", "greedy", "--format", "csv")).ShouldBe(0);
        cli.Out.ShouldStartWith(
            "selected,idea,reference,title,cost,score,reason,campaign,position,parameters,ballots\n"
            + $"1,A 2,A 2,Project A 2,10,6,\"rank 1 by score; fits, and leaves 20\",p.pb,,rule=greedy&fund=30,{Sha256(file)}\n");
        cli.Out.ShouldContain("\n0,B1,B1,Project B1,10,4,costs 10 more than what was left,,,,\n");
    }

    [Fact]
    public async Task A_file_s_portfolio_names_the_file_and_what_decided()
    {
        var portfolio = await JsonAsync(Pb.Towns, "--utility", "cardinality", "--fund", "20.50");

        portfolio.GetProperty("file").GetString()!.ShouldEndWith(".pb");
        portfolio.GetProperty("parameters").EnumerateObject().Select(each => $"{each.Name}={each.Value}")
            .ShouldBe(["rule=equal-shares", "utility=cardinality", "completion=add1u", "fund=20.5"]);
        portfolio.GetProperty("ballots").GetString().ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Pb.Towns))));
    }

    [Fact]
    public async Task Points_orders_and_scores_weigh()
    {
        Ids(await JsonAsync(Pb.Points("ann;A;3", "bob;B,C;1,4"), "--rule", "greedy", "--fund", "4"), "selected").ShouldBe(["C", "A"]);
        Ids(await JsonAsync(Pb.Order("max_length;3", "ann;C,B", "bob;B,A"), "--rule", "greedy", "--fund", "3"), "selected").ShouldBe(["B", "A"]);
        Ids(await JsonAsync(Pb.Scores("ann;A,B;9,-3", "bob;B;2"), "--rule", "greedy", "--fund", "9"), "selected").ShouldBe(["A"]);
        Ids(await JsonAsync(Pb.ScoresOr("4", "ann;A,B;9,3", "bob;A;2"), "--rule", "greedy", "--fund", "3"), "selected").ShouldBe(["A", "B"]);
        Ids(await JsonAsync(Pb.ScoresOr("8", "ann;A,B;9,3", "bob;A;2"), "--rule", "greedy", "--fund", "3"), "selected").ShouldBe(["C"]);
    }

    [Fact]
    public async Task What_is_odd_in_a_file_is_said_and_worked_around()
    {
        var file = cli.File("p.pb", Pb.Votes("voter_id;vote", "ann;A", "bob;X", "cem;B,B").Replace("C;3", "C;", StringComparison.Ordinal));

        (await cli.RunAsync("portfolio", file, "--fund", "3", "--rule", "greedy", "--format", "csv")).ShouldBe(0);

        cli.Error.ShouldBe(
            $"{file}:13: warning: the ballot names project 'B' more than once; the first counts\n"
            + $"{file}:12: left out: it names 'X', which is not among the projects\n"
            + "project 'C' has no cost; it is left out\n");
        cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_file_without_a_budget_needs_a_fund()
    {
        (await cli.RunAsync("portfolio", cli.File("p.pb", Pb.Votes("voter_id;vote", "ann;A")))).ShouldBe(2);

        cli.Error.ShouldBe("ideavote: the file gives no budget that can be read; give one with --fund\n");
    }

    [Theory]
    [InlineData("portfolio missing.pb", 3)]
    [InlineData("portfolio x.pb --from ranks", 2)]
    [InlineData("portfolio x.pb --as-of 2026-01-01T00:00:00Z", 2)]
    [InlineData("portfolio town --from duels", 2)]
    [InlineData("portfolio x.pb --fund -1", 2)]
    [InlineData("portfolio x.pb --fund much", 2)]
    [InlineData("portfolio x.pb --rule luck", 2)]
    [InlineData("portfolio x.pb --utility love", 2)]
    [InlineData("portfolio x.pb --completion more", 2)]
    [InlineData("portfolio x.pb --format xml", 2)]
    public async Task What_cannot_be_done_is_said(string line, int code)
    {
        (await cli.RunAsync(line.Split(' '))).ShouldBe(code);

        cli.Error.ShouldStartWith("ideavote: ");
        cli.Out.ShouldBe("");
        cli.Api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_campaign_is_counted_by_its_server()
    {
        cli.Api.Intercept = _ => FakeApi.Answer(System.Net.HttpStatusCode.OK, """
            {"campaign":"town","position":"p9","rule":"equal-shares","utility":"cost","completion":"add1u","from":"ratings","fund":30,"unit":"EUR","spent":10.5,
            "voters":10,"unrepresented":4,"totalScore":6,"share":{"each":"4","about":4,"unitsAdded":1},
            "selected":[{"idea":"i1","reference":null,"title":"=1+1","cost":10.5,"score":6,"supporters":6,"why":"bought","paid":[{"voters":6,"amount":"7/4","about":1.75,"total":"21/2"}]}],
            "rejected":[{"idea":"i2","reference":"B","title":null,"cost":20,"score":4,"supporters":4,"lacked":"too dear","missing":2}],
            "notConsidered":[{"idea":"i3","reference":"D","title":"d","why":"no_cost"}],
            "comparison":[{"rule":"knapsack","selected":null,"utility":null,"unrepresented":null,"spent":null,"tooLarge":"too many"}]}
            """);

        (await cli.RunAsync("portfolio", "town", "--from", "ratings", "--fund", "30", "--completion", "none", "--as-of", "2026-01-01T00:00:00Z", "--payments", "--format", "csv")).ShouldBe(0, cli.Error);

        cli.Api.Requests.ShouldHaveSingleItem().Path.ShouldBe(
            "/api/v1/campaigns/town/portfolio?rule=equal-shares&fund=30&completion=none&from=ratings&payments=true&asOf=2026-01-01T00%3A00%3A00Z&ballots=sha256");
        cli.Out.ShouldBe("selected,idea,reference,title,cost,score,reason\n1,i1,,'=1+1,10.5,6,bought\n0,i2,B,,20,4,too dear\n");

        (await cli.RunAsync("portfolio", "town", "--format", "json")).ShouldBe(0);
        var json = JsonDocument.Parse(cli.Out).RootElement;
        json.GetProperty("comparison")[0].GetProperty("tooLarge").GetString().ShouldBe("too many");
        json.GetProperty("notConsidered")[0].GetProperty("why").GetString().ShouldBe("no_cost");
        (await cli.RunAsync("portfolio", "town")).ShouldBe(0);
        cli.Out.ShouldContain("equal-shares (utility cost, completion add1u): 1 of 2 projects, 10.5 of 30 EUR spent; 4 of 10 voters get nothing they voted for. Each voter had 4.");
    }

    [Fact]
    public async Task A_refusal_of_the_server_is_shown()
    {
        cli.Api.Intercept = _ => FakeApi.Problem(400, "fund_required", "the campaign has no fund", "fund");

        (await cli.RunAsync("portfolio", "town")).ShouldBe(4);

        cli.Error.ShouldBe("ideavote: the campaign has no fund [fund] (fund_required)\n");
    }

    [Fact]
    public async Task A_file_that_is_none_is_said_to_be_so()
    {
        var file = cli.File("p.pb", "<html>");

        (await cli.RunAsync("portfolio", file)).ShouldBe(3);
        cli.Error.ShouldStartWith($"{file}:1: ");
    }

    private async Task<JsonElement> JsonAsync(string text, params string[] options)
    {
        (await cli.RunAsync(["portfolio", cli.File("p.pb", text), "--format", "json", .. options])).ShouldBe(0, cli.Error);
        return JsonDocument.Parse(cli.Out).RootElement;
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));

    private static IEnumerable<string> Ids(JsonElement portfolio, string list) =>
        portfolio.GetProperty(list).EnumerateArray().Select(each => each.GetProperty("idea").GetString()!);
}
