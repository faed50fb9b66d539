using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IdeaVote.Gateway.Limits;
using IdeaVote.Gateway.Tests.EndToEnd.Support;
using IdeaVote.Server;
using IdeaVote.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IdeaVote.Fuzz.Api;

/// <summary>The real server in this process. Its answers name the route that was taken, so that what is seen can be held against what the description says of it.</summary>
public sealed class FuzzedServer : IAsyncLifetime
{
    internal const string AdminToken = "the-administrator-of-the-tests-0123456789";

    /// <summary>The header that names the route.</summary>
    internal const string RouteHeader = "Fuzz-Route";

    private readonly TempFolder folder = new();
    private readonly ErrorLog log = new();
    private readonly string before = Directory.GetCurrentDirectory();
    private IdeaVoteServer? server;

    internal HttpClient Http { get; private set; } = null!;

    internal Uri Address { get; private set; } = null!;

    /// <summary>The server's clock.</summary>
    internal AheadClock Clock { get; } = new();

    /// <summary>What was logged as an error so far.</summary>
    internal IReadOnlyCollection<string> Errors => log.Errors;

    /// <summary>The server's services.</summary>
    internal IServiceProvider Services => server!.App.Services;

    public async Task InitializeAsync()
    {
        // Commands that are given names of files write them there.
        Directory.SetCurrentDirectory(folder.Path);
        server = await IdeaVoteServer.CreateAsync(
            new ServerOptions { DataFolder = folder.Data, Urls = "http://127.0.0.1:0", AdminToken = AdminToken, Rates = RateOptions.Off, Time = Clock },
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(log);
                builder.Services.AddSingleton<IStartupFilter, RouteTeller>();
            });
        await server.App.StartAsync();
        Address = server.Address();
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = Wire.Patience };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await server!.DisposeAsync();
        log.Dispose();
        Directory.SetCurrentDirectory(before);
        folder.Dispose();
    }

    /// <summary>Sends JSON as the administrator, for a voter if one is named; it must be taken.</summary>
    internal async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body = null, string? voter = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        if (voter is not null)
            request.Headers.Add("IdeaVote-Voter", voter);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    private sealed class RouteTeller : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, further) =>
            {
                context.Response.OnStarting(
                    static state =>
                    {
                        var answered = (HttpContext)state;
                        // In answer to HEAD the route is that of GET.
                        if (answered.GetEndpoint() is RouteEndpoint endpoint)
                            answered.Response.Headers[RouteHeader] = $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0]} {endpoint.RoutePattern.RawText}";
                        return Task.CompletedTask;
                    },
                    context);
                return further(context);
            });
            next(app);
        };
    }
}

/// <summary>A clock that can be put forward.</summary>
internal sealed class AheadClock : TimeProvider
{
    private long aheadTicks;

    /// <summary>Puts it forward.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref aheadTicks, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref aheadTicks));
}

/// <summary>All kinds of inputs are tried one after the other, so that what a process holds is what this kind makes it hold.</summary>
[CollectionDefinition(Name)]
public sealed class OneAfterTheOther
{
    public const string Name = "one after the other";
}
