using System.Text;
using IdeaVote.Engine.Audit;

namespace IdeaVote.Cli.Tests.Verify;

/// <summary>Whatever is done to an export is found, and the line named where one is to blame.</summary>
public sealed class TamperTests : IDisposable
{
    private readonly Support.Cli cli = new();
    private readonly ElectionFile election = new();
    private readonly HeadSigner forger = new(HeadSigner.NewKey());

    public void Dispose()
    {
        cli.Dispose();
        election.Dispose();
        forger.Dispose();
    }

    [Fact]
    public Task A_changed_byte_in_any_event() => EachLineAsync(lines => lines.Count - 1, (lines, i) =>
        lines[i] = lines[i].Replace("\"t\":", "\"t\":1", StringComparison.Ordinal));

    [Fact]
    public Task A_changed_hash() => EachLineAsync(lines => lines.Count - 1, (lines, i) => lines[i] = Flipped(lines[i], "\"hash\":\""));

    [Fact]
    public Task A_changed_hash_before() => EachLineAsync(lines => lines.Count - 1, (lines, i) => lines[i] = Flipped(lines[i], "\"prev\":\""));

    [Fact]
    public Task A_line_dropped_anywhere() => EachLineAsync(lines => lines.Count - 1, (lines, i) => lines.RemoveAt(i));

    [Fact]
    public Task A_line_doubled() => EachLineAsync(lines => lines.Count - 1, (lines, i) => lines.Insert(i + 1, lines[i]), blame: 1);

    [Fact]
    public Task Neighbours_swapped() => EachLineAsync(lines => lines.Count - 2, (lines, i) => (lines[i], lines[i + 1]) = (lines[i + 1], lines[i]));

    [Fact]
    public Task A_partition_number_changed() => EachLineAsync(lines => lines.Count - 1, (lines, i) =>
        lines[i] = lines[i].Replace(",\"event\":", ",\"partition\":7,\"event\":", StringComparison.Ordinal), exceptFirst: true);

    [Fact]
    public Task A_line_that_is_broken_off() => EachLineAsync(lines => lines.Count, (lines, i) => lines[i] = lines[i][..(lines[i].Length / 2)]);

    [Fact]
    public Task A_forged_line_that_follows_rightly() => EachLineAsync(lines => lines.Count - 1, (lines, i) =>
    {
        var prev = Convert.FromHexString(lines[i].Split("\"hash\":\"")[1][..64]);
        lines.Insert(i + 1, ElectionFile.Line(99, 0, prev, Forged(), out _));
    }, blame: 1, orNext: true);

    [Fact]
    public async Task The_end_cut_off_before_the_head()
    {
        var lines = election.Whole();
        lines.RemoveRange(lines.Count - 4, 3);
        await ShouldFailAsync(lines, $"line {lines.Count}: the head vouches for {election.Events.Count} events of partition 0, and there are {election.Events.Count - 3}");
    }

    [Fact]
    public async Task The_end_cut_off_with_the_head()
    {
        var lines = election.Lines().SkipLast(3).ToList();
        await ShouldFailAsync(lines, "does not end with a signed head");
        await ShouldFailAsync(lines, "the end was cut off", "--head", cli.File("head.json", ElectionFile.Json(election.Head())));
    }

    [Fact]
    public async Task The_last_line_cut_off_within()
    {
        var text = string.Concat(election.Lines().Select(line => line + "\n"));
        await File.WriteAllTextAsync(cli.PathOf("feed.jsonl"), text[..^10]);
        (await cli.RunAsync("verify", cli.PathOf("feed.jsonl"))).ShouldBe(1);
        cli.Out.ShouldContain($"line {election.Events.Count}: it has no end");
    }

    [Fact]
    public async Task A_changed_vote_with_everything_after_it_chained_anew()
    {
        using var forged = Rechained();
        await ShouldFailAsync([.. forged.Lines(), ElectionFile.HeadLine(election.Head())], $"line {election.Events.Count + 1}: the head vouches for another hash");
        await ShouldFailAsync(forged.Lines(), "was changed and chained anew", "--head", cli.File("head.json", ElectionFile.Json(election.Head())));
    }

