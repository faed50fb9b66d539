using System.IO.Pipelines;
using System.Text;
using IdeaVote.Domain.Campaigns;
using IdeaVote.Gateway.Campaigns;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Tokens;
using IdeaVote.Gateway.Voters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class RequestBodyTests
{
    private const int MaxBytes = 4096;

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    public async Task Json_is_read(string contentType) =>
        (await ReadAsync("""{"stage":"vote"}""", contentType)).Stage.ShouldBe("vote");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    public async Task Other_content_types_are_refused(string? contentType) =>
        Problem(await Should.ThrowAsync<ApiException>(() => ReadAsync("""{"stage":"vote"}""", contentType))).ShouldBe((415, "unsupported_media_type", null));

    [Theory]
    [InlineData("", "malformed_json", null)]
    [InlineData("null", "malformed_json", null)]
    [InlineData("{", "malformed_json", null)]
    [InlineData("""{"stage":"vote"} x""", "malformed_json", null)]
    [InlineData("""{"stage":"vote",}""", "malformed_json", null)]
    [InlineData("""{"stage":"vote"/* no */}""", "malformed_json", null)]
    [InlineData("""{'stage':'vote'}""", "malformed_json", null)]
    [InlineData("[]", "invalid_field", null)]
    [InlineData("3", "invalid_field", null)]
    [InlineData("{}", "missing_field", "stage")]
    [InlineData("""{"stage":null}""", "invalid_field", "stage")]
    [InlineData("""{"stage":7}""", "invalid_field", "stage")]
    [InlineData("""{"stage":{"a":1}}""", "invalid_field", "stage")]
    [InlineData("""{"Stage":"vote"}""", "unknown_field", "Stage")]
    [InlineData("""{"stage":"vote","no":1}""", "unknown_field", "no")]
    [InlineData("""{"stage":"vote","stage":"vote"}""", "duplicate_field", "stage")]
    [InlineData("""{"stage":"vote","st\u0061ge":"vote"}""", "duplicate_field", "stage")]
    [InlineData("""{"stage":"\ud800"}""", "invalid_text", "stage")]
    public async Task Anything_but_the_right_object_is_refused_by_name(string json, string code, string? field) =>
        Problem(await Should.ThrowAsync<ApiException>(() => ReadAsync(json))).ShouldBe((400, code, field));

    [Theory]
    [InlineData("""{"key":"a","stages":[{"name":"x","nope":1}]}""", "unknown_field", "stages[0].nope")]
    [InlineData("""{"key":"a","stages":[null]}""", "invalid_field", "stages[0]")]
    [InlineData("""{"key":"a","stages":[{}]}""", "missing_field", "stages[0].name")]
    [InlineData("""{"key":"a","stages":[{"name":"x","allows":["fly"]}]}""", "invalid_field", "stages[0].allows[0]")]
    [InlineData("""{"key":"a","stages":[{"name":"x","starts":"2026-01-01T00:00:00"}]}""", "invalid_field", "stages[0].starts")]
    [InlineData("""{"key":"a","voters":{"who":"confirmed","domains":[null]}}""", "invalid_field", "voters.domains[0]")]
    [InlineData("""{"key":"a","preset":2}""", "invalid_field", "preset")]
    [InlineData("""{"key":"a","invest":{"budgetCredits":99999999999}}""", "invalid_field", "invest.budgetCredits")]
    [InlineData("""{"key":"a","invest":{"budgetCredits":1.5}}""", "invalid_field", "invest.budgetCredits")]
    [InlineData("""{"key":"a","fund":{"amount":1e3,"unit":"EUR"}}""", "invalid_field", "fund.amount")]
    public void Blame_falls_on_the_exact_field(string json, string code, string field) =>
        Problem(Should.Throw<ApiException>(() => RequestBody.Parse(Encoding.UTF8.GetBytes(json), CampaignJson.Default.CampaignRequest)))
            .ShouldBe((400, code, field));

    [Fact]
    public void A_wrong_word_is_answered_with_the_right_ones() =>
        Should.Throw<ApiException>(() => RequestBody.Parse("""{"name":"x","scopes":["vote:all"]}"""u8, TokenJson.Default.TokenRequest))
            .Message.ShouldContain("one of vote, vote:any, manage, export, admin");

    [Fact]
    public void Null_is_no_value_of_a_map() =>
        Problem(Should.Throw<ApiException>(() => RequestBody.Parse("""{"attributes":{"age":null}}"""u8, VoterJson.Default.VoterRequest)))
            .ShouldBe((400, "invalid_field", "attributes.age"));

    [Fact]
    public void Invalid_utf8_is_refused() =>
        Should.Throw<ApiException>(() => RequestBody.Parse([.. "{\"stage\":\""u8, 0xff, .. "\"}"u8], CampaignJson.Default.StageRequest)).Code.ShouldBe("invalid_text");

    [Fact]
    public void Deep_json_is_refused() =>
        Should.Throw<ApiException>(() => RequestBody.Parse(Encoding.UTF8.GetBytes(new string('[', 100_000)), CampaignJson.Default.StageRequest)).Code.ShouldBe("malformed_json");

    [Fact]
    public void A_long_name_is_not_repeated_whole()
    {
        var refused = Should.Throw<ApiException>(() =>
            RequestBody.Parse(Encoding.UTF8.GetBytes($$"""{"{{new string('x', 3000)}}":1}"""), CampaignJson.Default.StageRequest));

        refused.Code.ShouldBe("unknown_field");
        refused.Message.Length.ShouldBeLessThan(200);
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_refused_unread()
    {
        var context = Context("""{"stage":"vote"}""", "application/json");
        context.Request.ContentLength = MaxBytes + 1;

        Problem(await Should.ThrowAsync<ApiException>(async () => await RequestBody.ReadAsync(context, CampaignJson.Default.StageRequest, MaxBytes)))
            .ShouldBe((413, "too_large", null));
    }

    [Fact]
    public async Task A_body_that_turns_out_too_large_is_refused() =>
        Problem(await Should.ThrowAsync<ApiException>(() => ReadAsync($$"""{"stage":"{{new string('x', MaxBytes)}}"}"""))).ShouldBe((413, "too_large", null));

    [Fact]
    public async Task A_body_that_comes_in_drops_is_read_whole()
    {
        var pipe = new Pipe();
        var context = Context("", "application/json");
        context.Request.ContentLength = null;
        context.Features.Set<IRequestBodyPipeFeature>(new PipeFeature(pipe.Reader));

        var reading = RequestBody.ReadAsync(context, CampaignJson.Default.StageRequest, MaxBytes).AsTask();
        foreach (var b in """{"stage":"größer"}"""u8.ToArray())
            await pipe.Writer.WriteAsync(new[] { b });
        await pipe.Writer.CompleteAsync();

        (await reading).Stage.ShouldBe("größer");
    }

    [Fact]
    public void What_was_given_is_told_from_what_was_left_out()
    {
        var patch = RequestBody.Parse("""{"approve":null,"title":"T"}"""u8, CampaignJson.Default.CampaignPatch);

        patch.Gives(nameof(patch.Approve)).ShouldBeTrue();
        patch.Gives(nameof(patch.Title)).ShouldBeTrue();
        patch.Gives(nameof(patch.Rate)).ShouldBeFalse();
    }

    [Fact]
    public void Money_is_exact_and_has_one_form()
    {
        var request = RequestBody.Parse("""{"key":"a","preset":"budget","fund":{"amount":123456789012345.67890,"unit":"EUR"}}"""u8, CampaignJson.Default.CampaignRequest);

        request.Fund!.Amount.ShouldBe(123_456_789_012_345.6789m);
        request.Fund.Amount.Scale.ShouldBe((byte)4);
        request.Preset.ShouldBe(Preset.Budget);
    }

    private static (int Status, string Code, string? Field) Problem(ApiException e) => (e.Status, e.Code, e.Field);

    private static async Task<StageRequest> ReadAsync(string json, string? contentType = "application/json") =>
        await RequestBody.ReadAsync(Context(json, contentType), CampaignJson.Default.StageRequest, MaxBytes);

    private static DefaultHttpContext Context(string json, string? contentType)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json));
        context.Request.ContentType = contentType;
        return context;
    }

    private sealed record PipeFeature(PipeReader Reader) : IRequestBodyPipeFeature;
}
