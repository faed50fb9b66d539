using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IdeaVote.Fuzz.Generate;

/// <summary>Makes other JSON out of JSON that is well: by its structure, so that most of it still is JSON and gets far, and now and then by its bytes.</summary>
internal static partial class JsonMutator
{
    private const int DeepLevels = 3_000;

    // What no tree of JSON can hold, and what a writer would make well again.
    private static readonly string[] Raw =
    [
        "null", "true", "false", "0", "-0", "-1", "5", "3.5", "1e400", "-1e-400", "1.0000000000000000000000000000001", "99999999999999999999", "9223372036854775807", "-9223372036854775809",
        "79228162514264337593543950336", "1E+2", "NaN", "Infinity", "-", "01", ".5", "5.", "'a'", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\x\"", "\"\t\"", "[]", "{}", "[[[[]]]]",
        "[null]", "{\"\":{}}", "{\"a\":1,\"a\":2}", "\"ref:bike-lanes\"", "[\"ref:bike-lanes\",\"ref:bike-lanes\"]", "/**/1", "1,", "",
    ];

    /// <summary>Something else.</summary>
    public static byte[] Mutate(string json, Random random)
    {
        if (random.OneIn(6))
            return ByteMutator.Mutate(Encoding.UTF8.GetBytes(json), random);
        var root = JsonNode.Parse(json);
        for (var times = random.OneIn(3) ? random.Next(2, 5) : 1; times > 0; times--)
            root = Change(root, random);
        var options = random.OneIn(2) ? Readable : JsonSerializerOptions.Default;
        return Encoding.UTF8.GetBytes(Placeholder.Replace(root?.ToJsonString(options) ?? "null", static match => RawText(match.Groups["number"].Value)));
    }

    private static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonNode? Change(JsonNode? node, Random random)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } fields when !random.OneIn(8):
                ChangeField(fields, random);
                return fields;
            case JsonArray { Count: > 0 } items when !random.OneIn(8):
                ChangeItem(items, random);
                return items;
            default:
                return random.OneIn(3) ? JsonValue.Create(Whole(Values.Next(random))) : JsonValue.Create($"@raw{random.Next(Raw.Length + 2)}@");
        }
    }

    private static void ChangeField(JsonObject fields, Random random)
    {
        var name = fields.ElementAt(random.Next(fields.Count)).Key;
        switch (random.Next(10))
        {
            case 0:
                fields.Remove(name);
                break;
            case 1:
                fields[Whole(Values.Next(random))] = fields[name]?.DeepClone();
                break;
            case 2:
                // The same name again, which a tree can't hold: the mark is taken out of the text.
                fields[$"@again@{name}"] = fields[name]?.DeepClone();
                break;
            default:
                var value = fields[name];
                fields[name] = null;
                fields[name] = Change(value, random);
                break;
        }
    }

    private static void ChangeItem(JsonArray items, Random random)
    {
        var at = random.Next(items.Count);
        switch (random.Next(8))
        {
            case 0:
                items.RemoveAt(at);
                break;
            case 1:
                for (var copies = random.Next(1, random.OneIn(10) ? 300 : 4); copies > 0; copies--)
                    items.Add(items[at]?.DeepClone());
                break;
            default:
                var value = items[at];
                items[at] = null;
                items[at] = Change(value, random);
                break;
        }
    }

    private static string RawText(string number) => number.Length == 0 ? "" : (int.Parse(number, CultureInfo.InvariantCulture) - Raw.Length) switch
    {
        0 => new string('[', DeepLevels) + new string(']', DeepLevels),
        1 => string.Concat(Enumerable.Repeat("{\"a\":", DeepLevels)) + "1" + new string('}', DeepLevels),
        var past => Raw[past + Raw.Length],
    };

    // Half a surrogate is no text that a tree of JSON can be written with; the raw ones have it.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    // What stands for raw text, and the mark of a name that is there twice.
    [GeneratedRegex("\"@raw(?<number>[0-9]+)@\"|@again@", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Placeholder { get; }
}
