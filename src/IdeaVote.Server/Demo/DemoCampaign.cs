using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace IdeaVote.Server.Demo;

/// <summary>
/// Opens a campaign to look at: twelve ideas and a few hundred ballots, sent through the same calls anybody else makes.
/// Always the same, so that what one sees another can see again.
/// </summary>
internal static class DemoCampaign
{
    public const string Key = "demo";

    private const int Voters = 320;
    private static readonly string[] Segments = ["free", "team", "enterprise"];

    public static async Task OpenAsync(HttpClient client, CancellationToken cancellation)
    {
        await PostAsync(client, "api/v1/campaigns", new JsonObject
        {
            ["key"] = Key,
            ["title"] = "What should the team calendar do next?",
            ["brief"] = "We have **50,000 EUR** for the next half year. Approve what you would use, rate what you know, and put your 100 credits where they matter most to you.",
            ["preset"] = "continuous",
            ["approve"] = new JsonObject { ["max"] = 5 },
            ["rate"] = new JsonObject
            {
                ["criteria"] = new JsonArray(
                    new JsonObject { ["key"] = "value", ["weight"] = 2 },
                    new JsonObject { ["key"] = "urgency", ["weight"] = 1 }),
            },
            ["invest"] = new JsonObject { ["budgetCredits"] = 100, ["maxCredits"] = 60 },
            ["fund"] = new JsonObject { ["amount"] = 50_000, ["unit"] = "EUR" },
        }, cancellation);
        foreach (var idea in DemoIdeas.All)
        {
            await PostAsync(client, $"api/v1/campaigns/{Key}/ideas", new JsonObject
            {
                ["title"] = idea.Title,
                ["body"] = idea.Body,
                ["tags"] = new JsonArray([.. idea.Tags.Select(tag => JsonValue.Create(tag))]),
                ["cost"] = idea.Cost,
                ["reference"] = idea.Reference,
            }, cancellation);
        }
        using var ballots = new StringContent(Ballots(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
        using var response = await client.PostAsync(new Uri($"api/v1/campaigns/{Key}/ballots", UriKind.Relative), ballots, cancellation);
        response.EnsureSuccessStatusCode();
    }

    private static async Task PostAsync(HttpClient client, string path, JsonObject body, CancellationToken cancellation)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content, cancellation);
        response.EnsureSuccessStatusCode();
    }

    private static string Ballots()
    {
        // A fixed seed: the demo is the same on every machine.
        var random = new Random(20_261_121);
        var lines = new StringBuilder();
        for (var voter = 1; voter <= Voters; voter++)
            lines.Append(Ballot(voter, random).ToJsonString()).Append('\n');
        return lines.ToString();
    }

    private static JsonObject Ballot(int voter, Random random)
    {
        var liked = DemoIdeas.All.Where(idea => random.Next(100) < idea.Appeal).ToList();
        var approve = liked.OrderBy(_ => random.Next()).Take(5).ToList();
        var rate = new JsonObject();
        foreach (var idea in DemoIdeas.All)
        {
            // Few rate everything; most rate what they have an opinion on.
            if (random.Next(100) >= 45)
                continue;
            var low = idea.Divides ? 1 : 2;
            var value = liked.Contains(idea) ? random.Next(4, 6) : random.Next(low, low + 2);
            rate[$"ref:{idea.Reference}"] = new JsonObject { ["value"] = value, ["urgency"] = Math.Clamp(value + random.Next(-1, 2), 1, 5) };
        }
        var invest = new JsonObject();
        var left = 100;
        foreach (var idea in approve.Take(3))
        {
            var credits = Math.Min(random.Next(1, 7) * 10, left);
            if (credits == 0)
                break;
            invest[$"ref:{idea.Reference}"] = credits;
            left -= credits;
        }
        return new JsonObject
        {
            ["line"] = voter,
            ["voter"] = string.Create(CultureInfo.InvariantCulture, $"customer-{voter:000}"),
            ["segment"] = Segments[random.Next(Segments.Length)],
            ["approve"] = new JsonArray([.. approve.Select(idea => JsonValue.Create($"ref:{idea.Reference}"))]),
            ["rate"] = rate,
            ["invest"] = invest,
        };
    }
}
