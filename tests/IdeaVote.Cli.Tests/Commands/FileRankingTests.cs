using System.Text.Json;
using System.Xml.Linq;

namespace IdeaVote.Cli.Tests.Commands;

/// <summary>Rankings of files, counted without a server.</summary>
public sealed class FileRankingTests : IDisposable
{
    private readonly Support.Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Approvals_are_counted_and_ties_share_a_rank() =>
        (await CsvAsync(Pb.Votes("voter_id;vote", "ann;A,C", "bob;C", "cem;B"), "approvals"))
            .ShouldBe(["1,C,C,,2,2", "2,A,A,,1,1", "2,B,B,,1,1"]);

    [Theory]
    [InlineData("score")]
    [InlineData("invested")]
    public async Task Points_are_added_up_and_among_equals_more_votes_come_first(string by) =>
        (await CsvAsync(Pb.Points("ann;A,B;4,1", "bob;B;3", "cem;C;5"), by)).ShouldBe(["1,C,C,,5,1", "2,B,B,,4,2", "2,A,A,,4,1"]);

    [Theory]
    [InlineData("score")]
    [InlineData("borda")]
    public async Task Orders_are_counted_by_places(string by) =>
        (await CsvAsync(Pb.Order("max_length;3", "ann;C,A", "bob;A"), by)).ShouldBe(["1,A,A,,5,2", "2,C,C,,3,1", "3,B,B,,0,0"]);

    [Fact]
    public async Task Scores_may_be_below_0() =>
        (await CsvAsync(Pb.Scores("ann;A,B;-4,1"), "score", "--top", "2")).ShouldBe(["1,B,B,,1,1", "2,C,C,,0,0"]);

    [Fact]
    public async Task A_default_score_counts_and_is_no_vote()
    {
        (await CsvAsync(Pb.ScoresOr("2", "ann;A;1", "bob;B;5", "cem;;"), "score")).ShouldBe(["1,B,B,,9,1", "2,C,C,,6,0", "3,A,A,,5,1"]);
        (await CsvAsync(Pb.ScoresOr("2", "ann;A;1", "bob;B;5", "cem;;"), "approvals")).ShouldBe(["1,A,A,,1,1", "1,B,B,,1,1", "3,C,C,,0,0"]);
    }

    [Fact]
    public async Task Approvals_say_how_sure_their_share_of_those_who_voted_is()
    {
        var file = cli.File("p.pb", Pb.Votes("voter_id;vote", "ann;A,C", "bob;C", "cem;B", "dan;"));

        (await cli.RunAsync("leaderboard", file, "--by", "approvals", "--format", "json")).ShouldBe(0, cli.Error);

        var first = JsonDocument.Parse(cli.Out).RootElement.GetProperty("rows")[0];
        first.GetProperty("explain").GetProperty("voters").GetInt32().ShouldBe(3, "an empty ballot says nothing");
        first.GetProperty("interval").GetProperty("low").GetDecimal().ShouldBe(0.20766m);
        first.GetProperty("interval").GetProperty("high").GetDecimal().ShouldBe(0.938508m);
    }

    [Fact]
    public async Task Roots_of_credits_are_added_up_and_a_pool_is_split_by_them()
    {
        // Gitcoin's worked example: 1, 4, 1, 9 · 1, 1, 1, 1, 1, 1, 4 · 1, 9, 1, 9, 1, 9, 4 share 100 as 13.6, 21.6 and 64.8.
        var file = cli.File("p.pb", Pb.Points(
            "v1;A,B,C;1,1,1", "v2;A,B,C;4,1,9", "v3;A,B,C;1,1,1", "v4;A,B,C;9,1,9", "v5;B,C;1,1", "v6;B,C;1,9", "v7;B,C;4,4"));

        (await cli.RunAsync("leaderboard", file, "--by", "quadratic", "--pool", "100", "--format", "csv")).ShouldBe(0, cli.Error);

        var lines = cli.Out.Split('\n');
        lines[0].ShouldStartWith("rank,idea,reference,title,score,votes,weighted,low,high,match,");
        lines[1].ShouldStartWith("1,C,C,,14,7,,,,64.80,p.pb,,by=quadratic&top=100&pool=100,");
        lines[2].ShouldStartWith("2,B,B,,8,7,,,,21.60,");
        lines[3].ShouldStartWith("3,A,A,,7,4,,,,13.60,");
        (await cli.RunAsync("leaderboard", file, "--by", "quadratic", "--pool", "100")).ShouldBe(0);
        cli.Out.ShouldContain("64.8");
    }

