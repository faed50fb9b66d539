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

    [Theory]
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
        // A file knows no weights of segments and no intervals; then comes what names it.
        return [.. cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => string.Join(',', line.Split(',').Take(6)))];
    }
}
