using System.Text.Json;
using System.Text.Json.Nodes;

namespace IdeaVote.Fuzz.Api;

/// <summary>Makes JSON that is right by its schema, if not by what it means.</summary>
/// <param name="schemas">The schemas that others name.</param>
internal sealed class SchemaSampler(JsonElement schemas)
{
    private const int MaxDepth = 6;
    private const string RefStart = "#/components/schemas/";

    private static readonly string[] Words =
        ["bike-lanes", "ref:bike-lanes", "ref:more-trees", "ref:Playground", "overall", "effort", "north", "vote", "over", "A title", "2031-01-01T00:00:00Z", "approvals", "ada", "EUR", "spam", "traffic", "bob@example.com"];

    /// <summary>Makes one.</summary>
    public JsonNode? Make(JsonElement schema, Random random, int depth = 0)
    {
        schema = Resolve(schema);
        foreach (var several in new[] { "oneOf", "anyOf" })
            if (schema.TryGetProperty(several, out var choices))
                return Make(random.Pick([.. choices.EnumerateArray()]), random, depth);
        if (schema.TryGetProperty("enum", out var words))
            return JsonNode.Parse(random.Pick([.. words.EnumerateArray()]).GetRawText());
        return TypeOf(schema, random) switch
        {
            "object" => MakeObject(schema, random, depth),
            "array" => depth > MaxDepth ? new JsonArray() : new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => schema.TryGetProperty("items", out var items) ? Make(items, random, depth + 1) : null)]),
            "integer" => random.OneIn(4) ? random.Next(-2, 2_000) : random.Next(1, 6),
            "number" => random.OneIn(2) ? random.Next(1, 100) : Math.Round((decimal)random.NextDouble() * 100, random.Next(4)),
            "boolean" => random.OneIn(2),
            "null" => null,
            _ => random.Pick(Words),
        };
    }

    private JsonObject MakeObject(JsonElement schema, Random random, int depth)
    {
        var made = new JsonObject();
        if (depth > MaxDepth)
            return made;
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static name => name.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        if (schema.TryGetProperty("properties", out var properties))
            foreach (var property in properties.EnumerateObject())
                if (required.Contains(property.Name) || random.OneIn(2))
                    made[property.Name] = Make(property.Value, random, depth + 1);
        if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
            for (var times = random.Next(4); times > 0; times--)
                made[random.Pick(Words)] = Make(others, random, depth + 1);
        return made;
    }

    private JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var name) ? Resolve(schemas.GetProperty(name.GetString()![RefStart.Length..])) : schema;

    // Of several types, null is taken seldom.
    private static string? TypeOf(JsonElement schema, Random random)
    {
        if (!schema.TryGetProperty("type", out var type))
            return schema.TryGetProperty("properties", out _) ? "object" : null;
        if (type.ValueKind == JsonValueKind.String)
            return type.GetString();
        string[] types = [.. type.EnumerateArray().Select(static each => each.GetString()!)];
        return random.OneIn(6) ? random.Pick(types) : types.FirstOrDefault(static each => each != "null") ?? "null";
    }
}
