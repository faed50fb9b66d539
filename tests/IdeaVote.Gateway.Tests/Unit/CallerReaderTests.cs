using System.Security.Cryptography;
using System.Text;
using IdeaVote.Domain.Kernel;
using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Identity;
using IdeaVote.Gateway.Tests.Unit.Support;
using Microsoft.AspNetCore.Http;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class CallerReaderTests
{
    private const string Admin = "0123456789012345678901234567890123456789";

    private readonly Pseudonyms pseudonyms = new(new byte[32]);
    private readonly TokenShelf store = new();
    private readonly FixedTime time = new();
    private readonly TokenBook tokens;
    private readonly CallerReader reader;

    public CallerReaderTests()
    {
        tokens = new TokenBook(store, pseudonyms, time);
        reader = new CallerReader(tokens, pseudonyms, new GatewayOptions { AdminToken = Admin });
    }

    [Fact]
    public void Nobody_is_anonymous() => Read().ShouldBe((Caller.Anonymous, null));

    [Fact]
    public void The_administrators_token_allows_everything()
    {
        var (caller, failure) = Read($"Bearer {Admin}");

        failure.ShouldBeNull();
        caller.Has(Scopes.Manage).ShouldBeTrue();
        caller.ActsForAny.ShouldBeTrue();
        caller.Actor.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer nobody-knows-me")]
    [InlineData("Basic 0123456789012345678901234567890123456789")]
    [InlineData("0123456789012345678901234567890123456789")]
    public void Unknown_tokens_are_refused(string authorization) => Read(authorization).Failure!.Code.ShouldBe("invalid_token");

    [Fact]
    public void An_endless_token_is_refused() => Read("Bearer " + new string('x', 100_000)).Failure!.Code.ShouldBe("invalid_token");

    [Fact]
    public async Task A_token_acts_as_its_voter()
    {
        await AddAsync("t", Scopes.Vote, "ann");

        var (caller, failure) = Read("bearer t");

        failure.ShouldBeNull();
        (caller.Voter, caller.Person, caller.ActsForAny).ShouldBe(("ann", pseudonyms.Person("ann"), false));
        (caller.Has(Scopes.Vote | Scopes.VoteAny), caller.Has(Scopes.Manage)).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_token_is_refused_from_the_moment_it_expires()
    {
        await AddAsync("t", Scopes.Export, null, time.Now + TimeSpan.FromSeconds(10));
        Read("Bearer t").Failure.ShouldBeNull();

        time.Now += TimeSpan.FromSeconds(10);

        Read("Bearer t").Failure!.Code.ShouldBe("invalid_token");
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_once()
    {
        var id = await AddAsync("t", Scopes.Export, null);

        (await tokens.RevokeAsync(id)).ShouldBeTrue();

        Read("Bearer t").Failure!.Code.ShouldBe("invalid_token");
        (await tokens.RevokeAsync(id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Tokens_outlive_the_process()
    {
        await AddAsync("t", Scopes.Export, null);
        var later = new TokenBook(store, pseudonyms, time);
        later.Find(Hash("t")).ShouldBeNull();

        await later.LoadAsync();

        later.Find(Hash("t"))!.Scopes.ShouldBe(Scopes.Export);
    }

    [Fact]
    public async Task A_trusted_token_acts_for_the_voter_it_names()
    {
        await AddAsync("t", Scopes.VoteAny, null);

        var (caller, failure) = Read("Bearer t", "anne\u0301", "ann@example.com");

        failure.ShouldBeNull();
        (caller.Voter, caller.Address, caller.Person).ShouldBe(("ann\u00e9", "ann@example.com", pseudonyms.Person("ann\u00e9")));
        Read("Bearer t").Caller.Voter.ShouldBeNull();
    }

    [Fact]
    public async Task Others_may_name_themselves_only()
    {
        await AddAsync("t", Scopes.Vote, "ann");

        Read("Bearer t", "ann").Failure.ShouldBeNull();
        Read("Bearer t", "bob").Failure!.Code.ShouldBe("forbidden");
        Read("Bearer t", "ann", "ann@example.com").Failure!.Code.ShouldBe("forbidden");
        Read(null, "ann").Failure!.Code.ShouldBe("unauthenticated");
    }

    [Theory]
    [InlineData("", null, "invalid_voter")]
    [InlineData("a\tb", null, "invalid_voter")]
    [InlineData("ann", "no address", "invalid_address")]
    [InlineData(null, "ann@example.com", "voter_required")]
    public void Headers_that_make_no_sense_are_refused(string? voter, string? address, string code) =>
        Read($"Bearer {Admin}", voter, address).Failure!.Code.ShouldBe(code);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private (Caller Caller, CallerFailure? Failure) Read(string? authorization = null, string? voter = null, string? address = null)
    {
        var headers = new HeaderDictionary();
        if (authorization is not null)
            headers["Authorization"] = authorization;
        if (voter is not null)
            headers[CallerHeaders.Voter] = voter;
        if (address is not null)
            headers[CallerHeaders.Address] = address;
        var caller = reader.Read(headers, out var failure);
        return (caller, failure);
    }

    private async Task<Id> AddAsync(string token, Scopes scopes, string? voter, DateTimeOffset? expires = null)
    {
        var id = pseudonyms.RandomId();
        await tokens.AddAsync(new TokenRecord(
            id, Hash(token), token, scopes, voter, voter is null ? null : pseudonyms.Person(voter), null,
            Instant.From(time.Now), expires is { } at ? Instant.From(at) : null));
        return id;
    }
}
