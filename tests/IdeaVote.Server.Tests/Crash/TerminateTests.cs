using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.Crash;

/// <summary>A server that is asked to end while votes come in.</summary>
public class TerminateTests
{
    [Fact]
    public async Task A_server_asked_to_end_under_load_finishes_what_it_began_and_leaves_nothing_to_fold()
    {
        using var folder = new TempFolder();
        Crowd crowd;
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            crowd = new Crowd(await server.Client.PrepareAsync(ideas: 12), seed: 51);
            var voting = crowd.Vote(server.Client);
            await voting.ReachAsync(1_000);
            var exit = await server.TerminateAsync();
            exit.Code.ShouldBe(0, exit.Output);
            exit.Errors.ShouldBeEmpty();
            await voting.EndAsync();
        }
        var journal = folder.DataFile("journal.db");
        var head = DataFile.ReadNumber(journal, "SELECT max(position) FROM journal");
        head.ShouldBeGreaterThan(1_000);
        DataFile.ReadNumber(journal, "SELECT position FROM checkpoint").ShouldBe(head);

        await using var next = await ServerProcess.StartAsync(folder.Data);
        await Truth.CheckAsync(next.Client, crowd);
    }

    [Fact]
    public async Task A_feed_that_is_followed_does_not_keep_a_server_from_ending()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        await server.Client.PrepareAsync(ideas: 1);
        using var feed = await server.Client.GetStreamAsync(new Uri($"api/v1/campaigns/{Calls.Campaign}/feed", UriKind.Relative));
        using var lines = new StreamReader(feed);
        (await lines.ReadLineAsync()).ShouldNotBeNull();
        (await server.TerminateAsync()).Code.ShouldBe(0);
    }
}
