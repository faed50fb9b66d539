namespace IdeaVote.Server.Tests.Demo;

/// <summary>The demo a newcomer sees first.</summary>
public class DemoTests
{
    private const string Campaign = "demo";

    [Fact]
    public async Task A_demo_opens_once_and_a_second_start_serves_it_as_it_is()
    {
        using var folder = new TempFolder();
        var launch = new ServerLaunch(folder.Data) { More = ["--demo"] };
        byte[] feed;
        await using (var server = await ServerProcess.StartAsync(launch))
        {
            var line = await server.Output.LineAsync("A demo campaign is open: ").WaitAsync(Eventually.Patience);
            using var shown = await server.Client.GetAsync(new Uri(line.Split("open: ")[1]));
            shown.EnsureSuccessStatusCode();
            feed = await server.Client.FeedAsync(Campaign);
            foreach (var by in Calls.Methods)
            {
                var rows = await server.Client.LeaderboardAsync(by, Campaign);
                rows.Length.ShouldBe(12);
                rows.ShouldAllBe(row => row.GetProperty("votes").GetInt32() > 10);
            }
            (await server.TerminateAsync()).Code.ShouldBe(0);
        }
        await using var next = await ServerProcess.StartAsync(launch);
        await next.Output.LineAsync("The data folder is not empty").WaitAsync(Eventually.Patience);
        (await next.Client.FeedAsync(Campaign)).ShouldBe(feed);
        next.Output.All.ShouldNotContain("A demo campaign is open");
    }
}