    [Theory]
    [InlineData("invested", "100", "ideavote: --pool is for --by quadratic\n")]
    [InlineData("quadratic", "1.234", "ideavote: '1.234' is no pool: it is a number from 0 to 1000000000000000 with at most 2 decimals\n")]
    [InlineData("quadratic", "-1", "ideavote: '-1' is no pool: it is a number from 0 to 1000000000000000 with at most 2 decimals\n")]
    public async Task A_pool_that_cannot_be_split_is_refused(string by, string pool, string error)
    {
        (await cli.RunAsync("leaderboard", cli.File("p.pb", Pb.Points("ann;A;4")), "--by", by, $"--pool={pool}")).ShouldBe(2);

        cli.Error.ShouldBe(error);
    }

    [Fact]
    public async Task A_ranking_is_drawn_with_its_intervals()
    {
        var (file, chart) = (cli.File("town.pb", Pb.Votes("voter_id;vote", "ann;A,C", "bob;C", "cem;B")), cli.PathOf("ranking.svg"));

        (await cli.RunAsync("leaderboard", file, "--by", "approvals", "--chart", chart)).ShouldBe(0, cli.Error);

        cli.Out.ShouldContain("rank", customMessage: "the table is printed too");
        var svg = XDocument.Load(chart);
        svg.Descendants().Single(element => element.Name.LocalName == "title").Value.ShouldBe("town.pb: by approvals");
        var (dot, whisker) = (Of(svg, "dot").First(), Of(svg, "whisker").First());
        Of(svg, "dot").Count().ShouldBe(3);
        Of(svg, "whisker").Count().ShouldBe(3);
        Number(dot, "cx").ShouldBeInRange(Number(whisker, "x1"), Number(whisker, "x2"));
        svg.ToString().ShouldContain("prefers-color-scheme:dark");

        static IEnumerable<XElement> Of(XDocument svg, string kind) => svg.Descendants().Where(element => (string?)element.Attribute("class") == kind);
        static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_picture_that_cannot_be_written_is_code_3()
    {
        (await cli.RunAsync("leaderboard", cli.File("p.pb", Pb.Towns), "--by", "approvals", "--chart", cli.PathOf("no/such/ranking.svg"))).ShouldBe(3);

        cli.Error.ShouldStartWith("ideavote: ");
    }

    [Theory]
    [InlineData("approval", "quadratic", "score")]
    [InlineData("approval", "borda", "score")]
    [InlineData("approval", "invested", "score")]
    [InlineData("approval", "rating", "score")]
    [InlineData("ordinal", "invested", "borda")]
    public async Task What_a_file_cannot_be_ranked_by_is_said(string type, string by, string way)
    {
        var file = cli.File("p.pb", Pb.Votes("voter_id;vote", "ann;A").Replace("approval", type, StringComparison.Ordinal));

        (await cli.RunAsync("leaderboard", file, "--by", by)).ShouldBe(2);

        cli.Error.ShouldBe($"ideavote: a file of vote type {type} has no ranking by {by}; use --by {way}\n");
    }

    [Fact]
    public async Task A_campaign_has_no_ranking_that_only_files_have()
    {
        (await cli.RunAsync("leaderboard", "town", "--by", "score")).ShouldBe(2);

        cli.Error.ShouldStartWith("ideavote: a campaign has no ranking by score; there are approvals, wilson, rating, ");
        cli.Api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_only_campaigns_know_is_refused_for_files()
    {
        (await cli.RunAsync("leaderboard", cli.File("p.pb", Pb.Towns), "--by", "score", "--segment", "north")).ShouldBe(2);

        cli.Error.ShouldBe("ideavote: --segment is for campaigns; a file's projects are ranked by all of its ballots\n");
    }

    private async Task<string[]> CsvAsync(string text, string by, params string[] options)
    {
        (await cli.RunAsync(["leaderboard", cli.File("p.pb", text), "--by", by, "--format", "csv", .. options])).ShouldBe(0, cli.Error);
        cli.Api.Requests.ShouldBeEmpty();
        // Rank, idea, reference, title, score and votes.
        return [.. cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => string.Join(',', line.Split(',')[..6]))];
    }
}
