namespace IdeaVote.Cli.Tests.Import;

public sealed class RefusalTests : IDisposable
{
    private readonly Support.Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Ballots_the_file_spoils_and_ballots_the_server_refuses_are_named_by_line_and_reason()
    {
        var file = cli.File("p.pb", Pb.Approval.Replace("bob;C 3", "bob;nothing", StringComparison.Ordinal));
        cli.Api.JudgeBallot = ballot => ballot.GetProperty("voter").GetString() == "ann"
            ? new { line = 15, status = "refused", code = "not_eligible", detail = "ann is not on the roll" }
            : null;

        (await cli.RunAsync("import", file)).ShouldBe(1);

        cli.Out.ShouldContain("1 counted, 0 unchanged, 2 refused");
        cli.Error.ShouldBe(
            $"{file}:15: refused: ann is not on the roll (not_eligible)\n{file}:16: refused: it names 'nothing', which is not among the projects\n");
        cli.Api.Ballots.Keys.ShouldBe(["cem"]);
    }

    [Fact]
    public async Task Of_very_many_refusals_the_first_twenty_are_shown_and_the_rest_counted()
    {
        cli.Api.JudgeBallot = ballot => new { line = ballot.GetProperty("line").GetInt32(), status = "refused", code = "stage_closed", detail = "voting is over" };

        (await cli.RunAsync("import", cli.File("p.pb", Pb.Many(30)))).ShouldBe(1);

        var lines = cli.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(21);
        lines[0].ShouldEndWith("p.pb:10: refused: voting is over (stage_closed)");
        lines[19].ShouldContain("p.pb:29: ");
        lines[20].ShouldEndWith("p.pb: and 10 more refused ballots");
        cli.Out.ShouldContain("30 refused");
    }

    [Fact]
    public async Task A_ballot_longer_than_the_server_takes_is_refused_here()
    {
        var file = cli.File("p.pb", Pb.Many(1) + new string('v', 256 * 1024) + ";A\nbob;A\n");

        (await cli.RunAsync("import", file)).ShouldBe(1);

        cli.Error.ShouldContain("p.pb:11: refused: the ballot is longer than 256 KiB");
        cli.Api.Ballots.Keys.ShouldBe(["v1", "bob"]);
    }

    [Fact]
    public async Task Hostile_text_of_file_and_server_cannot_steer_the_terminal()
    {
        var file = cli.File("p.pb", Pb.Approval.Replace("bob;C 3", "bob;\u001b]0,owned\u0007", StringComparison.Ordinal));
        cli.Api.JudgeBallot = ballot => new { line = ballot.GetProperty("line").GetInt32(), status = "refused", code = "x\u009b31m", detail = "\u001b[2Jgone\r\nnew line" };

        (await cli.RunAsync("import", file)).ShouldBe(1);

        cli.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        cli.Error.ShouldAllBe(c => c == '\n' || !char.IsControl(c));
        cli.Error.ShouldContain("[2Jgone  new line (x31m)");
    }

    [Fact]
    public async Task A_ballot_with_points_below_0_is_refused_and_nothing_else()
    {
        var file = cli.File("p.pb", Pb.Scores("ann;A,B;2,-3", "bob;A,C;4,3"));

        (await cli.RunAsync("import", file)).ShouldBe(1);

        cli.Error.ShouldContain($"{file}:11: refused: it gives -3 points to 'B'; a campaign takes no points below 0\n");
        cli.Api.Ballots.ShouldHaveSingleItem().ShouldBe(new("bob", """{"ref:A":4,"ref:C":3}"""));
        cli.Api.Campaigns["p"]["invest"]!["budgetCredits"]!.GetValue<int>().ShouldBe(7);
    }

    [Fact]
    public async Task A_default_score_below_0_is_nothing_that_a_campaign_can_hold()
    {
        var file = cli.File("p.pb", Pb.ScoresOr("-1", "ann;A;2"));

        (await cli.RunAsync("import", file)).ShouldBe(3);

        cli.Error.ShouldBe($"{file}: META's default_score gives -1 points to every project that a ballot does not name; a campaign takes no points below 0\n");
        cli.Api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_none_or_not_there_is_refused_before_anything_is_sent()
    {
        (await cli.RunAsync("import", cli.File("p.pb", "<html>"))).ShouldBe(3);
        cli.Error.ShouldEndWith("p.pb:1: a .pb file begins with the line META; this one does not\n");

        (await cli.RunAsync("import", cli.PathOf("missing.pb"))).ShouldBe(3);
        cli.Error.ShouldContain("missing.pb");
        cli.Api.Requests.ShouldBeEmpty();
    }
}
