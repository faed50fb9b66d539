using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IdeaVote.Cli;
using IdeaVote.Domain.Allocation;
using IdeaVote.Domain.Ranking;

namespace IdeaVote.Server.Tests.Import;

/// <summary>Every leaderboard and portfolio that a server gives away is recomputed from its feed, without it.</summary>
public class RecountTests
{
    private const int Voters = 60;
    private const int Ideas = 7;

    [Fact]
    public async Task Whatever_was_exported_agrees_as_of_then()
    {
        using var folder = new TempFolder();
        await using var server = await HostedServer.StartAsync(folder.Data);
        var command = new CommandLine(server.Address);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServerLaunch.TestToken);
        await PrepareAsync(http);
        await VoteAsync(http, 83);

        string[] more =
        [
            "rating --criterion effort", "approvals --tag park", "approvals --status planned,published", "wilson --segment north", "duels --segment south",
            "approvals --weights north:2,south:0.25", "rating --weights north:3", "bayesian --prior-votes 5 --prior-mean 3.5", "needs-votes --places 2", "quadratic --pool 1000.5",
            "invested --to 2999-01-01T00:00:00Z", "borda --from 2020-01-01T00:00:00+02:00", "controversial --top 3",
        ];
        var files = new List<string[]>();
        foreach (var by in RankByNames.All.Concat(more))
            files.Add(["--leaderboard", await KeepAsync($"leaderboard town --by {by}", files.Count % 2 == 0 ? "csv" : "json")]);
        foreach (var rule in MethodNames.Rules.Keys)
        {
            foreach (var from in Enum.GetValues<CountFrom>())
                files.Add(["--portfolio", await KeepAsync($"portfolio town --rule {rule} --from {CountFroms.Of(from)} --fund 400", files.Count % 2 == 0 ? "csv" : "json")]);
        }
        files.Add(["--portfolio", await KeepAsync("portfolio town --utility cardinality --completion greedy --payments", "json")]);

        // More votes, so that what was exported is of the past.
        await VoteAsync(http, 89);
        (await command.RunAsync("export", "town", "--output", folder.File("feed.jsonl"))).ShouldBe(ExitCodes.Done, command.Output);
        foreach (var file in files)
        {
            (await command.RunAsync(["verify", folder.File("feed.jsonl"), .. file])).ShouldBe(ExitCodes.Done, $"{string.Join(' ', file)}: {command.Output}");
            command.Output.ShouldContain(", at the position it names");
        }

        async Task<string> KeepAsync(string line, string format)
        {
            (await command.RunAsync([.. line.Split(' '), "--format", format])).ShouldBe(ExitCodes.Done, $"{line}: {command.Output}");
            var path = folder.File($"{Guid.NewGuid():n} {line.Split(' ')[3]}.{format}");
            await File.WriteAllTextAsync(path, command.Output);
            return path;
        }
    }

    private static async Task PrepareAsync(HttpClient http)
    {
        await http.PostAsync("api/v1/campaigns", """
            {"key":"town","title":"Town","approve":{},"rate":{"criteria":[{"key":"value","weight":2},{"key":"effort","weight":1}]},"invest":{"budgetCredits":100},
            "rank":{"maxLength":4},"duel":{},"fund":{"amount":350,"unit":"EUR"}}
            """);
        for (var i = 0; i < Ideas; i++)
            await http.PostAsync("api/v1/campaigns/town/ideas", $$"""{"title":"Idea {{i}}","reference":"R{{(i * 5) % Ideas}}","cost":{{100 + i % 2}},"tags":["{{(i % 2 == 0 ? "park" : "road")}}"]}""");
    }

    private static async Task VoteAsync(HttpClient http, int seed)
    {
        var random = new Random(seed);
        var lines = new StringBuilder();
        for (var voter = 0; voter < Voters; voter++)
        {
            int[] ideas = [.. Enumerable.Range(0, Ideas)];
            random.Shuffle(ideas);
            var ballot = new
            {
                line = voter,
                voter = $"v{voter}",
                segment = (voter % 3) switch { 0 => "north", 1 => "south", _ => null },
                approve = new[] { Named(0), Named(1) },
                rate = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    [Named(2)] = new { value = random.Next(1, 6) },
                    [Named(0)] = new { value = random.Next(1, 6), effort = random.Next(1, 6) },
                },
                invest = new Dictionary<string, int>(StringComparer.Ordinal) { [Named(3)] = random.Next(1, 50), [Named(1)] = random.Next(1, 50) },
                rank = new[] { Named(4), Named(0), Named(5) },
                duel = new[] { new[] { Named(0), Named(6) } },
            };
            lines.Append(JsonSerializer.Serialize(ballot)).Append('\n');

            string Named(int place) => $"ref:R{ideas[place]}";
        }
        using var content = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
        using var answer = await http.PostAsync(new Uri("api/v1/campaigns/town/ballots", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        answer.EnsureSuccessStatusCode();
        text.ShouldNotContain("refused");
    }
}
