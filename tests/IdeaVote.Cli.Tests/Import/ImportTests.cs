namespace IdeaVote.Cli.Tests.Import;

public sealed class ImportTests : IDisposable
{
    private readonly Support.Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task An_approval_file_becomes_a_campaign_with_ideas_and_ballots()
    {
        (await cli.RunAsync("import", cli.File("Small Town_2030.pb", Pb.Approval))).ShouldBe(0);

        Sent("POST", "/campaigns").Body.ShouldBe(
            """{"key":"small-town-2030","title":"A small town decides","preset":"continuous","approve":{"max":null},"fund":{"amount":969245.38,"unit":"PLN"},"voters":{"who":"anyone"}}""");
        cli.Api.Requests.Where(request => request.Is("POST", "/ideas")).Select(request => request.Body).ShouldBe(
        [
            """{"title":"A bench","body":"","tags":["parks","rest"],"cost":12.50,"reference":"A/1"}""",
            """{"title":"A tree","body":"","tags":[],"cost":1000,"reference":"B.2"}""",
            """{"title":"A lamp","body":"","tags":["light"],"cost":70,"reference":"C 3"}""",
        ]);
        Sent("POST", "/campaigns/small-town-2030/ballots").Body.ShouldBe(
            """
            {"line":15,"voter":"ann","approve":["ref:A/1","ref:B.2"]}
            {"line":16,"voter":"bob","approve":["ref:C 3"]}
            {"line":17,"voter":"cem","approve":[]}

            """);
        cli.Out.ShouldEndWith("campaign small-town-2030\n  ideas:   3 created, 0 existing\n  ballots: 3 counted, 0 unchanged, 0 refused\n");
        cli.Error.ShouldBe("");
    }

    [Fact]
    public async Task A_points_file_becomes_a_campaign_of_investing_with_the_largest_ballots_sum()
    {
        (await cli.RunAsync("import", cli.File("p.pb", Pb.Cumulative))).ShouldBe(0);

        var campaign = Sent("POST", "/campaigns").Json;
        campaign.GetProperty("invest").GetRawText().ShouldBe("""{"budgetCredits":5}""");
        campaign.TryGetProperty("approve", out _).ShouldBeFalse();
        campaign.GetProperty("fund").GetRawText().ShouldBe("""{"amount":100,"unit":"units"}""");
        Sent("POST", "/ballots").Lines.Select(line => line.GetProperty("invest").GetRawText()).ShouldBe(
            ["""{"ref:A":3,"ref:B":2}""", """{"ref:B":4}""", "{}"]);
    }

    [Theory]
    [InlineData("max_length;3", 3)]
    [InlineData("max_length;none", 2)]
    public async Task An_order_becomes_a_campaign_of_ranking_with_the_files_places(string meta, int places)
    {
        (await cli.RunAsync("import", cli.File("p.pb", Pb.Order(meta, "ann;C,A", "bob;B", "cem;")))).ShouldBe(0, cli.Error);

        var campaign = Sent("POST", "/campaigns").Json;
        campaign.GetProperty("rank").GetRawText().ShouldBe($$"""{"maxLength":{{places}}}""");
        campaign.TryGetProperty("approve", out _).ShouldBeFalse();
        Sent("POST", "/ballots").Lines.Select(line => line.GetProperty("rank").GetRawText()).ShouldBe(["""["ref:C","ref:A"]""", """["ref:B"]""", "[]"]);

        (await cli.RunAsync("import", cli.PathOf("p.pb"))).ShouldBe(0, cli.Error);
        cli.Out.ShouldContain("0 counted, 3 unchanged, 0 refused");
        cli.Api.Campaigns["p"]["rank"]!["maxLength"] = 9;
        (await cli.RunAsync("import", cli.PathOf("p.pb"))).ShouldBe(0);
        cli.Error.ShouldContain($"campaign p ranks 9 ideas, the file {places}; Borda's points differ from the file's");
        cli.Api.Campaigns["p"].Remove("rank");
        (await cli.RunAsync("import", cli.PathOf("p.pb"))).ShouldBe(4);
    }

    [Theory]
    [InlineData("max_sum_points;10", 10)]
    [InlineData("max_sum_points;none", 5)]
    [InlineData("max_sum_points;0", 5)]
    public async Task The_files_own_limit_is_the_budget_if_it_is_one(string meta, int credits)
    {
        await cli.RunAsync("import", cli.File("p.pb", Pb.Cumulative.Replace("budget;100", meta, StringComparison.Ordinal)));

        Sent("POST", "/campaigns").Json.GetProperty("invest").GetProperty("budgetCredits").GetInt32().ShouldBe(credits);
    }

