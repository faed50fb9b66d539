using System.Text;
using System.Text.Json.Nodes;

namespace IdeaVote.Gateway.Tests.EndToEnd.Support;

/// <summary>What somebody who means no good would send.</summary>
public static class Hostile
{
    private const string Place = "@place@";

    /// <summary>JSON that stands in for a value.</summary>
    private static readonly string[] Values =
    [
        "1e999", "-1e999", new string('9', 400), "-" + new string('9', 400), "1e-400", "0.1e1", "-1", "0", "2147483648", "99999999999999999999", "NaN",
        "true", "null", "[]", "{}", "[null]", "[[]]", """{"":""}""", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"😀\"",
        "\"\\r\\n\"", "\"\\u2028\"", "\"'; DROP TABLE idea; --\"", "\"../../etc/passwd\"", "\"0000-00-00T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"",
        $"\"{new string('x', 30_000)}\"", $"\"{string.Concat(Enumerable.Repeat("\\u00e9", 5_000))}\"",
        $"[{string.Join(',', Enumerable.Repeat("\"t\"", 10_000))}]",
    ];

    /// <summary>Bodies that are no JSON object.</summary>
    public static readonly IReadOnlyList<byte[]> Broken =
    [
        .. new[]
        {
            "null", "[]", "[{}]", "\"text\"", "1", "true", "{", "}", "{\"", "{\"a\":", "{} {}", "{},", "{/* comment */}", "{\"a\":1,}", "{'a':1}", "\0", "{\"\0\":1}", " ", "\n",
            "\ufeff{}", "{\"\\ud800\":1}", "{\"unknown\":1}", "{\"unknown\":{\"a\":[1,2,{\"b\":null}]}}", $"{{\"{new string('x', 20_000)}\":1}}",
            string.Concat(Enumerable.Repeat("[", 10_000)),
            string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000),
            $"{{\"a\":{new string('[', 10_000)}{new string(']', 10_000)}}}",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00],
        [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d],
        [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d],
    ];

    /// <summary>What stands in for a variable part of a path, percent-encoded.</summary>
    public static readonly IReadOnlyList<string> Segments =
    [
        "%00", "a%00b", "%2F", "..%2F..%2Fetc", "%2e%2e", "%F0%9F%98%80", "%ED%A0%80", "%FF", "%C0%AF", "%", "%zz", "%25", "%0D%0A", "%20", "+", "'", "%22", "*", "~",
        "ref:", "ref:%00", "ref:%2F", "ref:%F0%9F%98%80", "{c}", "-", "000", "zzzzzzzzzzzzzzzzzzzz", "%E2%80%AE",
        new string('a', 5_000), "ref:" + new string('a', 5_000), string.Concat(Enumerable.Repeat("%F0%9F%98%80", 400)),
    ];

    /// <summary>Headers with what should not stand in them.</summary>
    public static IEnumerable<(string Name, string Value)> Headers =>
        from name in new[]
        {
            "If-Match", "IdeaVote-After", "Idempotency-Key", "Last-Event-ID", "Range", "Accept", "Accept-Encoding", "Content-Encoding", "IdeaVote-Voter", "IdeaVote-Voter-Address",
        }
        from value in new[] { "\"", "*", "\"99999999999999999999\"", "bytes=0-999999999999", "😀", "a,b;q=9,;;=", new string('x', 5_000), "AAAAAAAAAAAAAAAAAAAAAA" }
        select (name, value);

    /// <summary>A body once for each of its values and each hostile value in its place.</summary>
    public static IEnumerable<string> Mutations(string body)
    {
        var paths = new List<string>();
        Collect(JsonNode.Parse(body)!);
        return from path in paths from value in Values select path.Replace($"\"{Place}\"", value, StringComparison.Ordinal);

        void Collect(JsonNode node)
        {
            var children = node switch
            {
                JsonObject o => o.Select(pair => (pair.Value, Set: (Action<JsonNode?>)(value => o[pair.Key] = value))).ToList(),
                JsonArray a => [.. a.Select((item, i) => (item, (Action<JsonNode?>)(value => a[i] = value)))],
                _ => [],
            };
            foreach (var (child, set) in children)
            {
                set(Place);
                paths.Add(node.Root.ToJsonString());
                set(child);
                if (child is not null)
                    Collect(child);
            }
        }
    }

    /// <summary>A body once for each of its fields, with that field twice.</summary>
    public static IEnumerable<string> Doubled(string body)
    {
        var fields = JsonNode.Parse(body)!.AsObject();
        foreach (var (name, value) in fields)
            yield return $"{body.TrimEnd()[..^1]},\"{name}\":{value?.ToJsonString() ?? "null"}}}";
    }
}
