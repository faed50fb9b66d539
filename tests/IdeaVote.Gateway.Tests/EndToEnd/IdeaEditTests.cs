using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>What becomes of an idea: edits by its author and the team, statuses and answers by the team.</summary>
public sealed class IdeaEditTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_edit_changes_what_it_names_and_what_was_before_stays_readable()
    {
        var (campaign, anna) = (await server.CampaignAsync(), await server.VoterAsync("anna"));
        var ideas = $"campaigns/{campaign}/ideas";
        var path = $"{ideas}/{(await anna.PostAsync(ideas, """{"title":"One","body":"B","tags":["x"],"cost":5}""").Expect(201)).Text("id")}";
        var submitted = server.Clock.Text;

        server.Clock.Jump(TimeSpan.FromMinutes(1));
        var edited = await anna.PatchAsync(path, """{"title":"Two"}""").Expect(200);
        await server.Admin.PatchAsync(path, """{"body":"C","tags":null,"cost":null}""").Expect(200);
        await anna.PatchAsync(path, "{}").Expect(200);
        await anna.PatchAsync(path, """{"title":"Two"}""").Expect(200);

        (edited.Text("title"), edited.Text("body"), edited.Number("cost")).ShouldBe(("Two", "B", 5));
        var read = await server.Anyone.GetAsync(path).Expect(200);
        read.At("tags").ShouldBeJson("[]");
        read.At("cost").ShouldBeNull();
        read.At("revisions").ShouldBeJson($$"""
            [{"at":"{{submitted}}","title":"One","body":"B"},{"at":"{{server.Clock.Text}}","title":"Two","body":"B"},{"at":"{{server.Clock.Text}}","title":"Two","body":"C"}]
            """);
    }

    [Fact]
    public async Task Only_its_author_and_the_team_edit_an_idea()
    {
        var (campaign, anna, berta) = (await server.CampaignAsync(), await server.VoterAsync("anna"), await server.VoterAsync("berta"));
        var ideas = $"campaigns/{campaign}/ideas";
        var path = $"{ideas}/{(await anna.PostAsync(ideas, """{"title":"Hers"}""").Expect(201)).Text("id")}";

        await berta.PatchAsync(path, """{"title":"Mine"}""").Refused(403, "not_author");
        await (await server.AsAsync("vote:any")).For("berta").PatchAsync(path, """{"title":"Mine"}""").Refused(403, "not_author");
        await (await server.AsAsync("vote:any")).PatchAsync(path, """{"title":"Mine"}""").Refused(400, "voter_required");
        await (await server.AsAsync("manage")).PatchAsync(path, """{"title":"Ours"}""").Expect(200);
        await anna.PatchAsync($"{ideas}/none", """{"title":"T"}""").Refused(404, "idea_not_found");
    }

    [Theory]
    [InlineData("""{"title":""}""", "missing_field", "title")]
    [InlineData("""{"title":null}""", "missing_field", "title")]
    [InlineData("""{"tags":["a",5]}""", "invalid_field", "tags[1]")]
    [InlineData("""{"cost":-1}""", "invalid_field", "cost")]
    [InlineData("""{"reference":"new"}""", "unknown_field", "reference")]
    [InlineData("""{"status":"planned"}""", "unknown_field", "status")]
    [InlineData("""{"hasTitle":true}""", "unknown_field", "hasTitle")]
    public async Task An_edit_that_makes_no_sense_changes_nothing(string body, string code, string field)
    {
        var campaign = await server.CampaignAsync();
        var path = $"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}";

        await server.Admin.PatchAsync(path, body).Refused(400, code, field);

        (await server.Anyone.GetAsync(path).Expect(200)).Items("revisions").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Once_voting_has_opened_an_author_cannot_change_the_cost()
    {
        var (campaign, anna) = (await server.CampaignAsync(), await server.VoterAsync("anna"));
        var ideas = $"campaigns/{campaign}/ideas";
        var path = $"{ideas}/{(await anna.PostAsync(ideas, """{"title":"Hers","cost":5}""").Expect(201)).Text("id")}";

        await anna.PatchAsync(path, """{"title":"Cheaper","cost":4}""").Refused(409, "cost_frozen", "cost");
        await anna.PatchAsync(path, """{"cost":5,"title":"As dear"}""").Expect(200);
        (await server.Admin.PatchAsync(path, """{"cost":4}""").Expect(200)).Number("cost").ShouldBe(4);
    }

    [Fact]
    public async Task A_status_has_a_history_and_its_answers_stay_readable()
    {
        var campaign = await server.CampaignAsync();
        var path = $"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}";
        var statuses = new[] { "under_review", "planned", "building", "shipped", "declined", "withdrawn", "published" };

        foreach (var status in statuses)
        {
            var set = await server.Admin.PutAsync($"{path}/status", $$"""{"status":"{{status}}","answer":"Now **{{status}}**"}""").Expect(200);
            (set.Text("status"), set.Text("answer")).ShouldBe((status, $"Now **{status}**"));
        }
        await server.Admin.PutAsync($"{path}/status", """{"status":"published","answer":"Now **published**"}""").Expect(200);
        (await server.Admin.PutAsync($"{path}/status", """{"status":"planned"}""").Expect(200)).Text("answer").ShouldBe("Now **published**");

        var history = (await server.Anyone.GetAsync(path).Expect(200)).Items("statuses");
        history.Select(entry => entry["status"]!.GetValue<string>()).ShouldBe(["published", .. statuses, "planned"]);
        history.Select(entry => entry["answer"]?.GetValue<string>()).ShouldBe([null, .. statuses.Select(status => $"Now **{status}**"), null]);
    }

    [Theory]
    [InlineData("{}", 400, "missing_field")]
    [InlineData("""{"status":"great"}""", 400, "invalid_field")]
    [InlineData("""{"status":"Planned"}""", 400, "invalid_field")]
    [InlineData("""{"status":"merged"}""", 409, "status_not_settable")]
    [InlineData("""{"status":"submitted"}""", 409, "status_not_settable")]
    public async Task A_status_that_cannot_be_set_is_refused(string body, int status, string code)
    {
        var campaign = await server.CampaignAsync();
        var path = $"campaigns/{campaign}/ideas/{await server.IdeaAsync(campaign, "Idea")}/status";

        await server.Admin.PutAsync(path, body).Refused(status, code, "status");
        await server.Admin.PutAsync(path.Replace("/status", "x/status", StringComparison.Ordinal), """{"status":"planned"}""").Refused(404, "idea_not_found");
    }

    [Fact]
    public async Task A_moderated_idea_is_for_its_author_and_the_team_until_it_is_published()
    {
        var campaign = await server.FullCampaignAsync(""" "moderation":"before" """);
        var (anna, berta, trusted) = (await server.VoterAsync("anna"), await server.VoterAsync("berta"), await server.AsAsync("vote:any"));
        var ideas = $"campaigns/{campaign}/ideas";
        var made = await anna.PostAsync(ideas, """{"title":"Secret plan","reference":"plan"}""").Expect(201);
        var path = $"{ideas}/{made.Text("id")}";
        made.Text("status").ShouldBe("submitted");

        foreach (var stranger in new[] { server.Anyone, berta, trusted.For("berta"), await server.AsAsync("export") })
        {
            await stranger.GetAsync(path).Refused(404, "idea_not_found");
            await stranger.GetAsync($"{ideas}/ref:plan").Refused(404, "idea_not_found");
            (await stranger.GetAsync(ideas).Expect(200)).Items().ShouldBeEmpty();
            (await stranger.With("IdeaVote-After", made.Position).GetAsync($"{ideas}?q=secret").Expect(200)).Items().ShouldBeEmpty();
        }
        await berta.PutAsync($"{path}/approval").Refused(404, "idea_not_found");
        await berta.PutAsync($"campaigns/{campaign}/ballot", $$"""{"approve":["{{made.Text("id")}}"]}""").Refused(404, "idea_not_found");
        await berta.PatchAsync(path, """{"title":"Mine"}""").Refused(404, "idea_not_found");
        foreach (var insider in new[] { anna, trusted.For("anna"), await server.AsAsync("manage") })
        {
            await insider.GetAsync(path).Expect(200);
            (await insider.GetAsync(ideas).Expect(200)).Items().Count.ShouldBe(1);
        }
        await anna.PutAsync($"{path}/approval").Refused(409, "idea_not_votable");

        await server.Admin.PutAsync($"{path}/status", """{"status":"published"}""").Expect(200);
        await server.Anyone.GetAsync(path).Expect(200);
        await berta.PutAsync($"{path}/approval").Expect(200);
        (await server.Admin.PostAsync(ideas, """{"title":"By the team"}""").Expect(201)).Text("status").ShouldBe("published");
    }
}