    [Fact]
    public async Task What_ballots_give_by_default_is_invested_too()
    {
        (await cli.RunAsync("import", cli.File("p.pb", Pb.ScoresOr("2", "ann;B,A;7,0", "bob;;")))).ShouldBe(0, cli.Error);

        Sent("POST", "/campaigns").Json.GetProperty("invest").GetRawText().ShouldBe("""{"budgetCredits":9}""");
        Sent("POST", "/ballots").Lines.Select(line => line.GetProperty("invest").GetRawText()).ShouldBe(["""{"ref:B":7,"ref:C":2}""", """{"ref:A":2,"ref:B":2,"ref:C":2}"""]);
        cli.Error.ShouldContain("every ballot gives the 2 points of default_score to each project that it does not name; they become investments like the others");
    }

    [Theory]
    [InlineData("max_length;2", "2")]
    [InlineData("max_length;1", "null")]
    [InlineData("max_length;none", "null")]
    public async Task The_files_own_limit_of_approvals_holds_unless_a_ballot_has_more(string meta, string max)
    {
        await cli.RunAsync("import", cli.File("p.pb", Pb.Approval.Replace("num_votes;3", meta, StringComparison.Ordinal)));

        Sent("POST", "/campaigns").Json.GetProperty("approve").GetRawText().ShouldBe($$"""{"max":{{max}}}""");
    }

    [Fact]
    public async Task A_choose_one_file_allows_one_approval()
    {
        await cli.RunAsync("import", cli.File("p.pb", Pb.Approval.Replace("approval", "choose-1", StringComparison.Ordinal)));

        Sent("POST", "/campaigns").Json.GetProperty("approve").GetRawText().ShouldBe("""{"max":1}""");
    }

    [Fact]
    public async Task Address_and_token_can_be_given_instead_of_the_environments()
    {
        cli.Environment["IDEAVOTE_URL"] = "http://elsewhere.example";
        cli.Api.Intercept = _ => FakeApi.Problem(403, "forbidden", "no");

        await cli.RunAsync("import", cli.File("p.pb", Pb.Approval));
        await cli.RunAsync("import", cli.PathOf("p.pb"), "--url", "https://ideas.example/under/", "--token", "other");

        cli.Api.Requests.Select(request => (request.Address, request.Token)).ShouldBe(
            [("http://elsewhere.example/api/v1/campaigns/p", "Bearer secret"), ("https://ideas.example/under/api/v1/campaigns/p", "Bearer other")]);
    }

    [Fact]
    public async Task A_given_title_and_key_are_used()
    {
        await cli.RunAsync("import", cli.File("p.pb", Pb.Approval), "--campaign", "mine", "--title", "My own");

        Sent("POST", "/campaigns").Json.GetProperty("key").GetString().ShouldBe("mine");
        Sent("POST", "/campaigns").Json.GetProperty("title").GetString().ShouldBe("My own");
        cli.Api.Requests.ShouldAllBe(request => request.Token == "Bearer secret");
    }

    [Fact]
    public async Task Ballots_go_in_requests_of_the_size_asked_for()
    {
        await cli.RunAsync("import", cli.File("p.pb", Pb.Many(7)), "--batch", "3");

        cli.Api.BallotPosts.Select(post => post.Lines.Count).ShouldBe([3, 3, 1]);
        cli.Api.Ballots.Count.ShouldBe(7);
        cli.Out.ShouldContain("7 counted");
    }

    [Fact]
    public async Task Ballots_are_sent_after_the_ideas_they_name_can_be_seen()
    {
        await cli.RunAsync("import", cli.File("p.pb", Pb.Approval));

        cli.Api.BallotPosts.ShouldHaveSingleItem().After.ShouldBe("p3");
    }

    [Fact]
    public async Task What_does_not_fit_is_shortened_or_told()
    {
        var categories = string.Join(',', Enumerable.Range(1, 25).Select(n => $"c{n}"));
        var text = $"META\nvote_type;approval\nPROJECTS\nproject_id;cost;name;category\nA;1;{new string('n', 201)};{categories}\nVOTES\nvoter_id;vote\nann;A\n";

        (await cli.RunAsync("import", cli.File("p.pb", text))).ShouldBe(0);

        var idea = Sent("POST", "/ideas").Json;
        idea.GetProperty("title").GetString().ShouldBe(new string('n', 199) + "…");
        idea.GetProperty("tags").GetArrayLength().ShouldBe(20);
        Sent("POST", "/campaigns").Json.GetProperty("title").GetString().ShouldBe("p");
        cli.Error.ShouldContain("p.pb:5: warning: project 'A' has more than 20 categories");
        cli.Error.ShouldContain("the campaign gets no fund");
    }

    private Sent Sent(string method, string pathEnd) => cli.Api.Requests.Single(request => request.Is(method, pathEnd));
}
