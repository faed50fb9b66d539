using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IdeaVote.Engine.Audit;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>What the server signs, the key it signs with, and the ballots as files.</summary>
public sealed class AuditTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_head_vouches_for_what_the_feed_says_and_is_signed_with_the_public_key()
    {
        var campaign = await ElectionAsync();
        var feed = await server.FeedAsync(campaign);

        var head = SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head").Expect(200)).Bytes);

        head.CheckSignature();
        head.Campaign.ShouldBe(campaign);
        head.Id.ShouldBe(feed[0].At("c")!.GetValue<string>());
        head.Heads.ShouldBe([new PartitionHead(0, feed.Count, feed[^1].Hash)]);
        head.Position.ShouldBe(feed[^1].Position);
        var keys = JsonSerializer.Deserialize((await KeysAsync()).Bytes, AuditJson.Default.PublicJwkSet)!.Keys;
        keys.ShouldHaveSingleItem().ShouldBe(head.Key);
        head.Kid.ShouldBe(keys[0].Thumbprint());
    }

    [Fact]
    public async Task The_head_of_an_earlier_position_is_what_was_signed_then()
    {
        var campaign = await ElectionAsync();
        var before = SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head").Expect(200)).Bytes);
        await server.CastAsync(campaign, """{"voter":"late","approve":["ref:1"]}""");

        var then = SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head?position={before.Position}").Expect(200)).Bytes);
        var now = SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head").Expect(200)).Bytes);

        (then.Heads.Single(), then.Ballots, then.Position).ShouldBe((before.Heads.Single(), before.Ballots, before.Position));
        now.Ballots.ShouldNotBe(before.Ballots);
        now.Events.ShouldBe(before.Events + 1);
        foreach (var line in (await server.FeedAsync(campaign)).Take(3))
            SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head?position={line.Position}").Expect(200)).Bytes).Heads.Single().Hash.ShouldBe(line.Hash);
    }

    [Fact]
    public async Task A_position_that_says_nothing_of_the_campaign_is_refused()
    {
        var older = await ElectionAsync();
        var position = (await server.FeedAsync(older))[0].Position;
        var campaign = await ElectionAsync();

        foreach (var path in new[] { "head", "ballots" })
        {
            await server.Admin.GetAsync($"campaigns/{campaign}/{path}?position=nonsense").Refused(400, "invalid_position", "position");
            await server.Admin.GetAsync($"campaigns/{campaign}/{path}?position={position}").Refused(400, "invalid_position", "position");
            await server.Admin.GetAsync($"campaigns/{campaign}/{path}?what=ever").Refused(400, "unknown_field", "what");
            await server.Admin.GetAsync($"campaigns/none/{path}").Refused(404, "campaign_not_found");
        }
        await server.Admin.GetAsync($"campaigns/{campaign}/ballots?format=xml").Refused(400, "invalid_field", "format");
    }

    [Fact]
    public async Task The_ballots_as_lines_have_the_hash_that_the_head_vouches_for()
    {
        var campaign = await ElectionAsync();
        var head = SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head").Expect(200)).Bytes);

        var ballots = await server.Admin.GetAsync($"campaigns/{campaign}/ballots").Expect(200);

        Convert.ToHexStringLower(SHA256.HashData(ballots.Bytes)).ShouldBe(head.Ballots);
        ballots.Headers["IdeaVote-Ballots-Sha256"].ShouldBe(head.Ballots);
        ballots.Position.ShouldBe(head.Position);
        ballots.Lines.Length.ShouldBe(40);
        ballots.Lines.ShouldBe(ballots.Lines.Order(StringComparer.Ordinal));
        ballots.Body.ShouldNotContain("voter-");
    }

    [Fact]
    public async Task Ballots_downloaded_again_are_those_of_now_and_those_of_a_position_stay_what_they_were()
    {
        var campaign = await ElectionAsync();
        var first = await server.Admin.GetAsync($"campaigns/{campaign}/ballots").Expect(200);
        await server.CastAsync(campaign, """{"voter":"voter-1","approve":["ref:3"],"rate":{}}""", """{"voter":"late","rate":{"ref:2":{"overall":5}}}""");
        var head = SignedHead.Read((await server.Admin.GetAsync($"campaigns/{campaign}/head").Expect(200)).Bytes);

        var second = await server.Admin.GetAsync($"campaigns/{campaign}/ballots").Expect(200);
        var then = await server.Admin.GetAsync($"campaigns/{campaign}/ballots?position={first.Position}").Expect(200);
        var again = await server.Admin.GetAsync($"campaigns/{campaign}/ballots").Expect(200);

        Convert.ToHexStringLower(SHA256.HashData(second.Bytes)).ShouldBe(head.Ballots);
        (second.Position, second.Lines.Length).ShouldBe((head.Position, 41));
        then.Bytes.ShouldBe(first.Bytes);
        (then.Position, then.Headers["IdeaVote-Ballots-Sha256"]).ShouldBe((first.Position, first.Headers["IdeaVote-Ballots-Sha256"]));
        again.Bytes.ShouldBe(second.Bytes);
    }

    [Fact]
    public async Task The_ballots_as_csv_have_a_line_a_vote_and_no_formula()
    {
        var campaign = await server.CampaignAsync();
        await server.IdeaAsync(campaign, "=1+1");
        var other = await server.IdeaAsync(campaign, "plain");
        await server.CastAsync(campaign, """{"voter":"anna","segment":"north","approve":["ref:=1+1"],"rate":{"ref:plain":{"overall":4}},"invest":{"ref:plain":30}}""");

        var csv = await server.Admin.GetAsync($"campaigns/{campaign}/ballots?format=csv").Expect(200);

        csv.ContentType.ShouldStartWith("text/csv");
        csv.Lines[0].ShouldBe("voter,idea,reference,method,value,segment,first");
        csv.Lines.Length.ShouldBe(4);
        csv.Lines[1].ShouldContain(",'=1+1,approve,1,");
        csv.Lines[2].ShouldContain($",{other},plain,rate,4,");
        csv.Lines[3].ShouldContain($",{other},plain,invest,30,");
        csv.Lines.Skip(1).ShouldAllBe(line => line.Split(',').Length == 7 && line.Split(',')[5].Length == 20 && line.EndsWith('Z'));
        csv.Body.ShouldNotContain("anna");
        csv.Body.ShouldNotContain("north");
    }

    [Fact]
    public async Task The_key_is_the_same_after_a_restart_and_another_on_another_server()
    {
        await using var own = await TestServer.StartAsync();
        var before = (await own.Anyone.GetAsync("/.well-known/ideavote-keys.json").Expect(200)).Body;

        await own.RestartAsync();

        (await own.Anyone.GetAsync("/.well-known/ideavote-keys.json").Expect(200)).Body.ShouldBe(before);
        (await KeysAsync()).Body.ShouldNotBe(before);
        before.ShouldNotContain("\"d\"");
        Encoding.UTF8.GetByteCount(before).ShouldBeLessThan(1_000);
    }

    private Task<Answer> KeysAsync() => server.Anyone.GetAsync("/.well-known/ideavote-keys.json").Expect(200);

    private async Task<string> ElectionAsync()
    {
        var campaign = await server.CampaignAsync();
        await server.IdeasAsync(campaign, "1", "2", "3");
        await server.CastAsync(campaign, Enumerable.Range(0, 40).Select(i => $$$"""{"voter":"voter-{{{i}}}","approve":["ref:1","ref:{{{1 + i % 3}}}"],"rate":{"ref:2":{"overall":{{{1 + i % 5}}}}},"invest":{"ref:{{{1 + i % 3}}}":{{{1 + i}}} } }"""));
        return campaign;
    }
}
