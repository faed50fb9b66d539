using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IdeaVote.Domain.Ranking;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Tests.Verify;

/// <summary>Published ballots are counted again by anybody, and whatever is done to the file is found.</summary>
public sealed class PublicationTests : IDisposable
{
    private readonly Support.Cli cli = new();
    private readonly ElectionFile election = new(voters: 9);
    private readonly HeadSigner forger = new(HeadSigner.NewKey());

    public void Dispose()
    {
        cli.Dispose();
        election.Dispose();
        forger.Dispose();
    }

    [Fact]
    public async Task As_published_they_agree_and_the_line_says_what_was_checked()
    {
        var keys = cli.File("keys.json", election.Keys());
        (await VerifyAsync(Published())).ShouldBe(0, cli.Out + cli.Error);
        cli.Out.TrimEnd('\n').ShouldNotContain('\n');
        cli.Out.ShouldContain($" agrees: 9 published ballots on 3 ideas, whose tally equals the signed one, sha256 ");
        cli.Out.ShouldContain($"; said to be the ballots of town with sha256 {election.Head().Ballots} at {election.Events.Count} events, ");
        cli.Out.ShouldContain("which was NOT compared with a key you trust");

        (await VerifyAsync(Published(), "--key", keys)).ShouldBe(0, cli.Out);
        cli.Out.ShouldNotContain("NOT");
        (await VerifyAsync(Published(), "--head", cli.File("head.json", ElectionFile.Json(election.Head())))).ShouldBe(0, cli.Out);
        (await VerifyAsync(Published(), "--head", cli.File("head.json", ElectionFile.Json(election.Head(20))))).ShouldBe(1);
        cli.Out.ShouldContain("the head given is of another campaign, of another key, or of other ballots");
    }

    [Fact]
    public async Task No_line_can_be_changed_moved_left_out_doubled_or_added()
    {
        var untouched = Published();
        for (var i = 0; i < untouched.Count; i++)
        {
            foreach (var tamper in new Action<List<string>>[]
            {
                lines => lines[i] = lines[i][..^1],
                // The statement is signed by what it says, the lines before it by their bytes.
                lines => lines[i] = lines[i].Replace(i < lines.Count - 1 ? "}" : "\"voters\":9", " }", StringComparison.Ordinal),
                lines => lines.RemoveAt(i),
                lines => lines.Insert(i, lines[i]),
                lines => (lines[i], lines[(i + 1) % lines.Count]) = (lines[(i + 1) % lines.Count], lines[i]),
            })
            {
                List<string> lines = [.. untouched];
                tamper(lines);
                (await VerifyAsync(lines)).ShouldBe(1, $"{i} {cli.Out} {cli.Error}");
                cli.Out.ShouldContain(" does not agree: ");
                cli.Out.TrimEnd('\n').ShouldNotContain('\n');
            }
        }
    }

    [Theory]
    [InlineData("\"credits\":2", "\"credits\":3", "the ballots do not count to the tally that the statement vouches for")]
    [InlineData("\"winner\":1", "\"winner\":2", "the statement vouches for other lines")]
    [InlineData("\"status\":2", "\"status\":6", "the statement vouches for other lines")]
    [InlineData("\"change\":true", "\"change\":false", "the statement vouches for other lines")]
    [InlineData("\"scores\":[", "\"scores\":[0,", "the statement vouches for other lines")]
    [InlineData("\"voter\":", "\"segment\":\"x\",\"voter\":", "it is not written as a ballot is")]
    [InlineData("\"campaign\":\"town\",\"id\"", "\"campaign\":\"tower\",\"id\"", "it is the statement of another campaign")]
    public async Task A_vote_or_rule_that_says_something_else_is_found(string from, string to, string why)
    {
        var lines = Published();
        var at = lines.FindIndex(line => line.Contains(from, StringComparison.Ordinal));
        lines[at] = lines[at].Replace(from, to, StringComparison.Ordinal);

        (await VerifyAsync(lines)).ShouldBe(1);
        cli.Out.ShouldContain(why);
    }

    [Fact]
    public async Task The_statement_can_not_be_changed_or_be_signed_by_somebody_else()
    {
        var lines = Published();
        var statement = SignedPublication.Read(Encoding.UTF8.GetBytes(lines[^1]));
        SignedPublication[] changed =
        [
            statement with { Tally = new string('0', 64) },
            statement with { Published = new string('0', 64) },
            statement with { Voters = 8 },
            statement with { At = "1970-01-01T00:00:00.001Z" },
            statement with { Signature = election.Head().Signature },
            statement with { Head = election.Head(20) },
            statement with { Head = statement.Head with { Ballots = new string('0', 64) } },
            forger.Sign(statement.Head, statement.Published, statement.Tally, statement.Voters, DateTimeOffset.UnixEpoch),
        ];
        foreach (var each in changed)
        {
            lines[^1] = LineOf(each);
            (await VerifyAsync(lines)).ShouldBe(1, cli.Out);
            cli.Out.ShouldContain($"line {lines.Count}: the ");
        }
        lines[^1] = LineOf(forger.Sign(election.Head(signer: forger), statement.Published, statement.Tally, statement.Voters, DateTimeOffset.UnixEpoch));
        (await VerifyAsync(lines)).ShouldBe(0, cli.Out);
        (await VerifyAsync(lines, "--key", cli.File("keys.json", election.Keys()))).ShouldBe(1);
        cli.Out.ShouldContain($"the statement is signed by the key {forger.PublicKey.Kid}, which");
    }

