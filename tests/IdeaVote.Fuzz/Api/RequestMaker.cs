using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IdeaVote.Fuzz.Api;

/// <summary>A request as it is sent.</summary>
/// <param name="Operation">The call it was made of.</param>
/// <param name="Method">Its method.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="IsFollowing">Whether its answer may go on for ever.</param>
internal sealed record FuzzedRequest(Operation Operation, string Method, byte[] Bytes, bool IsFollowing)
{
    /// <summary>Whether it changes nothing.</summary>
    public bool IsRead => Method == "GET" && Operation is { Method: "GET", IsDear: false };

    /// <inheritdoc/>
    public override string ToString() => Encoding.Latin1.GetString(Bytes);
}

/// <summary>Makes requests out of the server's description: mostly of what there is, with something strange in no place, one, or a few.</summary>
/// <param name="description">The description.</param>
internal sealed partial class RequestMaker(ApiDescription description)
{
    // Of a header's value nothing is sent that would end it: what is no HTTP at all is not what is tried here.
    private static readonly string[] Common =
        ["Accept", "Accept-Encoding", "Accept-Language", "Content-Encoding", "Cookie", "If-Match", "If-None-Match", "If-Modified-Since", "Range", "traceparent", "X-Forwarded-For", "Expect", "Origin", "Last-Event-ID"];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];

    private static readonly string[] Accepts = ["application/json", "text/csv", "application/x-ndjson", "text/event-stream", "*/*;q=0.1", "image/svg+xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"];

    /// <summary>Makes the request of a seed.</summary>
    public FuzzedRequest Make(World world, int seed)
    {
        var random = Run.Of(seed);
        var operation = random.Pick(description.Operations);
        if (operation.IsDear && !random.OneIn(10))
            operation = random.Pick(description.Operations);
        // How strange it is: a third as it should be, so that what follows is about something.
        var strange = random.Next(3) switch { 0 => 0, 1 => 1, _ => 3 };
        var method = random.Next(100) < strange ? random.Pick(Methods) : operation.Method;
        var isFollowing = operation.IsEndless && random.OneIn(20);
        var text = new StringBuilder();
        text.Append(method).Append(' ').Append(Path(operation, world, random, strange)).Append(Query(operation, world, random, strange, isFollowing)).Append(" HTTP/1.1\r\nHost: fuzz\r\n");
        foreach (var (name, value) in Headers(operation, world, random, strange))
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        (string Type, byte[] Bytes)? body = operation.Bodies.Count > 0 || random.Next(100) < strange ? MakeBody(operation, random, seed, strange) : null;
        if (body is { } sent)
            text.Append("Content-Type: ").Append(sent.Type).Append("\r\n");
        var (head, content) = Framed(body?.Bytes, random);
        text.Append(head).Append("\r\n");
        return new FuzzedRequest(operation, method, [.. Encoding.UTF8.GetBytes(text.ToString()), .. content], isFollowing);
    }

    private static string Path(Operation operation, World world, Random random, int strange) => Part.Replace(operation.Path, match =>
    {
        var known = world.Parts.GetValueOrDefault(match.Groups["name"].Value, ["x"]);
        if (random.Next(20) >= strange)
            return Escape(random.Pick(known));
        var value = random.OneIn(3) ? Encoding.UTF8.GetString(ByteMutator.Mutate(Encoding.UTF8.GetBytes(random.Pick(known)), random)) : Values.Next(random);
        return random.OneIn(8) ? Line(value.Replace(' ', '+')) : Escape(value);
    });

    private static string Query(Operation operation, World world, Random random, int strange, bool isFollowing)
    {
        var pairs = new List<string>();
        foreach (var parameter in operation.Queries)
            if (random.OneIn(4) && parameter.Name != "follow")
                pairs.Add($"{parameter.Name}={Escape(random.Next(10) < strange ? Values.Next(random) : Likely(parameter, world, random))}");
        if (random.Next(60) < strange)
            pairs.Add($"{Escape(Values.Next(random))}={Escape(Values.Next(random))}");
        if (random.Next(60) < strange && pairs.Count > 0)
            pairs.Add(pairs[0]);
        if (random.Next(60) < strange)
            pairs.Add(Line(Values.Next(random).Replace(' ', '+')));
        // A feed is followed for ever otherwise.
        if (operation.IsEndless)
            pairs.Add(isFollowing ? "follow=true" : "follow=false");
        return pairs.Count == 0 ? "" : "?" + string.Join('&', pairs);
    }

    private static string Likely(Parameter parameter, World world, Random random) => parameter.Name switch
    {
        "cursor" when world.Cursors.Count > 0 => random.Pick(world.Cursors),
        "asOf" or "position" or "after" when world.Positions.Count > 0 && !random.OneIn(4) => random.Pick(world.Positions),
        "asOf" or "from" or "to" when random.OneIn(3) => world.Now.AddMinutes(random.Next(-3, 3)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "segment" => "north",
        "criterion" => "overall",
        _ when parameter.Likely.Count == 0 || random.OneIn(6) => random.Next(1, 20).ToString(CultureInfo.InvariantCulture),
        _ => random.OneIn(3) ? parameter.Likely[0] : random.Pick(parameter.Likely),
    };

    private static IEnumerable<(string Name, string Value)> Headers(Operation operation, World world, Random random, int strange)
    {
        // Callers who may do everything get furthest; one in four is somebody else, or nobody.
        var token = random.OneIn(4) ? random.Pick([.. world.Tokens, "", ""]) : world.Tokens[0];
        if (random.Next(100) < strange)
            yield return ("Authorization", Line(random.OneIn(2) ? Values.Next(random) : "Bearer " + Values.Next(random)));
        else if (token.Length > 0)
            yield return ("Authorization", "Bearer " + token);
        foreach (var header in operation.Headers)
        {
            var isVoter = header.Name == "IdeaVote-Voter";
            if (isVoter ? random.OneIn(10) || token.Length == 0 : !random.OneIn(6))
                continue;
            yield return (header.Name, random.Next(12) < strange ? Line(Values.Next(random)) : header.Name switch
            {
                "IdeaVote-Voter" => random.Pick(world.Voters),
                "IdeaVote-Voter-Address" => "bob@example.com",
                "IdeaVote-After" or "Last-Event-ID" => world.Positions.Count > 0 ? random.Pick(world.Positions) : "x",
                "If-Match" => random.OneIn(2) ? "*" : $"\"{random.Next(1, 9)}\"",
                _ => header.Likely.Count > 0 && random.OneIn(4) ? header.Likely[0] : $"key-{random.Next(1_000_000)}",
            });
        }
        if (random.OneIn(8))
            yield return ("Accept", random.Pick(Accepts));
        if (random.Next(25) < strange)
            yield return (random.Pick(Common), Line(Values.Next(random)));
    }

    private (string Type, byte[] Bytes) MakeBody(Operation operation, Random random, int seed, int strange)
    {
        var body = operation.Bodies.Count > 0 ? random.Pick(operation.Bodies) : new Body("application/json", "{}", default);
        var type = random.Next(60) < strange ? Line(Values.Next(random)) : body.ContentType;
        if (random.Next(100) < strange)
            return (type, Noise(random));
        if (!body.ContentType.EndsWith("ndjson", StringComparison.Ordinal))
            return (type, MakeJson(body, body.Example, random, seed, strange));
        using var lines = new MemoryStream();
        for (var count = random.Next(1, 8); count > 0; count--)
        {
            lines.Write(MakeJson(body, random.Pick(body.Example.Split('\n', StringSplitOptions.RemoveEmptyEntries)), random, seed, strange));
            lines.Write(random.Next(30) < strange ? "\r\n\n"u8 : "\n"u8);
        }
        return (type, lines.ToArray());
    }

    private byte[] MakeJson(Body body, string example, Random random, int seed, int strange)
    {
        // A campaign of its own rather than the one that the example made first.
        var json = example.Replace("budget-2026", $"made-{seed}", StringComparison.Ordinal).Replace("v-1001", $"v-{random.Next(1_000)}", StringComparison.Ordinal);
        if (body.Schema.ValueKind == System.Text.Json.JsonValueKind.Object && random.OneIn(4))
            json = description.Schemas.Make(body.Schema, random)?.ToJsonString() ?? "null";
        return random.Next(5) < strange ? JsonMutator.Mutate(json, random) : Encoding.UTF8.GetBytes(json);
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(random.OneIn(5) ? 100_000 : 300)];
        random.NextBytes(noise);
        return noise;
    }

    // As a whole, or in chunks.
    private static (string Head, byte[] Content) Framed(byte[]? body, Random random)
    {
        if (body is null)
            return ("", []);
        if (!random.OneIn(8))
            return ($"Content-Length: {body.Length}\r\n", body);
        using var chunks = new MemoryStream();
        for (var at = 0; at < body.Length;)
        {
            var length = Math.Min(body.Length - at, random.Next(1, Math.Max(2, body.Length)));
            chunks.Write(Encoding.ASCII.GetBytes($"{length:x}\r\n"));
            chunks.Write(body.AsSpan(at, length));
            chunks.Write("\r\n"u8);
            at += length;
        }
        chunks.Write("0\r\n\r\n"u8);
        return ("Transfer-Encoding: chunked\r\n", chunks.ToArray());
    }

    // What ends a line would begin another header, or the body.
    private static string Line(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    // What is percent-encoded wrongly stays as it is.
    private static string Escape(string text) => text.StartsWith('%') ? Line(text.Replace(' ', '+')) : Uri.EscapeDataString(text);

    [GeneratedRegex("\\{(?<name>[a-z]+)\\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Part { get; }
}
