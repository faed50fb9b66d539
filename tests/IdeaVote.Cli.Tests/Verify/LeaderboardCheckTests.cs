using System.Text.Json.Nodes;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Domain.Kernel;
using IdeaVote.Domain.Projections;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Tests.Verify;

/// <summary>A leaderboard by whatever ranking is counted again as of what it names, and whatever differs is named.</summary>
public sealed class LeaderboardCheckTests : IDisposable
{
    private readonly Support.Cli cli = new();
    private readonly ElectionFile election = new(voters: 11);

    public static TheoryData<RankBy> Rankings => [.. Enum.GetValues<RankBy>()];

    public void Dispose()
    {
        cli.Dispose();
        election.Dispose();
    }

    [Theory]
    [MemberData(nameof(Rankings))]
    public async Task Every_ranking_is_recomputed_and_a_changed_number_is_found(RankBy by)
    {
        var file = Exported(new RankingQuery(by));

        (await VerifyAsync(file)).ShouldBe(0, cli.Out + cli.Error);
        cli.Out.ShouldContain($"agrees in 3 of 3 ranks by {RankByNames.Of(by)}, at the position it names");
        cli.Out.TrimEnd('\n').ShouldNotContain('\n');

        foreach (var field in new[] { "rank", "score", "votes" })
        {
            var forged = file.DeepClone();
            forged["rows"]![1]![field] = 77.5m;
            if (field != "score")
                forged["rows"]![1]![field] = 77;
            await ShouldDifferAsync(forged, $", row 2: idea {forged["rows"]![1]!["idea"]} has {field} 77");
        }
        foreach (var (name, value) in file["rows"]![0]!["explain"]!.AsObject().ToList())
        {
            var forged = file.DeepClone();
            forged["rows"]![0]!["explain"]![name] = value!.GetValue<decimal>() + 1;
            await ShouldDifferAsync(forged, $", row 1: idea {forged["rows"]![0]!["idea"]} has explain.{name} ");
        }
    }

    [Fact]
    public async Task Whatever_else_a_row_says_is_compared()
    {
        var file = Exported(new RankingQuery(RankBy.Wilson));
        var forged = file.DeepClone();
        forged["rows"]![2]!["interval"]!["high"] = 0.99m;
        await ShouldDifferAsync(forged, " has high 0.99, and the events come to 0.");

        forged = file.DeepClone();
        (forged["rows"]![0]!["idea"], forged["rows"]![1]!["idea"]) = (forged["rows"]![1]!["idea"]!.DeepClone(), forged["rows"]![0]!["idea"]!.DeepClone());
        await ShouldDifferAsync(forged, ", row 1: it has the idea ");

        forged = file.DeepClone();
        forged["rows"]!.AsArray().RemoveAt(2);
        await ShouldDifferAsync(forged, " has 2 rows, and 3 ideas are ranked");
    }

    [Fact]
    public async Task It_is_counted_as_of_the_position_that_it_names()
    {
        var then = Exported(new RankingQuery(RankBy.Rating), election.Events.Count - 20);
        (await VerifyAsync(then)).ShouldBe(0, cli.Out + cli.Error);

        then["ballots"] = new string('a', 64);
        await ShouldDifferAsync(then, $" counts ballots with the SHA-256 {new string('a', 64)}, and those at its position have ");
        then["position"] = "p999";
        await ShouldDifferAsync(then, "at a position that no line of the export has");
        then.Remove("ballots");
        await ShouldDifferAsync(then, ", row 1: ");
        then["campaign"] = "village";
        await ShouldDifferAsync(then, " is of the campaign village, and the export of town");
    }

    [Fact]
    public async Task Filters_weights_priors_and_pools_are_taken_as_the_file_names_them()
    {
        RankingQuery[] queries =
        [
            new(RankBy.Approvals) { Filter = new BallotFilter(null, new Instant(1_002), new Instant(1_007)) },
            new(RankBy.Duels) { Filter = new BallotFilter(null, new Instant(1_002), null) },
            new(RankBy.Rating) { Criterion = 1 },
            new(RankBy.Bayesian) { Prior = new RankingRule(null, 7.5m, 2m) },
            new(RankBy.Quadratic) { Pool = 100.25m },
            new(RankBy.NeedsVotes) { Places = 2 },
            new(RankBy.Approvals) { Statuses = new HashSet<Domain.Ideas.IdeaStatus> { Domain.Ideas.IdeaStatus.Planned } },
            new(RankBy.Invested) { Tag = new TermId(ElectionFile.Idea(1).Value) },
        ];
        foreach (var query in queries)
        {
            var file = Exported(query);
            (await VerifyAsync(file)).ShouldBe(0, $"{query} {cli.Out} {cli.Error}");
            (await cli.RunAsync("verify", Feed(), "--leaderboard", Csv(file))).ShouldBe(0, cli.Out + cli.Error);
        }
        // Without what it names, it is another ranking.
        var other = Exported(queries[0]);
        other["parameters"]!.AsObject().Remove("from");
        await ShouldDifferAsync(other, ", row 1: ");
    }