    [Fact]
    public async Task Rankings_are_counted_again_from_them_but_for_those_that_need_times()
    {
        foreach (var by in Enum.GetValues<RankBy>())
        {
            var file = Ranking(by);
            (await VerifyAsync(Published(), "--leaderboard", cli.File("ranking.json", file.ToJsonString()))).ShouldBe(by == RankBy.Trending ? 2 : 0, $"{by} {cli.Out} {cli.Error}");
            if (by == RankBy.Trending)
            {
                cli.Error.ShouldContain("can't be counted again from published ballots: they hold no times and no segments");
                continue;
            }
            cli.Out.ShouldContain($"agrees in 3 of 3 ranks by {RankByNames.Of(by)}");
            file["rows"]![0]!["votes"] = 77;
            (await VerifyAsync(Published(), "--leaderboard", cli.File("ranking.json", file.ToJsonString()))).ShouldBe(1);
            cli.Out.ShouldContain(", row 1: ");
        }
        var other = Ranking(RankBy.Borda);
        other["ballots"] = new string('a', 64);
        (await VerifyAsync(Published(), "--leaderboard", cli.File("ranking.json", other.ToJsonString()))).ShouldBe(1);
        cli.Out.ShouldContain(", and those published have ");
    }

    [Fact]
    public async Task They_are_exported_as_they_are_without_a_token()
    {
        var text = string.Concat(Published().Select(line => line + "\n"));
        cli.Environment.Remove("IDEAVOTE_TOKEN");
        cli.Api.Intercept = sent => sent.Path == "/api/v1/campaigns/town/ballots/published" && sent.Token is null ? FakeApi.Answer(System.Net.HttpStatusCode.OK, text, FakeApi.NdJson) : null;

        (await cli.RunAsync("export", "town", "--what", "published", "--output", cli.PathOf("p.jsonl"))).ShouldBe(0, cli.Error);
        (await File.ReadAllTextAsync(cli.PathOf("p.jsonl"))).ShouldBe(text);
        (await cli.RunAsync("export", "town", "--what", "published", "--format", "csv")).ShouldBe(2);
    }

    [Fact]
    public void Another_secret_gives_other_names_in_another_order()
    {
        var ballots = new byte[] { 1, 2 }.Select(seed => Lines(seed).Where(line => line.StartsWith("{\"voter\"", StringComparison.Ordinal)).ToList()).ToList();

        ballots[0].Select(Voter).Intersect(ballots[1].Select(Voter)).ShouldBeEmpty();
        ballots[0].Select(line => line.Replace(Voter(line), "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(ballots[1].Select(line => line.Replace(Voter(line), "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        static string Voter(string line) => JsonNode.Parse(line)!["voter"]!.GetValue<string>();
    }

    private List<string> Published()
    {
        var lines = Lines(1);
        var replay = election.Replay();
        var statement = election.Signer.Sign(
            election.Head(), new PublishedBallots(Secret(1)).Sha256(election.Key, replay), replay.Ballots.Recount(replay.Board), replay.Board.Voters, DateTimeOffset.UnixEpoch);
        lines.Add(LineOf(statement));
        return lines;
    }

    private List<string> Lines(byte seed)
    {
        var output = new ArrayBufferWriter<byte>();
        new PublishedBallots(Secret(seed)).Write(output, election.Key, election.Replay()).Count().ShouldBe(2 + ElectionFile.Ideas + 9);
        return [.. Encoding.UTF8.GetString(output.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static byte[] Secret(byte seed) => [.. Enumerable.Repeat(seed, PublishedBallots.SecretBytes)];

    private static string LineOf(SignedPublication statement) => JsonSerializer.Serialize(new PublicationLine(statement), AuditJson.Default.PublicationLine);

    private JsonObject Ranking(RankBy by) => new()
    {
        ["campaign"] = election.Key,
        ["by"] = RankByNames.Of(by),
        ["ballots"] = election.Head().Ballots,
        ["rows"] = new JsonArray([.. new RankingQuery(by).Top(election.Replay().Board, [], 100)!.Select(row => new JsonObject
        {
            ["rank"] = row.Rank,
            ["idea"] = row.Idea.Id.ToString(),
            ["score"] = row.Score,
            ["votes"] = row.Votes,
        })]),
    };

    private Task<int> VerifyAsync(List<string> lines, params string[] options) =>
        cli.RunAsync(["verify", cli.File("published.jsonl", string.Concat(lines.Select(line => line + "\n"))), .. options]);
}
