using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Duplicates become one idea: votes follow, nobody counts twice, and all of it can be undone.</summary>
public sealed class MergeTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Votes_follow_the_idea_count_once_and_come_back_when_it_is_undone()
    {
        var campaign = await server.CampaignAsync();
        var ids = await server.IdeasAsync(campaign, "lane", "path");
        var (lane, path) = ($"campaigns/{campaign}/ideas/{ids[0]}", $"campaigns/{campaign}/ideas/{ids[1]}");
        var (anna, berta) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"));
        await anna.PutAsync($"{lane}/approval").Expect(200);
        await anna.PutAsync($"{path}/approval").Expect(200);
        await anna.PutAsync($"{path}/investment", """{"credits":30}""").Expect(200);
        await berta.PutAsync($"{path}/approval").Expect(200);
        await berta.PutAsync($"{path}/rating", """{"scores":{"overall":4}}""").Expect(200);
        var before = (await server.TallyAsync(campaign, ids[0]), await server.TallyAsync(campaign, ids[1]));

        await using (var feed = await FeedReader.OpenAsync(server.Admin, campaign))
        {
            var merged = await server.Admin.PutAsync($"{path}/merge", """{"into":"ref:lane","answer":"The same wish."}""").Expect(200);
            merged.At("status").ShouldBeJson("\"merged\"");
            merged.At("mergedInto").ShouldBeJson($"\"{ids[0]}\"");
            merged.At("answer").ShouldBeJson("\"The same wish.\"");
            await UntilFollowedAsync(feed, "votes_merged", voters: 2);
        }

        (await server.TallyAsync(campaign, ids[0])).ShouldBeJson("""{"approvals":2,"ratings":1,"rating":4,"invested":30,"investors":1}""");
        (await server.TallyAsync(campaign, ids[1])).ShouldBeJson("""{"approvals":0,"ratings":0,"rating":null,"invested":0,"investors":0}""");
        (await server.Admin.GetAsync(lane).Expect(200)).At("merged").ShouldBeJson($"[\"{ids[1]}\"]");
        (await anna.GetAsync($"campaigns/{campaign}/ballot").Expect(200)).At("merged").ShouldBeJson($$"""{"{{ids[1]}}":"{{ids[0]}}"}""");
        await berta.PutAsync($"{path}/approval").Refused(409, "idea_not_votable");

        await using (var feed = await FeedReader.OpenAsync(server.Admin, campaign))
        {
            (await server.Admin.DeleteAsync($"{path}/merge").Expect(200)).At("status").ShouldBeJson("\"published\"");
            await UntilFollowedAsync(feed, "votes_unmerged", voters: 2);
        }

        (await server.TallyAsync(campaign, ids[0])).ToJsonString().ShouldBe(before.Item1.ToJsonString());
        (await server.TallyAsync(campaign, ids[1])).ToJsonString().ShouldBe(before.Item2.ToJsonString());
        (await server.FeedAsync(campaign)).ShouldBeChained();
        // Sent again, nothing is there to undo.
        await server.Admin.DeleteAsync($"{path}/merge").Expect(200);
    }

    [Fact]
    public async Task What_can_not_be_merged_is_refused_with_its_field()
    {
        var campaign = await server.CampaignAsync();
        var ids = await server.IdeasAsync(campaign, "one", "two", "gone");
        string Merge(int idea) => $"campaigns/{campaign}/ideas/{ids[idea]}/merge";
        await server.Admin.PutAsync($"campaigns/{campaign}/ideas/{ids[2]}/status", """{"status":"declined"}""").Expect(200);

        (await server.Admin.PutAsync(Merge(0), """{"into":"nothing"}""").Refused(404, "idea_not_found")).At("field").ShouldBeJson("\"into\"");
        (await server.Admin.PutAsync(Merge(0), $$"""{"into":"{{ids[0]}}"}""").Refused(409, "idea_not_mergeable")).At("field").ShouldBeJson("\"into\"");
        await server.Admin.PutAsync(Merge(0), """{"into":"ref:gone"}""").Refused(409, "idea_not_mergeable");
        await server.Admin.PutAsync(Merge(2), """{"into":"ref:one"}""").Refused(409, "idea_not_mergeable");
        await server.Admin.PutAsync(Merge(0), "{}").Refused(400, "missing_field");
        await server.Admin.PutAsync(Merge(0), """{"into":"ref:two"}""").Expect(200);
        await server.Admin.PutAsync(Merge(0), """{"into":"ref:two"}""").Expect(200);
        await server.Admin.PutAsync(Merge(1), """{"into":"ref:one"}""").Refused(409, "idea_not_mergeable");
        await (await server.VoterAsync("anna")).PutAsync(Merge(1), """{"into":"ref:one"}""").Refused(403, "forbidden");
    }

    [Fact]
    public async Task A_thousand_ballots_follow_and_come_back_though_the_server_stops_in_between()
    {
        const int Voters = 1_000;
        await using var own = await TestServer.StartAsync();
        var campaign = await own.CampaignAsync();
        var ids = await own.IdeasAsync(campaign, "lane", "path");
        await own.CastAsync(campaign, Enumerable.Range(0, Voters).Select(i => i % 2 == 0
            ? $$$"""{"voter":"{{{i}}}","approve":["ref:path"],"invest":{"ref:path":60,"ref:lane":40}}"""
            : $$$"""{"voter":"{{{i}}}","approve":["ref:path","ref:lane"]}"""));

        await own.Admin.PutAsync($"campaigns/{campaign}/ideas/{ids[1]}/merge", """{"into":"ref:lane"}""").Expect(200);
        await own.RestartAsync();
        await using (var feed = await FeedReader.OpenAsync(own.Admin, campaign))
            await UntilFollowedAsync(feed, "votes_merged", Voters);
        (await own.TallyAsync(campaign, ids[0])).ShouldBeJson($$"""{"approvals":{{Voters}},"ratings":0,"rating":null,"invested":{{Voters / 2 * 100}},"investors":{{Voters / 2}}}""");

        await own.Admin.DeleteAsync($"campaigns/{campaign}/ideas/{ids[1]}/merge").Expect(200);
        await using (var feed = await FeedReader.OpenAsync(own.Admin, campaign))
            await UntilFollowedAsync(feed, "votes_unmerged", Voters);
        (await own.TallyAsync(campaign, ids[0])).ShouldBeJson($$"""{"approvals":{{Voters / 2}},"ratings":0,"rating":null,"invested":{{Voters / 2 * 40}},"investors":{{Voters / 2}}}""");
        (await own.TallyAsync(campaign, ids[1])).ShouldBeJson($$"""{"approvals":{{Voters}},"ratings":0,"rating":null,"invested":{{Voters / 2 * 60}},"investors":{{Voters / 2}}}""");
    }

    /// <summary>Reads the feed until the votes of so many voters have followed, all changes with them.</summary>
    private static async Task UntilFollowedAsync(FeedReader feed, string name, int voters)
    {
        var (followed, changes) = (0, 0);
        await feed.UntilAsync(line =>
        {
            if (line.Name == name)
            {
                followed++;
                changes = line.At("changes")!.GetValue<int>();
            }
            else
            {
                changes--;
            }
            return followed == voters && changes == 0;
        });
    }
}
