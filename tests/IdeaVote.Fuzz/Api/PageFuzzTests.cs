using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace IdeaVote.Fuzz.Api;

/// <summary>Whatever stands in the address of a page of the portal: it is shown, found elsewhere, or refused, and nothing fails.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class PageFuzzTests(FuzzedServer server, ITestOutputHelper output) : IClassFixture<FuzzedServer>
{
    private const int Permille = 50;

    private static readonly string[] Names =
        ["by", "tag", "q", "sort", "status", "page", "cursor", "order", "title", "return", "language", "theme", "code", "email", "asOf", "segment", "from", "to", "weights", "rule", "fund", "top", "criterion", "one", "invited"];

    [ThoroughFact]
    public async Task Every_page_answers_whatever_address_it_is_asked_by()
    {
        var world = await World.MakeAsync(server, Run.FirstSeed);
        // Those that the API's description does not have; what is live has no end.
        var described = ApiDescription.Read(await server.SendAsync(HttpMethod.Get, "/openapi/v1.json"));
        string[] pages =
        [
            .. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(static page => page.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
                .Select(static page => page.RoutePattern.RawText!).Where(page => described.Find($"GET {page}") is null && !page.EndsWith("/live", StringComparison.Ordinal)),
        ];
        pages.Length.ShouldBeGreaterThan(30);
        using var wire = new Wire(server.Address);
        var (findings, statuses, shown) = (new Findings(), new Counts(), new Counts());
        for (var seed = Run.FirstSeed; seed < Run.FirstSeed + Run.Share(Permille) && !findings.IsFull; seed++)
        {
            var random = Run.Of(seed);
            var page = random.Pick(pages);
            var path = page + "?" + string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => $"{random.Pick(Names)}={Uri.EscapeDataString(Values.Next(random))}"));
            foreach (var (name, known) in world.Parts)
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(random.OneIn(8) ? Values.Next(random) : random.Pick(known)), StringComparison.Ordinal);
            var cookie = random.OneIn(8) ? $"Cookie: ideavote-{random.Pick(["session", "form", "notice", "language", "theme", "invited"])}={Uri.EscapeDataString(Values.Next(random))}\r\n" : "";
            var request = $"GET {path} HTTP/1.1\r\nHost: fuzz\r\n{cookie}Accept-Language: {(random.OneIn(8) ? Uri.EscapeDataString(Values.Next(random)) : "de, en;q=0.5")}\r\n\r\n";
            try
            {
                var answer = await wire.SendAsync(System.Text.Encoding.UTF8.GetBytes(request), isHead: false, onlyBegin: false);
                statuses.Add($"{answer.Status}");
                if (answer.Status == 200)
                    shown.Add(page);
                if (answer.Status >= 500)
                    findings.Add(seed, request, $"{answer.Status}: {answer.Text}");
            }
            catch (Exception e) when (e is TimeoutException or IOException)
            {
                findings.Add(seed, request, e.Message);
            }
        }

        output.WriteLine($"pages: {statuses.Sum} requests; {statuses}; pages {pages.Length}, shown {shown.Names.Count}");
        findings.ShouldBeNone();
        server.Errors.ShouldBeEmpty();
        if (Run.IsWhole)
            shown.Sum.ShouldBeGreaterThan(statuses.Sum / 10);
    }
}
