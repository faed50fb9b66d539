using System.Net;
using IdeaVote.Server.Telemetry;

namespace IdeaVote.Server.Tests.Telemetry;

/// <summary>Who may scrape, as the server was told.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("Public", HttpStatusCode.OK)]
    [InlineData("Off", HttpStatusCode.NotFound)]
    public async Task Somebody_without_a_token_gets_what_the_server_was_told(string access, HttpStatusCode expected)
    {
        using var folder = new TempFolder();
        await using var server = await IdeaVoteServer.CreateAsync(new ServerOptions
        {
            DataFolder = folder.Data,
            Urls = "http://127.0.0.1:0",
            AdminToken = ServerLaunch.TestToken,
            Metrics = Enum.Parse<MetricsAccess>(access),
        });
        await server.App.StartAsync();
        using var client = ServerProcess.Connect(server.Address(), null);

        using var answer = await client.GetAsync(new Uri("metrics", UriKind.Relative));

        answer.StatusCode.ShouldBe(expected);
    }
}
