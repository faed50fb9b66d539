using System.Globalization;
using IdeaVote.Gateway.Tests.EndToEnd.Support;

namespace IdeaVote.Gateway.Tests.EndToEnd;

public sealed class CampaignTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Every_field_comes_back_as_it_was_sent()
    {
        var key = Elections.NewKey();
        var made = await server.Admin.PostAsync("campaigns", $$"""
            {"key":"{{key}}","title":"  Budget 2030 😀 ","brief":"**Bold**\n\nand more","preset":"budget",
            "stages":[{"name":"Ideas","allows":["discuss","submit"]},{"name":"Voting","starts":"2030-01-02T00:00:00.250+02:00","allows":["vote"]},{"name":"Over","starts":null}],
            "approve":{"max":3},"rate":{"criteria":[{"key":"use","weight":2.50},{"key":"costs","weight":0.0001}]},
            "invest":{"budgetCredits":200,"minCredits":5,"maxCredits":50},"canChangeVotes":false,"hideScores":true,"publishBallots":true,
            "fund":{"amount":123456789012345.0000,"unit":"EUR"},"voters":{"who":"confirmed","domains":["B.example","a.example"]},"moderation":"before"}
            """).Expect(201);

        made.Headers["Location"].ShouldBe($"/api/v1/campaigns/{key}");
        made.At("").ShouldBeJson($$"""
            {"id":"{{key}}","key":"{{key}}","title":"Budget 2030 😀","brief":"**Bold**\n\nand more","preset":"budget","stage":"Ideas",
            "stages":[{"name":"Ideas","starts":null,"allows":["submit","discuss"]},{"name":"Voting","starts":"2030-01-01T22:00:00.25Z","allows":["vote"]},{"name":"Over","starts":null,"allows":[]}],
            "approve":{"max":3},"rate":{"criteria":[{"key":"use","weight":2.5},{"key":"costs","weight":0.0001}]},
            "invest":{"budgetCredits":200,"minCredits":5,"maxCredits":50},"canChangeVotes":false,"hideScores":true,"publishBallots":true,"scoresVisible":false,
            "rank":null,"duel":null,"ranking":null,
            "fund":{"amount":123456789012345,"unit":"EUR"},"voters":{"who":"confirmed","domains":["a.example","b.example"]},"moderation":"before"}
            """);
        var read = await server.Anyone.GetAsync($"campaigns/{key}").Expect(200);
        read.Body.ShouldBe(made.Body);
        (await server.Anyone.GetAsync("campaigns").Expect(200)).Items().Select(item => item.ToJsonString())
            .ShouldContain(read.At("")!.ToJsonString());
    }

    [Theory]
    [InlineData("continuous", "open closed", "submit,discuss,vote|", "null")]
    [InlineData("challenge", "submit vote review closed", "submit,discuss|discuss,vote|discuss|", "null")]
    [InlineData("budget", "submit vote review closed", "submit,discuss|discuss,vote|discuss|", """{"budgetCredits":100,"minCredits":null,"maxCredits":null}""")]
    public async Task A_preset_is_a_whole_course(string preset, string stages, string allows, string invest)
    {
        var campaign = await server.CampaignAsync($""" "preset":"{preset}" """);

        var read = await server.Anyone.GetAsync($"campaigns/{campaign}").Expect(200);

        string.Join(' ', read.Items("stages").Select(stage => stage["name"])).ShouldBe(stages);
        string.Join('|', read.Items("stages").Select(stage => string.Join(',', stage["allows"]!.AsArray()))).ShouldBe(allows);
        read.At("invest").ShouldBeJson(invest);
        read.At("approve").ShouldBeNull();
        read.At("rate").ShouldBeNull();
        read.At("voters").ShouldBeJson("""{"who":"anyone","domains":[]}""");
        read.At("scoresVisible").ShouldBeJson("true");
    }

    [Theory]
    [InlineData("""{"title":"T"}""", "missing_field", "key")]
    [InlineData("""{"key":"k"}""", "missing_field", "title")]
    [InlineData("""{"key":"k","title":"  "}""", "missing_field", "title")]
    [InlineData("""{"key":"K","title":"T"}""", "invalid_field", "key")]
    [InlineData("""{"key":"-k","title":"T"}""", "invalid_field", "key")]
    [InlineData("""{"key":"","title":"T"}""", "invalid_field", "key")]
    [InlineData("""{"key":"a/b","title":"T"}""", "invalid_field", "key")]
    [InlineData("""{"key":"a123456789b123456789c123456789d123456789e123456789f123456789g123","title":"T"}""", "invalid_field", "key")]
    [InlineData("""{"key":"k","title":"two\nlines"}""", "invalid_text", "title")]
    [InlineData("""{"key":"k","title":"T","brief":"\u0000"}""", "invalid_text", "brief")]
    [InlineData("""{"key":"k","title":"T","preset":"other"}""", "invalid_field", "preset")]
    [InlineData("""{"key":"k","title":"T","stages":[]}""", "invalid_rules", "stages")]
    [InlineData("""{"key":"k","title":"T","stages":[{"name":"a"},{"name":"A"}]}""", "invalid_field", "stages[1].name")]
    [InlineData("""{"key":"k","title":"T","stages":[{"allows":[]}]}""", "missing_field", "stages[0].name")]
    [InlineData("""{"key":"k","title":"T","stages":[{"name":"a","allows":["sing"]}]}""", "invalid_field", "stages[0].allows[0]")]
    [InlineData("""{"key":"k","title":"T","stages":[{"name":"a","starts":"2030-01-02T00:00:00"}]}""", "invalid_field", "stages[0].starts")]
    [InlineData("""{"key":"k","title":"T","stages":[{"name":"a","starts":"2030-01-03T00:00:00Z"},{"name":"b","starts":"2030-01-02T00:00:00Z"}]}""", "invalid_rules", "stages")]
    [InlineData("""{"key":"k","title":"T","approve":{"max":0}}""", "invalid_rules", "approve.max")]
    [InlineData("""{"key":"k","title":"T","rate":{"criteria":[]}}""", "invalid_rules", "rate.criteria")]
    [InlineData("""{"key":"k","title":"T","rate":{"criteria":[{"key":"a","weight":0}]}}""", "invalid_rules", "rate.criteria")]
    [InlineData("""{"key":"k","title":"T","rate":{"criteria":[{"key":"a","weight":1000.1}]}}""", "invalid_rules", "rate.criteria")]
    [InlineData("""{"key":"k","title":"T","rate":{"criteria":[{"key":"a","weight":0.00001}]}}""", "invalid_field", "rate.criteria[0].weight")]
    [InlineData("""{"key":"k","title":"T","rate":{"criteria":[{"key":"a"},{"key":"a"}]}}""", "invalid_field", "rate.criteria[1].key")]
    [InlineData("""{"key":"k","title":"T","invest":{}}""", "missing_field", "invest.budgetCredits")]
    [InlineData("""{"key":"k","title":"T","invest":{"budgetCredits":0}}""", "invalid_rules", "invest.budgetCredits")]
    [InlineData("""{"key":"k","title":"T","invest":{"budgetCredits":1000000001}}""", "invalid_rules", "invest.budgetCredits")]
    [InlineData("""{"key":"k","title":"T","invest":{"budgetCredits":1.5}}""", "invalid_field", "invest.budgetCredits")]
    [InlineData("""{"key":"k","title":"T","invest":{"budgetCredits":10,"minCredits":11}}""", "invalid_rules", "invest.minCredits")]
    [InlineData("""{"key":"k","title":"T","invest":{"budgetCredits":10,"minCredits":5,"maxCredits":4}}""", "invalid_rules", "invest.maxCredits")]
    [InlineData("""{"key":"k","title":"T","fund":{"amount":-1,"unit":"EUR"}}""", "invalid_rules", "fund.amount")]
    [InlineData("""{"key":"k","title":"T","fund":{"amount":0.00001,"unit":"EUR"}}""", "invalid_field", "fund.amount")]
    [InlineData("""{"key":"k","title":"T","fund":{"amount":1e3,"unit":"EUR"}}""", "invalid_field", "fund.amount")]
    [InlineData("""{"key":"k","title":"T","fund":{"amount":1}}""", "missing_field", "fund.unit")]
    [InlineData("""{"key":"k","title":"T","voters":{"who":"everybody"}}""", "invalid_field", "voters.who")]
    [InlineData("""{"key":"k","title":"T","voters":{"who":"roll","domains":["example.com"]}}""", "invalid_field", "voters.domains")]
    [InlineData("""{"key":"k","title":"T","voters":{"who":"confirmed","domains":["no domain"]}}""", "invalid_field", "voters.domains")]
    [InlineData("""{"key":"k","title":"T","moderation":"after"}""", "invalid_field", "moderation")]
    [InlineData("""{"key":"k","title":"T","hideScores":"yes"}""", "invalid_field", "hideScores")]
    [InlineData("""{"key":"k","title":"T","Title":"T"}""", "unknown_field", "Title")]
    [InlineData("""{"key":"k","title":"T","rate":{"criteria":[{"key":"a","wait":1}]}}""", "unknown_field", "rate.criteria[0].wait")]
    public Task What_makes_no_sense_is_refused_with_the_field_to_blame(string body, string code, string field) =>
        server.Admin.PostAsync("campaigns", body).Refused(400, code, field);

    [Fact]
    public async Task The_limits_are_where_the_description_says()
    {
        var campaign = await server.CampaignAsync($""" "stages":[{Stages(20)}],"rate":{Criteria(16)} """);
        var path = $"campaigns/{campaign}";

        await server.Admin.PatchAsync(path, $$"""{"title":"{{new string('t', 200)}}","brief":"{{new string('b', 20_000)}}"}""").Expect(200);
        await server.Admin.PatchAsync(path, $$"""{"title":"{{new string('t', 201)}}"}""").Refused(400, "too_long", "title");
        await server.Admin.PatchAsync(path, $$"""{"brief":"{{new string('b', 20_001)}}"}""").Refused(400, "too_long", "brief");
        await server.Admin.PatchAsync(path, $$"""{"stages":[{{Stages(21)}}]}""").Refused(400, "invalid_rules", "stages");
        await server.Admin.PatchAsync(path, $$"""{"rate":{{Criteria(17)}} }""").Refused(400, "invalid_rules", "rate.criteria");
        await server.Admin.PatchAsync(path, $$$"""{"fund":{"amount":1,"unit":"{{{new string('u', 21)}}}"}}""").Refused(400, "too_long", "fund.unit");
        await server.Admin.PatchAsync(path, $$$"""{"voters":{"who":"confirmed","domains":[{{{List(101, i => $"\"d{i}.example\"")}}}]}}""").Refused(400, "invalid_field", "voters.domains");

        static string Stages(int count) => List(count, i => $$"""{"name":"s{{i}}"}""");
        static string Criteria(int count) => $$"""{"criteria":[{{List(count, i => $$"""{"key":"c{{i}}"}""")}}]}""";
        static string List(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(1, count).Select(item));
    }

    [Fact]
    public async Task Making_the_same_campaign_again_is_no_mistake_but_another_one_under_its_key_is()
    {
        var key = Elections.NewKey();
        var body = $$$"""{"key":"{{{key}}}","title":"T","voters":{"who":"confirmed","domains":["a.example","b.example"]},"fund":{"amount":5.0,"unit":"EUR"}}""";
        await server.Admin.PostAsync("campaigns", body).Expect(201);

        await server.Admin.PostAsync("campaigns", body).Expect(201);
        var sameInOtherWords = $$"""{"voters":{"domains":["B.example","a.example"],"who":"confirmed"},"title":" T ","fund":{"unit":"EUR","amount":5},"key":"{{key}}","brief":""}""";
        await server.Admin.PostAsync("campaigns", sameInOtherWords).Expect(201);
        await server.Admin.PostAsync("campaigns", $$"""{"key":"{{key}}","title":"Other"}""").Refused(409, "campaign_exists", "key");

        (await server.FeedAsync(key)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Twenty_who_make_the_same_campaign_at_once_make_one()
    {
        var key = Elections.NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            server.Admin.PostAsync("campaigns", $$"""{"key":"{{key}}","title":"{{(i % 2).ToString(CultureInfo.InvariantCulture)}}"}""")));

        var title = (await server.Anyone.GetAsync($"campaigns/{key}").Expect(200)).Text("title");
        foreach (var answer in answers)
            answer.Text(answer.Status == 201 ? "title" : "code").ShouldBe(answer.Status == 201 ? title : "campaign_exists");
        answers.Count(answer => answer.Status == 201).ShouldBe(10);
        (await server.FeedAsync(key)).Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(ApiTable.All), MemberType = typeof(ApiTable))]
    public async Task What_concerns_a_campaign_that_is_not_there_is_not_found(string name)
    {
        var call = ApiTable.Find(name);
        if (!call.Route.Contains("{c}", StringComparison.Ordinal))
            return;
        using var body = call.Body is null ? null : Api.Body(System.Text.Encoding.UTF8.GetBytes(call.Body), call.ContentType);

        await server.Admin.For("somebody").SendAsync(call.Method, call.Path("none", "none"), body).Refused(404, "campaign_not_found");
    }
}
