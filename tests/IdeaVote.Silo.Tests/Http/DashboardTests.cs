using System.Net;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Silo.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Silo.Tests.Http;

/// <summary>Orleans' dashboard tells much, and only administrators.</summary>
public sealed class DashboardTests
{
    [Fact]
    public async Task Only_an_administrator_sees_it()
    {
        var (siloPort, gatewayPort) = Ports.Take();
        var options = new SiloOptions { Urls = "http://127.0.0.1:0", AdminToken = TestServer.AdminToken, SiloPort = siloPort, GatewayPort = gatewayPort };
        await using var silo = await IdeaVoteSilo.CreateAsync(options, builder => builder.Logging.ClearProviders());
        await silo.App.StartAsync();
        using var client = new HttpClient { BaseAddress = silo.Address() };

        foreach (var path in new[] { "orleans/", "orleans/index.min.js", "orleans/version", "orleans/ClusterStats" })
        {
            using var refused = await client.GetAsync(new Uri(path, UriKind.Relative));
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new("Bearer", TestServer.AdminToken);
            using var shown = await client.SendAsync(request);
            shown.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
        await silo.App.StopAsync();
    }
}
