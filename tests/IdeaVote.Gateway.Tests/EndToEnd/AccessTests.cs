using IdeaVote.Engine.Access;
using IdeaVote.Gateway.Access;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IdeaVote.Gateway.Tests.EndToEnd;

/// <summary>Who may call what, asked of every endpoint there is.</summary>
public sealed class AccessTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly string[] AllScopes = ["vote", "vote:any", "manage", "export", "metrics"];
    private static readonly string[] Otherwise = ["not_author", "token_not_found", "ballots_not_published", "results_not_found", "voting_not_over"];

    [Fact]
    public void Every_endpoint_says_who_may_call_it_and_stands_in_the_table_of_the_API()
    {
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        endpoints.ShouldAllBe(endpoint => endpoint.Metadata.GetMetadata<AccessRule>() != null);
        // Pages and what belongs to them have a table of their own, in the tests of the portal.
        var mapped = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<ByCallersSession>() is null && endpoint.RoutePattern.RawText != "/assets/{address}").SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            .Where(method => method != "HEAD")
            .Select(method => $"{method} {endpoint.RoutePattern.RawText} {Names(endpoint.Metadata.GetMetadata<AccessRule>()!.AnyOf)}"));
        mapped.Order(StringComparer.Ordinal).ShouldBe(ApiTable.Calls.Select(call => $"{call} {call.Scopes}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ApiTable.Guarded), MemberType = typeof(ApiTable))]
    public async Task Without_a_token_it_is_not_for_you(string name)
    {
        var (call, path) = await AskAsync(name);

        var answer = await SendAsync(server.Anyone, call, path).Refused(401, "unauthenticated");

        answer.Headers["WWW-Authenticate"].ShouldBe("Bearer");
    }

    [Theory]
    [MemberData(nameof(ApiTable.Guarded), MemberType = typeof(ApiTable))]
    public async Task A_token_of_any_other_scope_is_refused(string name)
    {
        var (call, path) = await AskAsync(name);

        foreach (var scope in AllScopes.Except(call.Scopes.Split(' '), StringComparer.Ordinal))
            await SendAsync(await CallerAsync(scope), call, path).Refused(403, "forbidden");
    }

    [Theory]
    [MemberData(nameof(ApiTable.All), MemberType = typeof(ApiTable))]
    public async Task Each_scope_that_is_named_is_enough_and_so_is_admin(string name)
    {
        var (call, path) = await AskAsync(name);
        var scopes = call.Scopes.Length == 0 ? ["", .. AllScopes] : call.Scopes.Split(' ');

        foreach (var scope in scopes.Append("admin").Distinct(StringComparer.Ordinal))
        {
            var answer = await SendAsync(await CallerAsync(scope), call, path);
            // Only who may call is asked here: that there is no such token, or that an idea is not one's own, is another matter.
            answer.Status.ShouldBeOneOf(200, 201, 204, 403, 404, 409);
            if (answer.Status is 403 or 404 or 409)
                answer.Text("code").ShouldBeOneOf([.. Otherwise, .. server.MakesBackups ? Array.Empty<string>() : ["backup_elsewhere"]]);
        }
    }

    [Theory]
    [MemberData(nameof(ApiTable.All), MemberType = typeof(ApiTable))]
    public async Task A_bad_token_is_refused_even_where_none_is_needed(string name)
    {
        var (call, path) = await AskAsync(name);

        foreach (var token in new[] { "Bearer wrong", "Bearer ", "Bearer", "Basic YWRtaW46YWRtaW4=", $"Bearer {TestServer.AdminToken}x", $"Bearer {new string('x', 5_000)}", "Bearer 😀" })
            await SendAsync(server.Anyone.With("Authorization", token), call, path).Refused(401, "invalid_token");
        await SendAsync(server.Admin.With("Authorization", "Bearer other"), call, path).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task Only_a_trusted_token_may_speak_of_other_voters_and_of_addresses()
    {
        var campaign = await server.CampaignAsync();
        var (anna, trusted) = (await server.VoterAsync("anna"), await server.AsAsync("vote:any"));
        var ballot = $"campaigns/{campaign}/ballot";

        await anna.For("anna").GetAsync(ballot).Expect(200);
        await anna.For("berta").GetAsync(ballot).Refused(403, "forbidden", "IdeaVote-Voter");
        await anna.With("IdeaVote-Voter-Address", "anna@example.com").GetAsync(ballot).Refused(403, "forbidden");
        await server.Anyone.For("anna").GetAsync("campaigns").Refused(401, "unauthenticated");

        await trusted.For("berta").With("IdeaVote-Voter-Address", "berta@example.com").GetAsync(ballot).Expect(200);
        await trusted.GetAsync(ballot).Refused(400, "voter_required", "IdeaVote-Voter");
        await trusted.With("IdeaVote-Voter-Address", "berta@example.com").GetAsync(ballot).Refused(400, "voter_required");
        await trusted.For("berta").With("IdeaVote-Voter-Address", "no address").GetAsync(ballot).Refused(400, "invalid_address", "IdeaVote-Voter-Address");
        await trusted.For("").GetAsync(ballot).Refused(400, "invalid_voter", "IdeaVote-Voter");
        await trusted.For(new string('x', 201)).GetAsync(ballot).Refused(400, "invalid_voter", "IdeaVote-Voter");
    }

    private static Task<Answer> SendAsync(Api caller, Call call, string path) =>
        caller.SendAsync(call.Method, path, call.Body is null ? null : Api.Body(System.Text.Encoding.UTF8.GetBytes(call.Body), call.ContentType));

    private static string Names(Scopes scopes) => string.Join(' ',
        new[] { (Scopes.Vote, "vote"), (Scopes.VoteAny, "vote:any"), (Scopes.Manage, "manage"), (Scopes.Export, "export"), (Scopes.Admin, "admin"), (Scopes.Metrics, "metrics") }
            .Where(pair => (scopes & pair.Item1) != Scopes.None).Select(pair => pair.Item2));

    private async Task<(Call Call, string Path)> AskAsync(string name)
    {
        var call = ApiTable.Find(name);
        var campaign = await server.CampaignAsync();
        await server.IdeaAsync(campaign, "Other");
        var idea = await server.IdeaAsync(campaign, "Idea");
        var talk = call.Route.Contains("{t}", StringComparison.Ordinal) ? await server.TalkAsync(campaign, idea) : null;
        var path = call.Path(campaign, idea, voter: "nobody-" + campaign, talk: talk);
        return (call, call.IsEndless ? path + "?follow=false" : path);
    }

    private async Task<Api> CallerAsync(string scope) => scope switch
    {
        "" => server.Anyone,
        "admin" => server.Admin.For("somebody"),
        "vote:any" => (await server.AsAsync(scope)).For("somebody"),
        _ => await server.AsAsync(scope, "somebody"),
    };
}
