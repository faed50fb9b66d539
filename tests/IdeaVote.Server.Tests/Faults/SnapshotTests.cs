using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.Faults;

/// <summary>Snapshots are a cache: whatever happens to them, a server starts and counts right.</summary>
[Collection(SampleDataUsers.Name)]
public class SnapshotTests(SampleData sample)
{
    [Theory]
    [InlineData("board", "true")]
    [InlineData("snapshot", "true")]
    // The first byte of a key says of what kind the aggregate is: campaign, idea, voter.
    [InlineData("snapshot", "stream = (SELECT min(stream) FROM snapshot)")]
    [InlineData("snapshot", "stream = (SELECT max(stream) FROM snapshot)")]
    public async Task Damaged_snapshots_change_no_count(string table, string rows)
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        DataFile.FlipBit(folder.DataFile("journal.db"), table, "state", rows).ShouldBePositive();
        await ShouldServeAsync(folder);
    }

    [Fact]
    public async Task Lost_snapshots_change_no_count()
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        DataFile.Execute(folder.DataFile("journal.db"), "DELETE FROM snapshot; DELETE FROM board; DELETE FROM checkpoint");
        await ShouldServeAsync(folder);
    }

    [Fact]
    public async Task Snapshots_of_another_format_change_no_count()
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        DataFile.Execute(folder.DataFile("journal.db"), "UPDATE checkpoint SET format = 99; UPDATE snapshot SET state = x'00'; UPDATE board SET state = x'00'");
        await ShouldServeAsync(folder);
    }

    [Theory]
    [InlineData("search.db")]
    [InlineData("backers.db")]
    public async Task An_index_that_was_deleted_is_made_again(string name)
    {
        using var folder = new TempFolder();
        sample.CopyTo(folder.Data);
        foreach (var path in Directory.GetFiles(folder.Data, $"{name}*"))
            File.Delete(path);
        await using var server = await HostedServer.StartAsync(folder.Data);
        var found = await server.Client.GetJsonAsync($"api/v1/campaigns/{Calls.Campaign}/ideas?q=number");
        found.GetProperty("items").GetArrayLength().ShouldBe(6);
        await Truth.CheckAsync(server.Client, sample.Crowd);
    }

    /// <summary>Checks the counts, that votes still come in, and that the next start, on new snapshots, counts the same.</summary>
    private async Task ShouldServeAsync(TempFolder folder)
    {
        FeedRecount recount;
        await using (var server = await HostedServer.StartAsync(folder.Data))
        {
            await Truth.CheckAsync(server.Client, sample.Crowd);
            var idea = (await server.Client.LeaderboardAsync("rating"))[0].GetProperty("idea").GetString()!;
            foreach (var voter in sample.Crowd.Voters)
            {
                using var vote = Calls.Vote(voter.Name, HttpMethod.Put, idea, "approval");
                (await server.Client.SendAsync(vote)).EnsureSuccessStatusCode();
            }
            recount = FeedRecount.Of(await server.Client.FeedAsync());
            await Truth.CheckCountsAsync(server.Client, recount, "approvals");
        }
        await using var next = await HostedServer.StartAsync(folder.Data);
        FeedRecount.Of(await next.Client.FeedAsync()).Head.ShouldBe(recount.Head);
        foreach (var by in Calls.Methods)
            await Truth.CheckCountsAsync(next.Client, recount, by);
    }
}
