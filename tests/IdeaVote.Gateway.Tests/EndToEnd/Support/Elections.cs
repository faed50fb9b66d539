using System.Globalization;
using System.Text.Json.Nodes;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>A thread and a reply in it by somebody else.</summary>
/// <param name="Thread">The thread, and the comment it begins with.</param>
/// <param name="Reply">The reply.</param>
public sealed record TalkIds(string Thread, string Reply)
{
    public static readonly TalkIds None = new("00000000000000000000", "00000000000000000000");
}

/// <summary>Campaigns and ideas to test with.</summary>
public static class Elections
{
    private const string AllMethods = """ "approve":{"max":null},"rate":{"criteria":[{"key":"overall","weight":1}]},"invest":{"budgetCredits":100},"rank":{"maxLength":3},"duel":{} """;

    private static int last;

    /// <summary>A key that no other test uses.</summary>
    public static string NewKey() => "c-" + Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture);

    /// <summary>Makes a campaign.</summary>
    /// <param name="server">Where.</param>
    /// <param name="fields">Its fields besides key and title, as JSON without braces; all voting methods if absent.</param>
    /// <returns>Its key.</returns>
    public static async Task<string> CampaignAsync(this TestServer server, string fields = AllMethods)
    {
        var key = NewKey();
        await server.Admin.PostAsync("campaigns", $$"""{"key":"{{key}}","title":"Campaign {{key}}",{{fields}}}""").Expect(201);
        return key;
    }

    /// <summary>Makes a campaign with all voting methods and more.</summary>
    public static Task<string> FullCampaignAsync(this TestServer server, string more) => server.CampaignAsync($"{AllMethods},{more}");

    /// <summary>Submits an idea as the team; its reference is its title.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> IdeaAsync(this TestServer server, string campaign, string title)
    {
        var idea = new JsonObject { ["title"] = title, ["reference"] = title };
        return (await server.Admin.PostAsync($"campaigns/{campaign}/ideas", idea.ToJsonString()).Expect(201)).Text("id");
    }

    /// <summary>Submits ideas as the team, one after the other.</summary>
    /// <returns>Their ids.</returns>
    public static async Task<IReadOnlyList<string>> IdeasAsync(this TestServer server, string campaign, params IEnumerable<string> titles)
    {
        var ids = new List<string>();
        foreach (var title in titles)
            ids.Add(await server.IdeaAsync(campaign, title));
        return ids;
    }

    /// <summary>Begins a thread as one voter, and replies in it as another.</summary>
    public static async Task<TalkIds> TalkAsync(this TestServer server, string campaign, string idea, string author = "anna")
    {
        var threads = $"campaigns/{campaign}/ideas/{idea}/threads";
        var thread = (await server.Admin.For(author).PostAsync(threads, """{"text":"What about rain?"}""").Expect(201)).Text("id");
        var reply = await server.Admin.For("gardener").PostAsync($"{threads}/{thread}/comments", """{"text":"It is for dry days."}""").Expect(201);
        return new TalkIds(thread, reply.Text("id"));
    }

    /// <summary>Casts whole ballots, all of which must be counted.</summary>
    public static async Task CastAsync(this TestServer server, string campaign, params IEnumerable<string> lines)
    {
        var backEnd = await server.AsAsync("vote:any");
        var answer = await backEnd.LinesAsync("POST", $"campaigns/{campaign}/ballots", lines).Expect(200);
        answer.Lines.ShouldAllBe(line => line.Contains("\"counted\""));
    }

    /// <summary>Casts whole ballots one after the other: voters come in this order, and those of one call may come in any.</summary>
    public static async Task CastInTurnAsync(this TestServer server, string campaign, params IEnumerable<string> lines)
    {
        foreach (var line in lines)
            await server.CastAsync(campaign, line);
    }

    /// <summary>The counts of an idea, as somebody who may always see them.</summary>
    public static async Task<JsonNode> TallyAsync(this TestServer server, string campaign, string idea) =>
        (await server.Admin.GetAsync($"campaigns/{campaign}/ideas/{idea}").Expect(200)).At("tally").ShouldNotBeNull();
}
