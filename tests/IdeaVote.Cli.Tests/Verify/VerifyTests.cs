using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Tests.Verify;

/// <summary>An export as it left the server agrees, and the line says what was checked.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly Support.Cli cli = new();
    private readonly ElectionFile election = new();

    public void Dispose()
    {
        cli.Dispose();
        election.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task An_untouched_export_agrees(int partitions)
    {
        using var file = new ElectionFile(partitions);

        (await VerifyAsync(file.Whole())).ShouldBe(0, cli.Out);

        var used = file.Events.Select(each => each.Partition).Distinct().Count();
        used.ShouldBe(partitions);
        cli.Out.TrimEnd('\n').ShouldNotContain('\n');
        cli.Out.ShouldContain($" agrees: {file.Events.Count} events, {partitions} partition");
        cli.Out.ShouldContain($", 6 voters, 3 ideas, ballots sha256 {file.Head().Ballots}; head of town ");
        cli.Out.ShouldContain($"by the key {file.Signer.PublicKey.Kid}, which was NOT compared with a key you trust");
    }

    [Fact]
    public async Task A_discussion_is_lived_through_and_a_forged_one_is_found()
    {
        const string Thread = "00000000000000000001";
        const string Text = """{"id":"00000000000000000002","hash":"0000000000000000000000000000000000000000000000000000000000000000"}""";
        using var file = Discussed(-1);
        (await VerifyAsync(file.Whole())).ShouldBe(0, cli.Out);
        cli.Out.ShouldContain($" agrees: {election.Events.Count + 2} events");

        using var forged = Discussed(0);
        (await VerifyAsync([.. forged.Lines(), ElectionFile.HeadLine(file.Head())])).ShouldNotBe(0);
        (cli.Out + cli.Error).ShouldContain("it does not change the number of comments as it says");

        ElectionFile Discussed(int change) => election.With(events =>
        {
            var head = $"\"t\":5000,\"c\":\"{election.Campaign}\",\"s\":\"thread\",\"k\":\"{Thread}\"";
            var about = $"\"comment\":\"{Thread}\",\"idea\":\"{ElectionFile.Idea(0)}\"";
            events.Add((0, $"{{\"e\":\"comment_posted\",{head},\"v\":1,{about},\"text\":{Text}}}"));
            events.Add((0, $"{{\"e\":\"comment_hidden\",{head},\"v\":2,{about},\"new\":1,\"change\":{change}}}"));
        });
    }

    [Fact]
    public async Task A_trusted_key_is_named_by_where_it_is_from()
    {
        var keys = cli.File("keys.json", election.Keys());
        (await VerifyAsync(election.Whole(), "--key", keys)).ShouldBe(0);
        cli.Out.ShouldContain($", which {keys} has");
        cli.Out.ShouldNotContain("NOT");

        cli.Api.Intercept = sent => sent.Path == "/.well-known/ideavote-keys.json" && sent.Token is null ? FakeApi.Answer(System.Net.HttpStatusCode.OK, election.Keys()) : null;
        (await VerifyAsync(election.Whole(), "--key", "https://ideas.example.com")).ShouldBe(0);
        cli.Out.ShouldNotContain("NOT");
    }

    [Fact]
    public async Task A_head_that_was_kept_may_stand_anywhere_and_the_rest_is_said_to_be_unchecked()
    {
        var count = election.Events.Count;
        (await VerifyAsync(election.Lines(), "--head", Kept(election.Head()))).ShouldBe(0, cli.Out);
        cli.Out.ShouldNotContain("come after the head");

        (await VerifyAsync(election.Lines(), "--head", Kept(election.Head(count - 3)))).ShouldBe(0, cli.Out);
        cli.Out.ShouldContain("the last 3 events come after the head and were NOT compared");

        (await VerifyAsync(election.Whole(), "--head", Kept(election.Head(count - 3)))).ShouldBe(0, cli.Out);
        cli.Out.ShouldNotContain("come after the head");
    }

    [Fact]
    public async Task An_export_that_went_on_later_has_heads_in_between()
    {
        var lines = election.Whole();
        lines.Insert(12, ElectionFile.HeadLine(election.Head(12)));

        (await VerifyAsync(lines)).ShouldBe(0, cli.Out);

        lines[12] = ElectionFile.HeadLine(election.Head(11));
        (await VerifyAsync(lines)).ShouldBe(1);
        cli.Out.ShouldContain("does not agree: line 13: the head vouches for 11 events");
    }

    [Fact]
    public async Task A_compressed_export_is_read_as_it_is()
    {
        var path = cli.PathOf("feed.jsonl.gz");
        await using (var gzip = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest))
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', election.Whole()) + "\n"));

        (await cli.RunAsync("verify", path)).ShouldBe(0, cli.Out);
    }

    [Fact]
    public async Task A_large_export_shows_how_far_it_is()
    {
        using var large = new ElectionFile(voters: 3_000);
        (await VerifyAsync(large.Whole())).ShouldBe(0, cli.Out);
        cli.Out.ShouldContain(", 3000 voters, ");
    }

    [Fact]
    public async Task A_leaderboard_is_recomputed()
    {
        const string Header = "rank,idea,reference,title,score,votes\n";
        var (a, b, c) = (ElectionFile.Idea(0), ElectionFile.Idea(1), ElectionFile.Idea(2));
        // Voters 0 and 3 invest 20 and 23 in the first idea, 1 and 4 21 and 24 in the second, 2 and 5 22 and 25 in the third.
        var csv = cli.File("ranking.csv", $"{Header}1,{c},,\"a, b\",47,2\n2,{b},,'=1,45,2\n3,{a},,,43,2\n");
        var json = cli.File("ranking.json", $$"""{"campaign":"town","by":"invested","rows":[{"rank":1,"idea":"{{c}}","score":47,"votes":2,"more":1},{"rank":2,"idea":"{{b}}","score":45.0,"votes":2}]}""");

        (await VerifyAsync(election.Whole(), "--leaderboard", csv, "--by", "invested")).ShouldBe(0, cli.Out + cli.Error);
        cli.Out.ShouldContain("ranking.csv agrees in 3 of 3 ranks by invested");
        (await VerifyAsync(election.Whole(), "--leaderboard", json)).ShouldBe(0, cli.Out + cli.Error);
        cli.Out.ShouldContain("ranking.json agrees in 2 of 3 ranks by invested");
        (await VerifyAsync(election.Whole(), "--leaderboard", csv)).ShouldBe(2);
        cli.Error.ShouldContain("--by");

        foreach (var (from, to) in new[] { (",47,2", ",48,2"), (",45,2", ",45,3"), ($"1,{c}", $"1,{a}"), ("2," + b, "1," + b), (",43,2\n", $",43,2\n4,{a},,,1,1\n") })
        {
            var forged = cli.File("forged.csv", File.ReadAllText(csv).Replace(from, to, StringComparison.Ordinal));
            (await VerifyAsync(election.Whole(), "--leaderboard", forged, "--by", "invested")).ShouldBe(1, to);
            cli.Out.ShouldContain("does not agree: ");
        }
        (await VerifyAsync(election.Whole(), "--leaderboard", csv, "--by", "approvals")).ShouldBe(1);
        (await VerifyAsync(election.Whole(), "--leaderboard", cli.File("weighted.csv", $"rank,idea,score,votes,weighted\n1,{c},47,2,1.5\n"), "--by", "invested")).ShouldBe(2);
        (await VerifyAsync(election.Whole(), "--leaderboard", cli.File("weighted.json", File.ReadAllText(json).Replace("\"more\":1", "\"weighted\":1.5", StringComparison.Ordinal)))).ShouldBe(2);
        (await VerifyAsync(election.Whole(), "--leaderboard", cli.File("no.csv", "a,b\n1,2\n"), "--by", "approvals")).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_no_export_or_no_key_is_said_to_be_none()
    {
        (await cli.RunAsync("verify", cli.PathOf("none.jsonl"))).ShouldBe(3);
        (await VerifyAsync([])).ShouldBe(1);
        cli.Out.ShouldContain("there is no event in it");
        (await VerifyAsync(["no feed"])).ShouldBe(1);
        cli.Out.ShouldContain("line 1: it is not a line of a feed");
        (await VerifyAsync(election.Whole(), "--key", cli.File("keys.json", "{}"))).ShouldBe(3);
        (await VerifyAsync(election.Whole(), "--key", cli.File("keys.json", """{"keys":[null]}"""))).ShouldBe(3);
        (await VerifyAsync([.. election.Lines(), ElectionFile.HeadLine(election.Head() with { Heads = [null!, election.Head().Heads[0]] })])).ShouldBe(1);
        (await VerifyAsync(election.Whole(), "--head", cli.File("head.json", "{}"))).ShouldBe(1);
    }

    private string Kept(SignedHead head) => cli.File("head.json", ElectionFile.Json(head) + "\n");

    private Task<int> VerifyAsync(IEnumerable<string> lines, params string[] options) =>
        cli.RunAsync(["verify", cli.File("feed.jsonl", string.Concat(lines.Select(line => line + "\n"))), .. options]);
}
