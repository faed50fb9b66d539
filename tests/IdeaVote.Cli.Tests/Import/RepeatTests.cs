namespace IdeaVote.Cli.Tests.Import;

public sealed class RepeatTests : IDisposable
{
    private readonly Support.Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_repeat_finds_everything_there_and_sends_the_same_ballots()
    {
        var file = cli.File("p.pb", Pb.Approval);
        await cli.RunAsync("import", file);
        var first = Writes();
        cli.Api.Requests.Clear();

        (await cli.RunAsync("import", file)).ShouldBe(0);

        Writes().ShouldBe(first.Where(write => !write.Path.EndsWith("/campaigns", StringComparison.Ordinal)));
        cli.Out.ShouldContain("0 created, 3 existing");
        cli.Out.ShouldContain("0 counted, 3 unchanged, 0 refused");
        cli.Error.ShouldContain("campaign p is already there");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Interrupted_anywhere_a_repeat_completes_with_the_same_requests(int interruptedAt)
    {
        using var whole = new Support.Cli();
        await whole.RunAsync("import", whole.File("p.pb", Pb.Many(4)), "--batch", "2");
        var file = cli.File("p.pb", Pb.Many(4));
        using (var cancel = new CancellationTokenSource())
        {
            cli.Api.Intercept = _ => Interrupt(cancel, interruptedAt);
            (await cli.RunAsync(cancel.Token, "import", file, "--batch", "2")).ShouldBe(interruptedAt <= 5 ? 130 : 0);
        }
        cli.Api.Intercept = _ => null;

        (await cli.RunAsync("import", file, "--batch", "2")).ShouldBe(0);

        cli.Api.Ballots.ShouldBe(whole.Api.Ballots);
        Writes().Distinct().ShouldBe(Writes(whole));
    }

    [Fact]
    public async Task An_interruption_says_how_to_go_on()
    {
        using var cancel = new CancellationTokenSource();
        cli.Api.Intercept = _ => Interrupt(cancel, 4);

        (await cli.RunAsync(cancel.Token, "import", cli.File("p.pb", Pb.Many(4)), "--batch", "2")).ShouldBe(130);

        cli.Error.ShouldContain("the same command again goes on and counts nothing twice");
        cli.Out.ShouldContain("1 created");
    }

    [Fact]
    public async Task An_idea_edited_since_stays_and_its_ballots_count()
    {
        var file = cli.File("p.pb", Pb.Approval);
        await cli.RunAsync("import", file);
        cli.Api.Ideas["B.2"]["title"] = "An edited tree";
        cli.Api.Ballots.Clear();

        (await cli.RunAsync("import", file)).ShouldBe(0);

        cli.Error.ShouldContain("idea 'B.2' is already there with other content; it stays as it is");
        cli.Out.ShouldContain("0 created, 3 existing");
        cli.Api.Ballots.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_campaign_that_cannot_take_the_ballots_is_left_alone()
    {
        await cli.RunAsync("import", cli.File("p.pb", Pb.Approval), "--campaign", "town");
        cli.Api.Requests.Clear();

        (await cli.RunAsync("import", cli.File("q.pb", Pb.Cumulative), "--campaign", "town")).ShouldBe(4);

        cli.Error.ShouldContain("campaign town has no investing");
        cli.Api.Requests.ShouldAllBe(request => request.Method == "GET");
    }

    [Fact]
    public async Task A_smaller_budget_than_the_files_is_told()
    {
        await cli.RunAsync("import", cli.File("p.pb", Pb.Cumulative));
        cli.Api.Campaigns["p"]["invest"]!["budgetCredits"] = 4;

        (await cli.RunAsync("import", cli.PathOf("p.pb"))).ShouldBe(0);

        cli.Error.ShouldContain("gives 4 credits, the file up to 5");
    }

    // Requests come in the order campaign lookup, campaign, idea, two batches of ballots.
    private HttpResponseMessage? Interrupt(CancellationTokenSource cancel, int at)
    {
        if (cli.Api.Requests.Count != at)
            return null;
        cancel.Cancel();
        throw new OperationCanceledException(cancel.Token);
    }

    private List<(string Path, string? Key, string Body)> Writes() => Writes(cli);

    private static List<(string Path, string? Key, string Body)> Writes(Support.Cli cli) =>
        [.. cli.Api.Requests.Where(request => request.Method == "POST").Select(request => (request.Path, request.IdempotencyKey, request.Body))];
}
