using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.Unit.Support;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class IdempotencyTests
{
    private static readonly Pseudonyms Names = new(new byte[32]);

    private readonly Idempotency idempotency = new(new TokenShelf(), Names, new FixedTime());
    private readonly Id token = Names.RandomId();

    [Fact]
    public async Task Without_a_key_nothing_is_claimed()
    {
        (await ClaimAsync(null, "a")).ShouldBe((null, false));
        (await ClaimAsync(null, "a")).ShouldBe((null, false));
    }

    [Fact]
    public async Task The_same_request_may_come_again()
    {
        (await ClaimAsync("k", "a")).ShouldBe(("k", false));
        (await ClaimAsync("k", "a")).ShouldBe(("k", true));
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused()
    {
        await ClaimAsync("k", "a");

        var refused = await Should.ThrowAsync<ApiException>(() => ClaimAsync("k", "b"));

        (refused.Status, refused.Code).ShouldBe((422, "idempotency_key_reused"));
    }

    [Fact]
    public async Task A_key_belongs_to_one_caller_and_one_address()
    {
        await ClaimAsync("k", "a");

        (await ClaimAsync("k", "b", path: "/other")).Repeated.ShouldBeFalse();
        (await ClaimAsync("k", "b", voter: "bob")).Repeated.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\u007f")]
    [InlineData("schlüssel")]
    public async Task Keys_are_printable_ascii(string key) =>
        (await Should.ThrowAsync<ApiException>(() => ClaimAsync(key, "a"))).Code.ShouldBe("invalid_idempotency_key");

    [Fact]
    public async Task Keys_are_at_most_200_characters()
    {
        (await ClaimAsync(new string('k', 200), "a")).Repeated.ShouldBeFalse();
        (await Should.ThrowAsync<ApiException>(() => ClaimAsync(new string('k', 201), "a"))).Code.ShouldBe("invalid_idempotency_key");
    }

    private async Task<(string? Key, bool Repeated)> ClaimAsync(string? key, string body, string path = "/tokens", string? voter = null)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new Caller(Scopes.Admin, token, voter, null, Names));
        context.Request.Path = path;
        if (key is not null)
            context.Request.Headers[Idempotency.Header] = key;
        return await idempotency.ClaimOnceAsync(context, System.Text.Encoding.UTF8.GetBytes(body));
    }
}
