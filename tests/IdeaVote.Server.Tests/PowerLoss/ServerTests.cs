using System.Net;
using IdeaVote.Server.Tests.Votes;

namespace IdeaVote.Server.Tests.PowerLoss;

/// <summary>The same for all files of a server: beside votes there are texts, tokens and indexes.</summary>
public class ServerTests
{
    private const int Ideas = 8;

    public static IEnumerable<object[]> Losses => Thorough.Of<object[]>(1, [31, false], [32, true], [33, true]);

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Whatever_was_acknowledged_over_http_survives_a_loss_of_power(int seed, bool isLucky)
    {
        using var folder = new TempFolder();
        var random = new Random(seed);
        var disk = new FragileDisk(folder.File("before"));
        string[] ideas;
        string token;
        Crowd crowd;
        using (FragileFiles.Watch(disk))
        {
            await using var server = await HostedServer.StartAsync(disk.Folder);
            var client = server.Client;
            ideas = await client.PrepareAsync(Ideas);
            using var issued = await client.PostAsync("api/v1/tokens", """{"name":"reader","scopes":["export"]}""");
            token = issued.RootElement.GetProperty("token").GetString()!;
            crowd = new Crowd(ideas, seed);
            disk.FailAfter(random.Next(500, 3_000));
            var voting = crowd.Vote(client, counts: () => !disk.IsDead);
            await voting.EndAsync();
            voting.Acknowledged.ShouldBePositive();
        }
        disk.SaveTo(folder.File("after"), isLucky ? random : null);

        await using var survivor = await HostedServer.StartAsync(folder.File("after"));
        var admin = survivor.Client;
        await Truth.CheckAsync(admin, crowd);
        for (var i = 0; i < Ideas; i++)
            (await admin.GetJsonAsync($"api/v1/campaigns/{Calls.Campaign}/ideas/{ideas[i]}")).GetProperty("title").GetString().ShouldBe(Calls.TitleOf(i));
        using var reader = ServerProcess.Connect(survivor.Address, token);
        (await reader.FeedAsync()).ShouldNotBeEmpty();
        using var refused = await reader.GetAsync(new Uri("api/v1/tokens", UriKind.Relative));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
