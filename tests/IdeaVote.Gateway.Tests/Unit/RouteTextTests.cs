using IdeaVote.Gateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace IdeaVote.Gateway.Tests.Unit;

public sealed class RouteTextTests
{
    [Theory]
    [InlineData("ann", "/api/v1/persons/ann", "ann")]
    [InlineData("a%2Fb", "/api/v1/persons/a%2Fb", "a/b")]
    [InlineData("a%2fb", "/api/v1/persons/a%2fb?x=/y", "a/b")]
    [InlineData("a%2Fb", "/api/v1/persons/a%252Fb", "a%2Fb")]
    [InlineData("é%2Fb", "/api/v1/persons/%C3%A9%2Fb", "é/b")]
    [InlineData("a%2Fb", "http://host/api/v1/persons/a%2Fb", "a/b")]
    [InlineData("a%2Fb", "/behind/a/proxy/api/v1/persons/a%2Fb", "a/b")]
    public void An_encoded_slash_is_a_slash_and_an_encoded_percent_is_none(string value, string target, string expected)
    {
        var context = new DefaultHttpContext();
        context.Request.RouteValues["voter"] = value;
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/api/v1/persons/{voter}"), 0, null, null));

        context.Route("voter").ShouldBe(expected);
    }
}
