using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IdeaVote.Server.Tests.Deploy;

/// <summary>What the files of deploy/ believe of the server is so.</summary>
public sealed partial class ServerFactsTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private IdeaVoteServer server = null!;

    public async Task InitializeAsync() =>
        server = await IdeaVoteServer.CreateAsync(new ServerOptions { DataFolder = folder.Data, AdminToken = ServerLaunch.TestToken });

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public void Every_path_that_is_asked_is_there_and_it_is_given_more_time_to_end_than_it_takes()
    {
        var routes = ((IEndpointRouteBuilder)server.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText).ToHashSet();
        var named = DeployFiles.Ending(".yaml", ".yml", ".bicep").SelectMany(name => AskedPath.Matches(DeployFiles.Read(name)).Select(match => match.Groups["path"].Value)).ToList();
        named.Count.ShouldBeGreaterThan(10);
        named.Distinct().ShouldBeSubsetOf(routes);

        // Snapshots are saved after the last request was answered.
        var drain = server.App.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        TimeSpan.FromSeconds(int.Parse(SystemdTests.Value("TimeoutStopSec"))).ShouldBeGreaterThan(drain * 2);
        TimeSpan.FromSeconds(int.Parse(DeployFiles.Yaml("kubernetes/server/statefulset.yaml")["spec"]["template"]["spec"]["terminationGracePeriodSeconds"].Text)).ShouldBeGreaterThan(drain * 2);
    }

    [GeneratedRegex("""(?:path|metrics_path|prometheus\.io/path): '?(?<path>/(?:healthz|metrics)[a-z/]*)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex AskedPath { get; }
}
