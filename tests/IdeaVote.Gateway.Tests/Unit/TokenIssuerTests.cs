using System.Text;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Http;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.Unit.Support;
using IdeaVote.Gateway.Tokens;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class TokenIssuerTests
{
    private readonly Pseudonyms names = new(new byte[32]);
    private readonly TokenShelf store = new();
    private readonly TokenBook tokens;
    private readonly TokenIssuer issuer;

    public TokenIssuerTests()
    {
        tokens = new TokenBook(store, names, new FixedTime());
        issuer = new TokenIssuer(tokens, names, new FixedTime());
    }

    [Fact]
    public async Task A_token_is_random_works_at_once_and_is_kept_as_a_hash()
    {
        var record = Check("""{"name":" n ","scopes":["vote:any","export"]}""");

        var token = await issuer.IssueAsync(record);

        token.ShouldStartWith("iv_");
        token.Length.ShouldBe(3 + 43);
        tokens.Find(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(token)))!.Scopes.ShouldBe(Scopes.VoteAny | Scopes.Export);
        var kept = (await store.ListTokensAsync()).Single();
        (kept.Name, kept.Voter, kept.Hash.Length).ShouldBe(("n", null, 32));
        string.Equals(await issuer.IssueAsync(record), token, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public void A_voters_token_knows_the_person()
    {
        var record = Check("""{"name":"n","scopes":["vote"],"voter":"anne\u0301","address":"a@example.com"}""");

        (record.Voter, record.Person, record.Address).ShouldBe(("ann\u00e9", names.Person("ann\u00e9"), "a@example.com"));
    }

    [Theory]
    [InlineData("""{"name":"n","scopes":["vote","manage"]}""")]
    [InlineData("""{"name":"n","scopes":["vote","vote:any"]}""")]
    [InlineData("""{"name":"n","scopes":["export"]}""")]
    [InlineData("""{"name":"n","scopes":["admin"],"expires":"2026-09-01T08:00:01Z"}""")]
    public void These_need_no_voter(string json) => Check(json).Voter.ShouldBeNull();

    [Theory]
    [InlineData("""{"name":"n","scopes":["vote"]}""", "voter_required", "voter")]
    [InlineData("""{"name":"n","scopes":["vote","export"]}""", "voter_required", "voter")]
    [InlineData("""{"name":"n","scopes":["export"],"address":"a@example.com"}""", "voter_required", "voter")]
    [InlineData("""{"name":"n","scopes":["vote"],"voter":"ann","address":"ann"}""", "invalid_address", "address")]
    [InlineData("""{"name":"n","scopes":["vote"],"voter":""}""", "invalid_voter", "voter")]
    [InlineData("""{"name":"n","scopes":[]}""", "missing_field", "scopes")]
    [InlineData("""{"name":"","scopes":["export"]}""", "missing_field", "name")]
    [InlineData("""{"name":"n","scopes":["export"],"expires":"2026-09-01T08:00:00Z"}""", "invalid_field", "expires")]
    public void Others_are_refused(string json, string code, string field)
    {
        var refused = Should.Throw<ApiException>(() => Check(json));

        (refused.Status, refused.Code, refused.Field).ShouldBe((400, code, field));
    }

    private TokenRecord Check(string json) => issuer.Check(RequestBody.Parse(Encoding.UTF8.GetBytes(json), TokenJson.Default.TokenRequest));
}