    [Theory]
    [InlineData("tag", "green", "it names its tag in words only, and the feed holds no words")]
    [InlineData("criterion", "effort", "it names its criterion in words only")]
    [InlineData("weights", "north:2", "it names its weights in words only")]
    [InlineData("moon", "full", "it names a parameter 'moon', which perhaps a newer version knows")]
    [InlineData("places", "none", "one of its parameters can't be read")]
    [InlineData("places", "0", "one of its parameters can't be read")]
    [InlineData("segmentId", "x", "one of its parameters can't be read")]
    [InlineData("status", "odd", "one of its parameters can't be read")]
    public async Task What_can_not_be_counted_again_is_refused_with_the_reason(string name, string value, string why)
    {
        var file = Exported(new RankingQuery(RankBy.Rating));
        file["parameters"]![name] = value;

        (await VerifyAsync(file)).ShouldBe(2, cli.Out);
        cli.Error.ShouldContain("can't be counted again: " + why);
    }

    [Fact]
    public async Task A_method_that_is_off_and_a_criterion_that_is_none_do_not_agree()
    {
        var file = Exported(new RankingQuery(RankBy.Rating) { Criterion = 1 });
        file["parameters"]!["criterionNumber"] = "3";
        await ShouldDifferAsync(file, " ranks by criterion 3, and the campaign has 2");
        file["by"] = "duels";
        (await VerifyAsync(file)).ShouldBe(2, cli.Out);
    }

    [Fact]
    public async Task Json_lines_are_read_too()
    {
        var file = Exported(new RankingQuery(RankBy.Borda));
        var lines = file["rows"]!.AsArray().Select(row => row!.ToJsonString()).ToList();
        file.Remove("rows");
        lines.Add(new JsonObject { ["counted"] = file }.ToJsonString());

        (await cli.RunAsync("verify", Feed(), "--leaderboard", cli.File("ranking.jsonl", string.Join('\n', lines) + "\n"))).ShouldBe(0, cli.Out + cli.Error);
        lines[0] = lines[0].Replace("\"votes\":", "\"votes\":1", StringComparison.Ordinal);
        (await cli.RunAsync("verify", Feed(), "--leaderboard", cli.File("ranking.jsonl", string.Join('\n', lines) + "\n"))).ShouldBe(1);
    }

    /// <summary>The leaderboard as a server writes it.</summary>
    private JsonObject Exported(RankingQuery query, int? count = null)
    {
        var filtered = new FilteredBoard(query.Filter);
        foreach (var (_, body) in election.Events.Take(count ?? election.Events.Count))
            filtered.Apply(Engine.Codec.EventReader.Read(System.Text.Encoding.UTF8.GetBytes(body)));
        var rows = query.Top(filtered.Board, [], 100)!;
        var parameters = new JsonObject();
        foreach (var (name, value) in RankingTerms.Write(query, 100, _ => null))
            parameters[name] = value;
        return new JsonObject
        {
            ["campaign"] = election.Key,
            ["by"] = RankByNames.Of(query.By),
            ["position"] = $"p{count ?? election.Events.Count}",
            ["parameters"] = parameters,
            ["ballots"] = election.Head(count).Ballots,
            ["rows"] = new JsonArray([.. rows.Select(Row)]),
        };
    }

    private static JsonObject Row(LeaderboardRow row) => new JsonObject
    {
        ["rank"] = row.Rank,
        ["idea"] = row.Idea.Id.ToString(),
        ["score"] = row.Score,
        ["votes"] = row.Votes,
        ["interval"] = row.Detail.Interval is { } ends
            ? new JsonObject { ["low"] = Math.Round((decimal)ends.Low, 6), ["high"] = Math.Round((decimal)ends.High, 6) }
            : null,
        ["explain"] = new JsonObject(row.Detail.Terms.Select(term => KeyValuePair.Create(term.Name, (JsonNode?)term.Value))),
    };

    private string Csv(JsonNode file)
    {
        var text = new System.Text.StringBuilder("rank,idea,score,votes,low,high,campaign,position,parameters,ballots\n");
        var counted = $"{file["campaign"]},{file["position"]},{TermsText.Write(file["parameters"]!.AsObject().Select(each => KeyValuePair.Create(each.Key, each.Value!.GetValue<string>())))},{file["ballots"]}";
        foreach (var row in file["rows"]!.AsArray())
        {
            text.Append(FormattableString.Invariant($"{row!["rank"]},{row["idea"]},{row["score"]},{row["votes"]},{row["interval"]?["low"]},{row["interval"]?["high"]},{counted}\n"));
            counted = ",,,";
        }
        // Where no idea is ranked there is no row to name anything on.
        return file["rows"]!.AsArray().Count > 0 ? cli.File("ranking.csv", text.ToString()) : cli.File("ranking.json", file.ToJsonString());
    }

    private async Task ShouldDifferAsync(JsonNode file, string why)
    {
        (await VerifyAsync(file)).ShouldBe(1, cli.Out + cli.Error);
        cli.Out.ShouldContain(" does not agree: ");
        cli.Out.ShouldContain(why);
        cli.Out.TrimEnd('\n').ShouldNotContain('\n');
    }

    private Task<int> VerifyAsync(JsonNode file) => cli.RunAsync("verify", Feed(), "--leaderboard", cli.File("ranking.json", file.ToJsonString()));

    private string Feed() => cli.File("feed.jsonl", string.Concat(election.Whole().Select(line => line + "\n")));
}