    [Fact]
    public async Task A_forgery_that_is_chained_and_signed_anew_with_another_key()
    {
        using var forged = Rechained();
        List<string> lines = [.. forged.Lines(), ElectionFile.HeadLine(forged.Head(signer: forger))];
        // Nothing in the file tells; that is why the line says that the key was not compared.
        (await VerifyAsync(lines)).ShouldBe(0);
        cli.Out.ShouldContain($"the key {forger.PublicKey.Kid}, which was NOT compared");

        await ShouldFailAsync(lines, $"signed by the key {forger.PublicKey.Kid}, which", "--key", cli.File("keys.json", election.Keys()));
        await ShouldFailAsync(lines, "line ", "--head", cli.File("head.json", ElectionFile.Json(election.Head())));
    }

    [Fact]
    public async Task A_key_that_only_calls_itself_the_trusted_one()
    {
        var head = election.Head(signer: forger);
        var trusted = election.Signer.PublicKey;
        foreach (var lying in new[] { head with { Kid = trusted.Kid }, head with { Kid = trusted.Kid, Key = head.Key with { Kid = trusted.Kid } }, head with { Kid = trusted.Kid, Key = trusted } })
            await ShouldFailAsync([.. election.Lines(), ElectionFile.HeadLine(lying)], $"line {election.Events.Count + 1}: the head's ", "--key", cli.File("keys.json", election.Keys()));
    }

    [Fact]
    public async Task The_head_of_another_campaign()
    {
        using var other = new ElectionFile(1, "village") { Signer = new HeadSigner(HeadSigner.NewKey()) };
        await ShouldFailAsync([.. election.Lines(), ElectionFile.HeadLine(other.Head())], "it is the head of another campaign");
        await ShouldFailAsync(election.Lines(), "line 1: the head given is of another campaign", "--head", cli.File("head.json", ElectionFile.Json(other.Head())));
    }

    [Fact]
    public async Task Any_field_of_the_head_changed()
    {
        var head = election.Head();
        SignedHead[] changed =
        [
            head with { Campaign = "tower" },
            head with { Id = ElectionFile.Idea(0).ToString() },
            head with { Position = "p1" },
            head with { Heads = [head.Heads[0] with { Events = head.Heads[0].Events - 1 }] },
            head with { Heads = [head.Heads[0] with { Hash = new string('0', 64) }] },
            head with { Heads = [head.Heads[0] with { Partition = 1 }] },
            head with { Ballots = new string('0', 64) },
            head with { At = "1970-01-01T00:00:00.001Z" },
            head with { Signature = Flipped(head.Signature, "") },
            head with { Signature = "" },
            head with { Key = forger.PublicKey },
        ];
        foreach (var each in changed)
        {
            await ShouldFailAsync([.. election.Lines(), ElectionFile.HeadLine(each)], $"line {election.Events.Count + 1}: ");
            await ShouldFailAsync(election.Whole(), "the head ", "--head", cli.File("head.json", ElectionFile.Json(each)));
        }
    }

    [Fact]
    public async Task A_head_whose_parts_are_cut_otherwise()
    {
        // The signed line would be the same if a part could hold a blank.
        var head = election.Head();
        var joined = head with { Campaign = $"{head.Campaign} {head.Id}", Id = head.Position };
        await ShouldFailAsync([.. election.Lines(), ElectionFile.HeadLine(joined)], "a field of the head is not what it should be");
    }

    [Theory]
    [InlineData("\"old\":10,", "\"old\":11,", "the value before it is not the one it names")]
    [InlineData("\"v\":3,", "\"v\":4,", "whose next is 3")]
    [InlineData("\"held\":3", "\"held\":4", "it says that the ballot holds 4 votes, and it holds 3")]
    [InlineData("\"first\":1000", "\"first\":999", "another time at which the vote was first cast")]
    public async Task An_event_that_can_not_have_happened_chained_and_signed_anew(string from, string to, string why)
    {
        var at = election.Events.ToList().FindIndex(each => each.Body.Contains(from, StringComparison.Ordinal));
        using var forged = election.With(events => events[at] = (0, events[at].Body.Replace(from, to, StringComparison.Ordinal)));

        await ShouldFailAsync(forged.Lines(), $"line {at + 1}: ");
        cli.Out.ShouldContain(why);
    }

