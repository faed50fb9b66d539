using System.Text;

namespace IdeaVote.Benchmarks;

/// <summary>Single ratings by PUT over 64 connections, in turn with a bare Kestrel that does no more than HTTP and JSON.</summary>
internal static class HttpFigures
{
    private const int Connections = 64;
    private const int Ideas = 1_000;
    private const int Requests = 64_000;
    private const int Rounds = 5;

    public static async Task RunAsync(Report report)
    {
        await using var world = await ServerWorld.StartAsync(Ideas);
        var tokens = new string[Connections];
        for (var i = 0; i < Connections; i++)
            tokens[i] = await world.TokenAsync($"voter {i}");
        var answerBytes = await AnswerBytesAsync(world);
        await using var bare = await BareKestrel.StartAsync(answerBytes);

        // The same bytes to both: a rating that changes with each turn, on an idea that changes with each connection and turn.
        var requests = Enumerable.Range(0, Connections).Select(c => Enumerable.Range(0, 100).Select(t => Rating(tokens[c], (c * 37 + t * 11) % Ideas, 1 + (c + t) % 5)).ToArray()).ToArray();
        ReadOnlyMemory<byte> Request(int connection, int turn) => requests[connection][turn % 100];

        List<double> ours = [], bares = [];
        await LoadClient.RunAsync(world.Address, Connections, Requests, Request);
        await LoadClient.RunAsync(bare.Address, Connections, Requests, Request);
        for (var i = 0; i < Rounds; i++)
        {
            ours.Add(await LoadClient.RunAsync(world.Address, Connections, Requests, Request));
            bares.Add(await LoadClient.RunAsync(bare.Address, Connections, Requests, Request));
        }
        report.Title($"HTTP: single-rating PUTs over {Connections} connections, each answered with {answerBytes} bytes of JSON");
        report.Line("IdeaVote, durable", ours, "/s");
        report.Line("bare Kestrel, same JSON, nothing kept", bares, "/s");
        report.Ratio("IdeaVote ÷ bare Kestrel", ours, bares, "≥ 0.35");
    }

    private static async Task<int> AnswerBytesAsync(ServerWorld world)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{ServerWorld.Campaign}/ideas/ref:0/rating");
        request.Headers.Add("IdeaVote-Voter", "measure");
        request.Content = new StringContent("""{"scores":{"overall":4}}""", Encoding.UTF8, "application/json");
        using var response = await world.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }

    private static ReadOnlyMemory<byte> Rating(string token, int idea, int stars)
    {
        var body = $$$"""{"scores":{"overall":{{{stars}}}}}""";
        return Encoding.ASCII.GetBytes(
            $"PUT /{ServerWorld.Campaign}/ideas/ref:{idea}/rating HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
