using System.Text;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Erasing a person: nothing of theirs is left in any file, and every count stays.</summary>
public sealed class ErasureTests
{
    private const string Person = "Zwackelmann-4711";

    // Words that stand nowhere else, also not in what the search makes of them.
    private static readonly string[] Traces =
    [
        Person, "zwackel@geheimpost.example", "Zwackeltoken", "Quastenflosser", "Nacktmullgehege", "Schnabeltierbad", "zwackeltag", "zwackelreferenz", "Tapirwiese", "Wombatweg",
        "Axolotlteich", "Pangolinpfad", "Quallenzucht", "Nasenbarentreff", "Gurteltierrunde",
    ];

    [Fact]
    public async Task Nothing_of_an_erased_person_is_left_in_any_file_and_every_count_stays()
    {
        await using var server = await TestServer.StartAsync();
        var (campaign, other) = (await server.CampaignAsync(), await server.FullCampaignAsync(""" "voters":{"who":"roll"} """));
        var (idea, second) = await LiveAsync(server, campaign, other);
        Found(server).ShouldBe(Traces, ignoreOrder: true);
        var before = await StandingAsync(server, campaign, idea);

        var erased = await server.Admin.DeleteAsync($"persons/{Person}").Expect(200);

        erased.Number("tokens").ShouldBe(1);
        erased.Number("texts").ShouldBeGreaterThan(5);
        Found(server).ShouldBeEmpty();
        await server.StopAsync();
        Found(server).ShouldBeEmpty();

        await server.RestartAsync();
        (await StandingAsync(server, campaign, idea)).ShouldBe(before);
        await ShouldBeForgottenAsync(server, campaign, idea, erased.Position);
        var talk = await server.Anyone.With("IdeaVote-After", erased.Position).GetAsync($"campaigns/{campaign}/ideas/{idea}/threads").Expect(200);
        (talk.Text("items.0.first.state"), talk.At("items.0.first.text"), talk.Text("items.0.replies.0.text")).ShouldBe(("erased", null, "Ja!"));
        await ShouldBeForgottenAsync(server, other, second, erased.Position);
        await (await server.VoterAsync("neighbour")).PutAsync($"campaigns/{other}/ideas/{second}/approval").Expect(200);
        await server.Admin.For(Person).PutAsync($"campaigns/{other}/ideas/{second}/approval").Refused(403, "not_eligible");
        (await server.Admin.PutAsync($"campaigns/{campaign}/voters/{Person}", "{}").Expect(200)).At("attributes").ShouldBeNull();
        (await server.Admin.GetAsync("tokens").Expect(200)).Body.ShouldNotContain("zwackel", Case.Insensitive);
        (await server.Admin.DeleteAsync($"persons/{Person}").Expect(200)).At("").ShouldBeJson("""{"texts":0,"tokens":0}""");
    }

