using System.Net.Http.Json;
using System.Text.Json;
using IdeaVote.Cli.Commands;

namespace IdeaVote.Server.Tests.Import;

/// <summary>The command line can ask for what the API answers.</summary>
public class OptionTests
{
    [Fact]
    public async Task Every_parameter_of_the_leaderboard_has_an_option()
    {
        using var folder = new TempFolder();
        await using var server = await HostedServer.StartAsync(folder.Data);
        using var http = new HttpClient { BaseAddress = server.Address };

        var description = await http.GetFromJsonAsync<JsonElement>("openapi/v1.json");
        var operation = description.GetProperty("paths").GetProperty("/api/v1/campaigns/{c}/leaderboard").GetProperty("get");
        var known = operation.GetProperty("parameters").EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString()!);

        // That the ballots are named is asked for by the command itself, wherever the format has a place for it.
        new RankingOptions().Parameters.Union(["by", "top", "format", "ballots"]).ShouldBe(known, ignoreOrder: true);
    }
}