    [Fact]
    public async Task A_vote_that_is_counted_twice_chained_and_signed_anew()
    {
        var at = election.Events.ToList().FindIndex(each => each.Body.Contains("approval_changed", StringComparison.Ordinal));
        using var forged = election.With(events => events.Insert(at + 1, events[at]));
        await ShouldFailAsync(forged.Lines(), $"line {at + 2}: it is event 1 of voter ");
    }

    [Fact]
    public async Task A_vote_of_another_campaign_chained_and_signed_anew()
    {
        using var other = new ElectionFile(1, "village");
        using var forged = election.With(events => events.Add(other.Events[^1]));
        await ShouldFailAsync(forged.Lines(), $"line {election.Events.Count + 1}: it belongs to another campaign");
    }

    [Fact]
    public async Task A_server_that_signs_ballots_that_are_not_there()
    {
        var head = election.Head();
        var replay = new CampaignReplay();
        var prev = new byte[32];
        foreach (var (_, body) in election.Events)
        {
            ElectionFile.Line(0, 0, prev, body, out var hash);
            replay.Apply(0, Encoding.UTF8.GetBytes(body), prev, hash);
            prev = hash;
        }
        var lying = election.Signer.Sign(head.Campaign, replay, head.Position, new string('a', 64), DateTimeOffset.UnixEpoch);
        await ShouldFailAsync([.. election.Lines(), ElectionFile.HeadLine(lying)], "the ballots it vouches for are not those that the events come to");
        await ShouldFailAsync(election.Lines(), "the ballots that the head given vouches for", "--head", cli.File("head.json", ElectionFile.Json(lying)));
    }

    [Fact]
    public async Task Lines_moved_between_partitions()
    {
        using var several = new ElectionFile(3);
        var lines = several.Whole();
        var at = lines.FindIndex(line => line.Contains("\"partition\":2", StringComparison.Ordinal));
        lines[at] = lines[at].Replace("\"partition\":2", "\"partition\":1", StringComparison.Ordinal);
        await ShouldFailAsync(lines, $"line {at + 1}: ");

        lines = several.Whole();
        lines.RemoveAt(lines.FindLastIndex(line => line.Contains("\"partition\":2,\"event\"", StringComparison.Ordinal)));
        await ShouldFailAsync(lines, $"line {lines.Count}: the head vouches for ");
    }

    private static string Flipped(string line, string after)
    {
        var at = line.IndexOf(after, StringComparison.Ordinal) + after.Length;
        return line[..at] + (line[at] == 'a' ? 'b' : 'a') + line[(at + 1)..];
    }

    private string Forged() => election.Events[^1].Body.Replace("\"v\":", "\"v\":9", StringComparison.Ordinal);

    private ElectionFile Rechained() => election.With(events =>
    {
        var at = events.FindIndex(each => each.Body.Contains("rating_changed", StringComparison.Ordinal));
        events[at] = (0, events[at].Body.Replace("\"new\":[1,3]", "\"new\":[5,5]", StringComparison.Ordinal));
        events[at].Body.ShouldContain("[5,5]");
    });

    /// <summary>Does the same to each line in turn; that line must be named.</summary>
    private async Task EachLineAsync(Func<List<string>, int> count, Action<List<string>, int> tamper, int blame = 0, bool orNext = false, bool exceptFirst = false)
    {
        var untouched = election.Whole();
        for (var i = exceptFirst ? 1 : 0; i < count(untouched); i++)
        {
            List<string> lines = [.. untouched];
            tamper(lines, i);
            (await VerifyAsync(lines)).ShouldBe(1, $"{i}");
            var named = cli.Out.Split("does not agree: ")[1];
            (named.StartsWith($"line {i + 1 + blame}: ", StringComparison.Ordinal) || (orNext && named.StartsWith($"line {i + 2 + blame}: ", StringComparison.Ordinal)))
                .ShouldBeTrue($"{i}: {cli.Out}");
        }
    }

    private async Task ShouldFailAsync(List<string> lines, string why, params string[] options)
    {
        (await VerifyAsync(lines, options)).ShouldBe(1, cli.Out);
        cli.Out.ShouldContain(" does not agree: ");
        cli.Out.ShouldContain(why);
        cli.Out.TrimEnd('\n').ShouldNotContain('\n');
    }

    private Task<int> VerifyAsync(IEnumerable<string> lines, params string[] options) =>
        cli.RunAsync(["verify", cli.File("feed.jsonl", string.Concat(lines.Select(line => line + "\n"))), .. options]);
}