    [Fact]
    public async Task An_erased_person_is_refused_at_once_and_others_are_not_touched()
    {
        await using var server = await TestServer.StartAsync();
        var campaign = await server.CampaignAsync();
        var (anna, berta) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"));
        var hers = (await anna.PostAsync($"campaigns/{campaign}/ideas", """{"title":"Of Anna"}""").Expect(201)).Text("id");
        var others = (await berta.PostAsync($"campaigns/{campaign}/ideas", """{"title":"Of Berta"}""").Expect(201)).Text("id");
        await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard").Expect(200);

        await server.Admin.DeleteAsync("persons/anna").Expect(200);

        await anna.GetAsync($"campaigns/{campaign}/ballot").Refused(401, "invalid_token");
        await berta.GetAsync($"campaigns/{campaign}/ballot").Expect(200);
        var rows = (await server.Anyone.GetAsync($"campaigns/{campaign}/leaderboard").Expect(200)).Items("rows");
        rows.ToDictionary(row => row["idea"]!.GetValue<string>(), row => row["title"]?.GetValue<string>(), StringComparer.Ordinal)
            .ShouldBe(new Dictionary<string, string?>(StringComparer.Ordinal) { [hers] = null, [others] = "Of Berta" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("nobody", 200, null)]
    [InlineData("%C3%BC%2F%20x", 200, null)]
    [InlineData("a%0Ab", 400, "invalid_voter")]
    public async Task Erasing_somebody_unknown_is_no_mistake(string voter, int status, string? code)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.Admin.DeleteAsync($"persons/{voter}").Expect(status);

        if (code is null)
            answer.At("").ShouldBeJson("""{"texts":0,"tokens":0}""");
        else
            answer.Text("code").ShouldBe(code);
    }

    /// <summary>The person does everything that leaves a trace.</summary>
    private static async Task<(string Idea, string Second)> LiveAsync(TestServer server, string campaign, string other)
    {
        var issued = await server.Admin.PostAsync("tokens", $$"""{"name":"Zwackeltoken","scopes":["vote"],"voter":"{{Person}}","address":"zwackel@geheimpost.example"}""").Expect(201);
        var person = server.Anyone.WithToken(issued.Text("token"));
        var ideas = $"campaigns/{campaign}/ideas";
        var idea = (await person.With("Idempotency-Key", "hers").PostAsync(ideas,
            """{"title":"Quastenflosser für alle","body":"Dazu ein Nacktmullgehege","tags":["zwackeltag"],"reference":"zwackelreferenz"}""").Expect(201)).Text("id");
        await person.PatchAsync($"{ideas}/{idea}", """{"title":"Ein Schnabeltierbad"}""").Expect(200);
        await person.PatchAsync($"{ideas}/{idea}", """{"body":"Neben der Tapirwiese"}""").Expect(200);
        await server.Admin.PatchAsync($"{ideas}/{idea}", """{"title":"Ein Schnabeltierbad am Wombatweg"}""").Expect(200);
        await server.Admin.PutAsync($"{ideas}/{idea}/status", """{"status":"planned","answer":"Gern."}""").Expect(200);
        var thread = (await person.PostAsync($"{ideas}/{idea}/threads", """{"text":"Der Nasenbarentreff"}""").Expect(201)).Text("id");
        await person.PatchAsync($"{ideas}/{idea}/threads/{thread}/comments/{thread}", """{"text":"Die Gurteltierrunde"}""").Expect(200);
        await server.Admin.For("neighbour").PostAsync($"{ideas}/{idea}/threads/{thread}/comments", """{"text":"Ja!"}""").Expect(201);
        await server.Admin.PutAsync($"campaigns/{campaign}/voters/{Person}", """{"segment":"zwackelsegment","attributes":{"Hobby":"Axolotlteich"}}""").Expect(200);
        await server.Admin.PutAsync($"campaigns/{campaign}/voters/{Person}", """{"attributes":{"Hobby":"Quallenzucht","Weg":"Axolotlteich"}}""").Expect(200);
        await person.PutAsync($"campaigns/{campaign}/ballot", $$$"""{"approve":["{{{idea}}}"],"rate":{"{{{idea}}}":{"overall":5}},"invest":{"{{{idea}}}":40}}""").Expect(200);

        await server.Admin.PutAsync($"campaigns/{other}/roll", $$"""{"entries":[{"voter":"{{Person}}","segment":"zwackelsegment"},{"voter":"neighbour"}]}""").Expect(200);
        var second = (await person.PostAsync($"campaigns/{other}/ideas", """{"title":"Pangolinpfad"}""").Expect(201)).Text("id");
        await person.PutAsync($"campaigns/{other}/ideas/{second}/approval").Expect(200);

        await server.CastAsync(campaign, Enumerable.Range(0, 30).Select(i => $$$"""{"voter":"{{{i}}}","approve":["{{{idea}}}"],"invest":{"{{{idea}}}":{{{i + 1}}} } }"""));
        var last = await server.Admin.PatchAsync($"campaigns/{campaign}", """{"brief":"Ready"}""").Expect(200);
        (await server.Anyone.With("IdeaVote-After", last.Position).GetAsync($"{ideas}?q=schnabeltierbad").Expect(200)).Items().Count.ShouldBe(1);
        return (idea, second);
    }

    /// <summary>What the counts are, checked against the feed.</summary>
    private static async Task<string> StandingAsync(TestServer server, string campaign, string idea)
    {
        var feed = await server.FeedAsync(campaign);
        feed.ShouldBeChained();
        var counted = feed.Recount().Find(new(Domain.Kernel.Id.Parse(idea))).ShouldNotBeNull();
        var tally = await server.TallyAsync(campaign, idea);
        (counted.Approvals, counted.Raters, counted.Invested, counted.Investors).ShouldBe(
            (tally["approvals"]!.GetValue<int>(), tally["ratings"]!.GetValue<int>(), tally["invested"]!.GetValue<long>(), tally["investors"]!.GetValue<int>()));
        return tally.ToJsonString();
    }

    private static async Task ShouldBeForgottenAsync(TestServer server, string campaign, string idea, string position)
    {
        var path = $"campaigns/{campaign}/ideas/{idea}";
        var read = await server.Anyone.GetAsync(path).Expect(200);
        foreach (var field in new[] { "title", "body", "reference" })
            read.At(field).ShouldBeNull(field);
        read.At("tags").ShouldBeJson("[]");
        read.Items("revisions").ShouldAllBe(revision => revision["title"] == null && revision["body"] == null);
        await server.Admin.PatchAsync(path, """{"body":"More"}""").Refused(409, "text_erased", "title");
        foreach (var word in new[] { "schnabeltierbad", "quastenflosser", "pangolinpfad", "zwackeltag" })
            (await server.Anyone.With("IdeaVote-After", position).GetAsync($"campaigns/{campaign}/ideas?q={word}").Expect(200)).Items().ShouldBeEmpty();
    }

    /// <summary>The traces that stand in any file, in whatever case.</summary>
    private static string[] Found(TestServer server)
    {
        var files = Directory.EnumerateFiles(server.Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock").Select(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Encoding.Latin1.GetString(bytes);
        }).ToList();
        return [.. Traces.Where(trace => files.Any(file => file.Contains(trace, StringComparison.OrdinalIgnoreCase)))];
    }
}
