using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IdeaVote.Cli.Tests.Support;

/// <summary>As much of the API as the command line uses, in memory, keeping every request.</summary>
internal sealed class FakeApi : HttpMessageHandler
{
    public const string NdJson = "application/x-ndjson";

    public List<Sent> Requests { get; } = [];

    public Dictionary<string, JsonObject> Campaigns { get; } = new(StringComparer.Ordinal);

    /// <summary>Ideas by reference.</summary>
    public Dictionary<string, JsonObject> Ideas { get; } = new(StringComparer.Ordinal);

    /// <summary>Ballots by voter, as sent but without the line.</summary>
    public Dictionary<string, string> Ballots { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers before the API does; null to let it.</summary>
    public Func<Sent, HttpResponseMessage?> Intercept { get; set; } = _ => null;

    /// <summary>The result of a ballot instead of counting it; null to count it.</summary>
    public Func<JsonElement, object?> JudgeBallot { get; set; } = _ => null;

    public IEnumerable<Sent> BallotPosts => Requests.Where(request => request.Is("POST", "/ballots"));

    public static HttpResponseMessage Answer(HttpStatusCode status, string body, string type = "application/json") =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, type) };

    public static HttpResponseMessage Problem(int status, string code, string detail, string? field = null) =>
        Answer((HttpStatusCode)status, JsonSerializer.Serialize(new { status, code, detail, field }), "application/problem+json");

    public static HttpResponseMessage Busy(int seconds)
    {
        var answer = Problem(503, "overloaded", "the server is busy");
        answer.Headers.Add("Retry-After", $"{seconds}");
        return answer;
    }

    public static HttpResponseMessage Broken(string text) =>
        new(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream(Encoding.UTF8.GetBytes(text))) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var sent = new Sent(
            request.Method.Method,
            request.RequestUri!.AbsoluteUri,
            request.RequestUri.PathAndQuery,
            request.Headers.Authorization?.ToString(),
            Header(request, "Idempotency-Key"),
            Header(request, "Last-Event-ID"),
            Header(request, "IdeaVote-After"),
            body);
        Requests.Add(sent);
        cancellationToken.ThrowIfCancellationRequested();
        return Intercept(sent) ?? Handle(sent);
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private HttpResponseMessage Handle(Sent sent)
    {
        var parts = sent.Path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        parts[..2].ShouldBe(["api", "v1"]);
        return (sent.Method, parts[2..]) switch
        {
            ("GET", ["campaigns"]) => Json(HttpStatusCode.OK, new { items = Campaigns.Values }),
            ("POST", ["campaigns"]) => Create(sent),
            ("GET", ["campaigns", var key]) when !Campaigns.ContainsKey(key) => Problem(404, "campaign_not_found", "there is no such campaign"),
            ("GET", ["campaigns", var key]) => Json(HttpStatusCode.OK, Campaigns[key]),
            ("GET", ["campaigns", _, "ideas"]) => Page(sent),
            ("POST", ["campaigns", _, "ideas"]) => Submit(sent),
            ("POST", ["campaigns", _, "ballots"]) => Count(sent),
            _ => Problem(404, "not_found", "no such path"),
        };
    }

    private HttpResponseMessage Create(Sent sent)
    {
        var campaign = JsonNode.Parse(sent.Body)!.AsObject();
        campaign["id"] = campaign["key"]!.DeepClone();
        Campaigns.Add((string)campaign["id"]!, campaign);
        return Json(HttpStatusCode.Created, campaign);
    }

    private HttpResponseMessage Submit(Sent sent)
    {
        var idea = JsonNode.Parse(sent.Body)!.AsObject();
        var reference = (string)idea["reference"]!;
        idea["id"] = "id-" + reference;
        if (Ideas.TryGetValue(reference, out var known) && !JsonNode.DeepEquals(known, idea))
            return Problem(409, "reference_taken", "another idea has this reference");
        Ideas[reference] = idea;
        var answer = Json(HttpStatusCode.Created, idea);
        answer.Headers.Add("IdeaVote-Position", $"p{Ideas.Count}");
        return answer;
    }

    // Two ideas a page, so that clients that read one page only are found out.
    private HttpResponseMessage Page(Sent sent)
    {
        var at = sent.Path.Contains("cursor=", StringComparison.Ordinal) ? int.Parse(sent.Path.Split("cursor=")[1]) : 0;
        return Json(HttpStatusCode.OK, new { items = Ideas.Values.Skip(at).Take(2), next = at + 2 < Ideas.Count ? $"{at + 2}" : null });
    }

    private HttpResponseMessage Count(Sent sent) =>
        Answer(HttpStatusCode.OK, string.Concat(sent.Lines.Select(line => Result(line) + "\n")), NdJson);

    private string Result(JsonElement ballot)
    {
        var line = ballot.GetProperty("line").GetInt32();
        if (JudgeBallot(ballot) is { } judged)
            return JsonSerializer.Serialize(judged);
        var voter = ballot.GetProperty("voter").GetString()!;
        var votes = ballot.EnumerateObject().Single(field => field.Name is "approve" or "invest" or "rank").Value.GetRawText();
        var same = Ballots.GetValueOrDefault(voter) == votes;
        Ballots[voter] = votes;
        return JsonSerializer.Serialize(new { line, status = same ? "unchanged" : "counted" });
    }

    private static HttpResponseMessage Json(HttpStatusCode status, object value) => Answer(status, JsonSerializer.Serialize(value));
}
